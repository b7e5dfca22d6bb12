// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/messages.h"

#include "core/base/io.h"
#include "core/stage/answers.h"
#include "core/stage/contact_sheet.h"
#include "core/stage/pages.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static json_t *parse(const link_message *m) {
  return json_loadb(m->text, m->text_size, JSON_REJECT_DUPLICATES, NULL);
}

static const char *string_of(const json_t *o, const char *name) {
  const char *s = json_string_value(json_object_get(o, name));
  return s ? s : "";
}

// ---- The session -------------------------------------------------------------------------

static void take_shared(stage *s, const link_message *m) {
  if (m->fd_count > 0 && m->fds[0] >= 0 && !s->has_ring)
    s->has_ring = ring_open(&s->ring, m->fds[0], true) == OK;
  if (m->fd_count > 1 && m->fds[1] >= 0 && !s->sound.bytes &&
    memory_map_open(&s->sound, m->fds[1], true, sizeof(sound_page)) != OK)
    s->sound = (memory_map){0};
  stage_set_volume(s, s->volume);
  speaking_tell(s);
}

static void take_offers(stage *s, const json_t *list) {
  if (s->chosen) return; // links point into them
  for (uint32_t i = 0; i < s->offer_count; i++) offer_finish(&s->offers[i]);
  s->offer_count = 0;
  size_t i = 0;
  json_t *item = NULL;
  json_array_foreach(list, i, item) {
    if (s->offer_count == STAGE_OFFERS) return;
    if (offer_read(&s->offers[s->offer_count], item) == OK) s->offer_count++;
  }
}

static cairo_surface_t *read_picture(int fd, uint32_t w, uint32_t h) {
  memory_map map = {0};
  if (w == 0 || h == 0 || w > 8192 || h > 8192 ||
    memory_map_open(&map, fd, false, (size_t)w * h * 4) != OK)
    return NULL;
  cairo_surface_t *p = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)w, (int)h);
  if (cairo_surface_status(p) == CAIRO_STATUS_SUCCESS) {
    uint8_t *to = cairo_image_surface_get_data(p);
    const size_t stride = (size_t)cairo_image_surface_get_stride(p);
    for (uint32_t y = 0; y < h; y++)
      memcpy(to + y * stride, (uint8_t *)map.bytes + (size_t)y * w * 4, (size_t)w * 4);
    cairo_surface_mark_dirty(p);
  }
  memory_map_close(&map);
  return p;
}

static uint32_t count_of(const json_t *o, const char *name) {
  const json_int_t n = json_integer_value(json_object_get(o, name));
  return n > 0 && n < 64 ? (uint32_t)n : 0;
}

// Of several works of one creation the pictures show, and the first title.
static void take_work(stage *s, const json_t *o, int fd) {
  made *m = stage_made(s, (uint32_t)json_integer_value(json_object_get(o, "creation")));
  if (!m) return;
  const char *kind = string_of(o, "kind");
  if (!m->kind[0] || strcmp(kind, "picture") == 0)
    snprintf(m->kind, sizeof m->kind, "%s", kind);
  if (!m->title[0])
    snprintf(m->title, sizeof m->title, "%s", say_declared(string_of(o, "title")));
  if (!m->exercise[0])
    snprintf(m->exercise, sizeof m->exercise, "%s", string_of(o, "exercise"));
  const double seconds = json_number_value(json_object_get(o, "seconds"));
  if (seconds > m->seconds) m->seconds = seconds;
  if (json_object_get(o, "ending")) answers_end(m, string_of(o, "ending"));
  cairo_surface_t *p = fd < 0
    ? NULL
    : read_picture(fd, (uint32_t)json_integer_value(json_object_get(o, "width")),
        (uint32_t)json_integer_value(json_object_get(o, "height")));
  if (!p) return;
  const uint32_t of = count_of(o, "of"), place = count_of(o, "place");
  if (m->picture && (place == 0 || of != m->pictures)) {
    cairo_surface_destroy(m->picture);
    m->picture = NULL;
  }
  m->pictures = of;
  if (place < MADE_PICTURES) m->papers[place] = count_of(o, "paper");
  m->picture = contact_sheet_put(m->picture, p, place, of);
}

static void show_made(stage *s) {
  if (s->page == PAGE_CLOSING && !s->next_page) stage_rebuild(s);
}

static const offer *offer_called(const stage *s, const char *id) {
  for (uint32_t i = 0; i < s->offer_count; i++)
    if (strcmp(s->offers[i].id, id) == 0) return &s->offers[i];
  return NULL;
}

