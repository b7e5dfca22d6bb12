// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/stage.h"

#include "core/base/clock.h"
#include "core/stage/adjust.h"
#include "core/stage/pages.h"
#include "core/stage/reach.h"
#include "core/ui/spoken.h"
#include "core/ui/widgets.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void sheet_left(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_NONE);
}

void stage_init(stage *s, int32_t width_px, int32_t height_px, double scale) {
  memset(s, 0, offsetof(stage, offers)); // those are as they are read
  s->link = -1;
  s->scale = scale;
  s->access = access_defaults();
  s->text_scale = 1;
  s->volume = s->access.volume;
  s->out = calloc(1, sizeof *s->out);
  if (!s->out) abort();
  view_init(&s->view, width_px, height_px, scale);
  s->view.data = s;
  s->view.say = speaking_label;
  s->view.enter = adjust_enter;
  s->view.chose = speaking_chose;
  s->view.outside = sheet_left;
  stage_go(s, PAGE_WAIT);
}

void stage_finish(stage *s) {
  live_finish(&s->live);
  view_finish(&s->view);
  for (uint32_t i = 0; i < s->offer_count; i++) offer_finish(&s->offers[i]);
  for (uint32_t i = 0; i < s->made_count; i++)
    if (s->made[i].picture) cairo_surface_destroy(s->made[i].picture);
  if (s->has_ring) ring_finish(&s->ring);
  memory_map_close(&s->sound);
  outbox_finish(s);
  free(s->out);
  explicit_bzero(s, sizeof *s); // titles that a client typed
}

void stage_go(stage *s, page_name page) { s->next_page = page; }

void stage_open(stage *s, sheet_name sheet) { s->next_sheet = sheet; }

static void turn_page(stage *s) {
  speaking_left(s);
  s->page = s->next_page;
  s->next_page = PAGE_STAY;
  // Whoever is here and now stays, whatever goes on beneath; but for Stop.
  if (s->sheet == SHEET_HERE && !s->next_sheet && s->page != PAGE_CALM)
    s->next_sheet = SHEET_HERE;
  s->area = s->saved_mark = s->notice = s->speaking.line = NULL;
  session_clock_leave_page(s);
  closer_leave_page(s);
  s->note.words = NULL;
  panel_link_let_go(s, NULL);
  s->sheet = SHEET_NONE;
  view_let_go(&s->view);
  page_built b = page_build(s, s->page);
  view_show(&s->view, b.root, b.focus);
  stage_look_saved(s);
  stage_fit_area(s);
}

static void turn_sheet(stage *s) {
  speaking_left(s);
  s->note.words = NULL;
  if (s->view.sheet) panel_link_let_go(s, s->view.sheet);
  s->sheet = s->next_sheet;
  s->next_sheet = SHEET_STAY;
  page_built b = sheet_build(s, s->sheet);
  view_show_sheet(&s->view, b.root, b.focus);
}

// The microphone is on only while what belongs to it can be seen.
static void end_note(stage *s) {
  const bool on = s->note.state == NOTE_ON || s->note.state == NOTE_OPENING;
  if (on && s->sheet != SHEET_MORE) note_end(s);
}

void stage_turn(stage *s) {
  reach_turn(s);
  const bool turns = s->next_page || s->next_sheet;
  if (s->next_page) turn_page(s);
  if (s->next_sheet) turn_sheet(s);
  if (turns) end_note(s);
  access_turn(s);
}

enum { SCROLLS = 8 };

typedef struct scrolled { // how far, by the ids of what scrolls
  char id[64];
  double by;
} scrolled;

static int note_scrolls(const widget *top, scrolled list[SCROLLS]) {
  int count = 0;
  for (const widget *w = top; w && count < SCROLLS; w = widget_after(top, w)) {
    if (w->sort->role != ROLE_SCROLL || w->value <= 0) continue;
    memcpy(list[count].id, w->id, sizeof w->id);
    list[count++].by = w->value;
  }
  return count;
}

static void scroll_again(widget *top, const scrolled list[SCROLLS], int count) {
  for (int i = 0; top && i < count; i++) {
    widget *w = widget_find(top, list[i].id);
    if (w && w->sort->role == ROLE_SCROLL) w->value = list[i].by; // kept within by layout
  }
}