// Where the window before this one was, or the welcome.
static page_name first_page(const stage *s) {
  if (s->said.ends) return PAGE_FAREWELL;
  if (s->said.last_word_due) return PAGE_LEAVING;
  if (!s->said.arrived) return PAGE_WELCOME;
  return s->was_on == PAGE_CLOSING ? PAGE_CLOSING : PAGE_CHOOSE;
}

// Stop's if it hung there, the exercise that was asked for, or what is due.
static void begin_with(stage *s, bool calm, const offer *first) {
  if (first && !s->has_chosen) {
    s->said.arrived = true; // it was asked for at once: nobody asks how one arrives
    stage_choose(s, first, false);
    return;
  }
  s->closing_sent = s->said.last_word_due || s->said.ends;
  s->stopped_on = first_page(s);
  stage_hush(s, calm);
  if (calm) said_touch(s); // the window after this one is told, too
  stage_go(s, calm ? PAGE_CALM : s->stopped_on);
}

static void take_session(stage *s, const link_message *m) {
  json_t *o = parse(m);
  if (!o) return;
  room_take(s, json_object_get(o, "room"));
  take_shared(s, m);
  take_offers(s, json_object_get(o, "exercises"));
  choosing_take(s, json_object_get(o, "last"));
  session_clock_take(s, o);
  snprintf(s->aside.place, sizeof s->aside.place, "%s", string_of(o, "place"));
  size_t i = 0;
  json_t *item = NULL;
  json_array_foreach(json_object_get(o, "works"), i, item) take_work(s, item, -1);
  const bool begins = s->page == PAGE_WAIT || s->next_page == PAGE_WAIT;
  if (begins) said_take(s, o);
  const bool calm = json_is_true(json_object_get(o, "calm")) || (begins && s->was_calm);
  const offer *first = calm ? NULL : offer_called(s, string_of(o, "begin"));
  json_decref(o);
  if (begins)
    begin_with(s, calm, first);
  else if (s->page == PAGE_CHOOSE)
    stage_rebuild(s);
}

// ---- Players -----------------------------------------------------------------------------

static void tell_size(stage *s) {
  if (!s->input.creation) return;
  gesto_event e = {.type = GESTO_STAGE};
  e.as.stage.width = (float)(s->live.width / s->view.scale);
  e.as.stage.height = (float)(s->live.height / s->view.scale);
  e.as.stage.scale = (float)s->view.scale;
  input_tell(&s->input, e, s->now_us);
  input_flush(&s->input);
}

// A window that was opened anew meets what runs already: the work goes on where it was, or
// rests behind the calm page.
static bool meet_running(stage *s, const link_message *m) {
  json_t *o = parse(m);
  const offer *known = offer_called(s, string_of(o, "id"));
  json_decref(o);
  if (s->chosen || s->has_chosen || !known) return s->chosen != NULL;
  s->chosen = known;
  s->has_chosen = true;
  panel_link_reset(s);
  if (s->page != PAGE_CALM) stage_go(s, PAGE_EXERCISE);
  stage_turn(s);
  return true;
}

// Below Pause, or the still page, it rests; not below the sheets of its own tools.
static bool is_rest(const stage *s) {
  switch (s->view.sheet ? s->sheet : SHEET_NONE) {
  case SHEET_NONE:
  case SHEET_PICK:
  case SHEET_MIX:
  case SHEET_REST:
  case SHEET_GROUP:
  case SHEET_CLOSER:
  case SHEET_SET: return s->page != PAGE_EXERCISE;
  default: return true;
  }
}

static void begin_input(stage *s, const link_message *m, bool anew) {
  if (s->input.creation == m->a) { // brought back: it knows of its pause from the ring
    if (m->big > s->input.time.last_us) s->input.time.last_us = m->big;
    return;
  }
  input_begin(&s->input, &s->ring, m->a, m->big);
  input_start(&s->input, s->now_us);
  const bool goes_on = m->big > 0; // it was left with a pause
  closer_begin(s, anew || goes_on);
  const bool rests = is_rest(s);
  if (rests) input_let_go(&s->input, s->now_us);
  // Whether the window before had paused is not known.
  if (rests || anew || goes_on) input_pause(&s->input, s->now_us);
  if (!rests) input_resume(&s->input, s->now_us);
}

static void take_player(stage *s, const link_message *m) {
  if (m->fd_count < 2 || !s->has_ring) return;
  const bool anew = !s->has_chosen;
  if (!meet_running(s, m)) return; // it was left meanwhile
  if (live_begin(&s->live, m->a, m->fds[0], m->fds[1], &s->bell) != OK) return;
  s->awaited = s->coming_back = false;
  begin_input(s, m, anew);
  s->area_w = (int32_t)s->live.width;
  s->area_h = (int32_t)s->live.height;
  if (!is_rest(s)) stage_hush(s, false);
  if (s->page == PAGE_EXERCISE) stage_fit_area(s);
  stage_take_picture(s);
  if (s->page == PAGE_LOST) stage_go(s, PAGE_LOST); // Carry on has the focus now
}

static void take_gone(stage *s, const link_message *m) {
  if (m->a != s->input.creation && !s->awaited) return;
  snprintf(s->sentence, sizeof s->sentence, "%.1000s", m->text);
  s->coming_back = m->b == 1;
  s->awaited = false;
  s->lost_count++;
  if (s->chosen) s->lost.times[s->chosen - s->offers] = s->lost_count;
  s->lost.wall_us = (int64_t)m->big;
  s->lost.inputs = m->value > 0 ? (uint64_t)m->value : 0;
  s->lost.reported = false;
  stage_hush(s, true);
  if (s->input.creation) input_pause(&s->input, s->now_us);
  live_lose(&s->live);
  if (s->page == PAGE_EXERCISE || s->page == PAGE_LOST) stage_go(s, PAGE_LOST);
  if (s->page == PAGE_ACCESS && s->access_page.back == PAGE_EXERCISE)
    s->access_page.back = PAGE_LOST;
}

static void take_trouble(stage *s, const link_message *m) {
  s->lost.reported = true;
  if (m->a)
    snprintf(s->lost.report, sizeof s->lost.report, _("It lies in %.900s"), m->text);
  else
    snprintf(s->lost.report, sizeof s->lost.report, "%.1000s", say_declared(m->text));
  if (s->sheet == SHEET_LOST) stage_open(s, SHEET_LOST);
}

static void take_frame(stage *s, const link_message *m) {
  if (m->fd_count < 1 || live_set_frame(&s->live, m->fds[0]) != OK) return;
  tell_size(s);
}

static void take_spots(stage *s, const link_message *m) {
  if (m->a == s->input.creation && spots_read(&s->spots, m->text, m->text_size))
    area_show_spots(s);
}

static void take_left(stage *s) {
  s->leaving = false;
  show_made(s);
}

static void take_one_work(stage *s, const link_message *m) {
  json_t *o = parse(m);
  if (o) take_work(s, o, m->fd_count > 0 ? m->fds[0] : -1);
  json_decref(o);
  show_made(s);
}

static void take_closed(stage *s) {
  s->closed = true;
  if (s->page == PAGE_FAREWELL || s->page == PAGE_LEAVING) stage_go(s, PAGE_FAREWELL);
}

static void take_notice(stage *s, const link_message *m) {
  snprintf(s->keeper_notice, sizeof s->keeper_notice, "%.1000s", say_declared(m->text));
  stage_look_saved(s);
  if (!m->text[0] && s->notice) {
    widget_set_state(s->notice, STATE_HIDDEN, true);
    view_moved(&s->view);
  }
}

void messages_take(stage *s, link_message *m) {
  switch (m->kind) {
  case TO_STAGE_SESSION: take_session(s, m); break;
  case TO_STAGE_PLAYER: take_player(s, m); break;
  case TO_STAGE_GONE: take_gone(s, m); break;
  case TO_STAGE_FRAME: take_frame(s, m); break;
  case TO_STAGE_CONTROL: panel_link_set(s, m->a, m->value); break;
  case TO_STAGE_WORK: take_one_work(s, m); break;
  case TO_STAGE_LEFT: take_left(s); break;
  case TO_STAGE_CLOSED: take_closed(s); break;
  case TO_STAGE_PING: stage_say(s, FROM_STAGE_PONG, m->a, NULL); break;
  case TO_STAGE_NOTICE: take_notice(s, m); break;
  case TO_STAGE_SPOTS: take_spots(s, m); break;
  case TO_STAGE_TROUBLE: take_trouble(s, m); break;
  case TO_STAGE_CAPTION: speaking_take_caption(s, m); break;
  case TO_STAGE_SOUND: speaking_take_sound(s, m); break;
  case TO_STAGE_NOTE: note_take(s, m); break;
  case TO_STAGE_QUIT: s->quit = true; break;
  default: break;
  }
}

void messages_take_all(stage *s, link_message *room) {
  for (;;) {
    const result r = link_receive(s->link, room, 0);
    if (r == ENDED) {
      s->keeper_gone = true;
      s->link = -1;
      if (s->page == PAGE_FAREWELL) stage_go(s, PAGE_FAREWELL);
      if (s->page == PAGE_WAIT) s->quit = true;
      return;
    }
    if (r == NOT_NOW) return;
    if (r != OK) continue;
    if (room->kind != TO_STAGE_PING) stage_stirs(s);
    messages_take(s, room);
    link_drop_fds(room);
    stage_turn(s); // a page that it asked for must stand before the next message
  }
}