void stage_rebuild(stage *s) {
  const sheet_name sheet = s->sheet;
  scrolled scrolls[SCROLLS];
  const int count = note_scrolls(view_top(&s->view), scrolls);
  char focus[64] = "";
  char beneath[64];
  snprintf(beneath, sizeof beneath, "%s", s->view.beneath);
  if (s->view.focus) snprintf(focus, sizeof focus, "%s", s->view.focus->id);
  const scan was = s->view.scan;
  char scanned[64] = "";
  if (was.at) snprintf(scanned, sizeof scanned, "%s", was.at->id);
  if (!s->next_page) stage_go(s, s->page);
  if (sheet > SHEET_NONE && !s->next_sheet) stage_open(s, sheet);
  const bool aloud = s->speaking.aloud;
  s->speaking.aloud = false; // what is read goes on
  s->view.say = NULL;        // where the focus stays nothing is said again
  stage_turn(s);
  s->view.say = speaking_label;
  s->speaking.aloud = aloud;
  widget *top = view_top(&s->view);
  scroll_again(top, scrolls, count);
  widget *again = top && focus[0] ? widget_find(top, focus) : NULL;
  if (again && widget_can_focus(again)) s->view.focus = again;
  widget *item = top && scanned[0] ? widget_find(top, scanned) : NULL;
  if (item && widget_can_focus(item)) scan_stay(&s->view, item, was.within);
  if (s->view.focus && strcmp(s->view.focus->id, focus) != 0)
    spoken_tell(&s->view, s->view.focus);
  if (s->view.sheet) snprintf(s->view.beneath, sizeof s->view.beneath, "%s", beneath);
}

uint32_t stage_look_flags(const stage *s) {
  return (s->theme == THEME_EVENING ? GESTO_EVENING : 0) |
    (s->theme == THEME_CONTRAST ? GESTO_CONTRAST : 0) |
    (s->view.still ? GESTO_STILL : 0) |
    (s->view.right_to_left ? GESTO_RIGHT_TO_LEFT : 0) |
    (s->access.steady ? GESTO_STEADY : 0);
}

link_message *stage_message(stage *s, uint32_t kind) {
  link_message *m = s->out;
  memset(m, 0, offsetof(link_message, text) + 1);
  m->kind = kind;
  return m;
}

void stage_send(stage *s) {
  if (s->link < 0) return;
  s->out->text_size = (uint32_t)strlen(s->out->text);
  if (link_send(s->link, s->out) == ENDED) s->keeper_gone = true;
}

void stage_say(stage *s, uint32_t kind, uint32_t a, const char *text) {
  if (s->link >= 0 && link_say(s->link, kind, a, text) == ENDED) s->keeper_gone = true;
}

void stage_stirs(stage *s) {
  enum { APART_US = 1000 * 1000 };
  const uint64_t now = clock_now_us();
  if (s->stirred_us && now - s->stirred_us < APART_US) return;
  s->stirred_us = now;
  stage_say(s, FROM_STAGE_STIRS, 0, NULL);
}

void stage_fact(stage *s, const char *fact) {
  char text[128];
  snprintf(text, sizeof text, "{\"fact\":\"%s\"}", fact);
  stage_say(s, FROM_STAGE_FLOW, 0, text);
}

// Tells the keeper of light that was eased, if it was. An exercise that goes on flashing is
// named once in ten seconds.
static void tell_eased(stage *s) {
  enum { AGAIN_US = 10 * 1000 * 1000 };
  const uint32_t times = live_eased_times(&s->live);
  if (times < s->eased_told) s->eased_told = 0; // another exercise
  if (times == s->eased_told) return;
  if (s->eased_told_us && s->now_us - s->eased_told_us < AGAIN_US) return;
  char text[128];
  snprintf(text, sizeof text,
    "{\"fact\":\"light-eased\",\"creation\":%u,\"t\":%llu,\"times\":%u}",
    s->input.creation, (unsigned long long)s->input.time.last_us, times - s->eased_told);
  s->eased_told = times;
  s->eased_told_us = s->now_us;
  stage_say(s, FROM_STAGE_FLOW, 0, text);
}

made *stage_made(stage *s, uint32_t creation) {
  for (uint32_t i = 0; i < s->made_count; i++)
    if (s->made[i].creation == creation) return &s->made[i];
  if (s->made_count == STAGE_MADE) return NULL;
  made *m = &s->made[s->made_count++];
  *m = (made){.creation = creation, .answer = ANSWER_NONE};
  return m;
}

void stage_hush(stage *s, bool on) {
  sound_page *page = s->sound.bytes;
  if (page) atomic_store(&page->hush, on ? 1u : 0u);
}

void stage_set_volume(stage *s, uint32_t thousandths) {
  s->volume = s->access.volume = thousandths;
  sound_page *page = s->sound.bytes;
  // The room's own ceiling: all of the way is the client's, and none of it is too much.
  const uint32_t most = s->room.known ? s->room.loudness : 100;
  if (!page) return;
  atomic_store(&page->volume, s->access.muted ? 0 : thousandths * most / 100);
  atomic_store(&page->voice_volume, 1000);
}

static void area_pixels(const stage *s, int32_t *w, int32_t *h) {
  *w = (int32_t)lround(s->area->rect.w * s->view.scale);
  *h = (int32_t)lround(s->area->rect.h * s->view.scale);
}

void stage_fit_area(stage *s) {
  if (!s->area || !s->chosen) return;
  view_place(&s->view);
  int32_t w = 0;
  int32_t h = 0;
  area_pixels(s, &w, &h);
  if (w < 16 || h < 16 || (w == s->area_w && h == s->area_h)) return;
  s->area_w = w;
  s->area_h = h;
  if (!s->live.here) return;
  link_message *m = stage_message(s, FROM_STAGE_RESIZE);
  m->a = (uint32_t)w;
  m->b = (uint32_t)h;
  m->value = s->view.scale;
  stage_send(s);
}

void stage_take_picture(stage *s) {
  page_rect rects[PAGE_RECTS];
  s->live.window_w = (uint32_t)s->view.dirty.width;
  s->live.window_h = (uint32_t)s->view.dirty.height;
  const uint32_t count = live_take(&s->live, s->now_us, rects);
  tell_eased(s);
  if (live_is_awaited(&s->live)) ring_ring(&s->ring);
  if (count == 0) return;
  if (s->page == PAGE_LOST) {
    widget *picture = widget_find(s->view.root, "lost-picture");
    if (picture) picture_set_surface(&s->view, picture, s->live.kept);
  }
  if (!s->area) return;
  widget_set_state(s->area, STATE_EMPTY, false);
  view_place(&s->view);
  const double scale = s->view.scale;
  for (uint32_t i = 0; i < count; i++)
    view_dirty(&s->view,
      (rect){s->area->rect.x + rects[i].x / scale, s->area->rect.y + rects[i].y / scale,
        rects[i].w / scale, rects[i].h / scale});
}

static void show_notice(stage *s) {
  if (!s->notice) return;
  const char *words = saved_advice(s->saved_now);
  if (!words[0] && s->input.full)
    words = _("One moment: what you did is being saved first.");
  if (!words[0]) words = s->keeper_notice;
  if (!words[0]) words = stage_silence_notice(s);
  const bool shown = !widget_is(s->notice, STATE_HIDDEN);
  if (!words[0] && !shown) return;
  if (words[0] && shown && strcmp(words, s->notice->label) == 0) return;
  if (words[0]) widget_set_label(s->notice, words);
  widget_set_state(s->notice, STATE_HIDDEN, !words[0]);
  view_moved(&s->view);
  if (shown == !words[0])
    stage_fit_area(s); // there is less room for the work, or more again
}

void stage_look_saved(stage *s) {
  if (s->has_ring) s->saved_now = saved_look(&s->saved, saved_read(&s->ring), s->now_us);
  if (s->keeper_gone) s->saved_now = SAVED_NOT;
  show_notice(s);
  widget *mark = s->saved_mark;
  if (!mark || mark->number == s->saved_now) return;
  mark->number = s->saved_now;
  widget_set_label(mark, saved_words(s->saved_now));
  mark->icon = icon_find(saved_sign(s->saved_now));
  view_moved(&s->view);
}
