// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/desk.h"

#include "core/base/clock.h"
#include "core/base/protocol.h"
#include "core/desk/listing.h"
#include "core/desk/page_replay.h"
#include "core/desk/page_sessions.h"
#include "core/desk/room_picture.h"
#include "core/desk/told.h"
#include "core/ui/widgets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say(desk *d, const char *sentence) {
  snprintf(d->said, sizeof d->said, "%.500s", sentence);
  if (d->page == PAGE_SESSIONS) page_sessions_refresh(d);
  if (d->page == PAGE_ROOM) page_room_refresh(d);
  if (d->page == PAGE_REPLAY) page_replay_refresh(d);
}

// ---- Asking

void desk_ask_message(desk *d, const link_message *m) {
  if (link_send(d->link, m) != OK) {
    snprintf(d->said, sizeof d->said, _("Gesto is busy. Please try that once more."));
  }
}

void desk_ask(desk *d, uint32_t kind, const char *words) {
  *d->out = (link_message){.kind = kind, .a = 1};
  if (words) snprintf(d->out->text, sizeof d->out->text, "%s", words);
  d->out->text_size = (uint32_t)strlen(d->out->text);
  desk_ask_message(d, d->out);
}

// ---- Pages

// What the client gave at Finish can be read before they leave; no name, nothing of others.
static widget *page_covered_build(const desk *d) {
  widget *root = column_create(NULL, "covered-page", 16);
  root->box.centred = true;
  root->box.cross = CROSS_MIDDLE;
  widget_pad(root, 48, 24);
  logo_create(root, "logo");
  label_create(root, "covered", TEXT_LEAD, _("A session is open in the other window."));
  if (json_array_size(json_object_get(d->told, "told")) == 0) return root;
  widget *card = card_box_create(root, "told", _("What was said today"));
  card->box.gap = 8;
  card->box.w = 760;
  widget_pad(card, 28, 24);
  label_create(card, "told-title", TEXT_HEADING, _("What was said today"));
  told_points(row_create(card, "told-row", 0), "told-points", d->told);
  told_lines(card, "told-line", d->told);
  return root;
}

void desk_show(desk *d, desk_page page) {
  if (d->page == PAGE_REPLAY && page != PAGE_REPLAY) {
    live_finish(&d->live);
    d->said[0] = 0;
  }
  d->page = page;
  switch (page) {
  case PAGE_SESSIONS: view_show(&d->view, page_sessions_build(d), "start"); break;
  case PAGE_ROOM: view_show(&d->view, page_room_build(d), "back"); break;
  case PAGE_REPLAY:
    view_show(&d->view, page_replay_build(d), "replay-time");
    page_replay_refresh(d);
    break;
  case PAGE_COVERED: view_show(&d->view, page_covered_build(d), NULL); break;
  }
}

void desk_show_again(desk *d) {
  char focus[64] = "";
  widget *scroll = widget_find(d->view.root, "room-scroll");
  const double by = scroll ? scroll->value : 0;
  if (d->view.focus) snprintf(focus, sizeof focus, "%s", d->view.focus->id);
  desk_show(d, d->page);
  widget *again = focus[0] ? widget_find(d->view.root, focus) : NULL;
  if (again && widget_can_focus(again)) d->view.focus = again;
  scroll = widget_find(d->view.root, "room-scroll");
  if (scroll) scroll->value = by; // kept within by the layout
}

void desk_resize(desk *d) {
  view_moved(&d->view);
  replaying_fit(d);
}

// ---- Hearing

static void find_sought(desk *d) {
  size_t i;
  const json_t *client;
  if (!d->seek[0]) return;
  json_array_foreach(listing_array(d->listing, "clients"), i, client) {
    if (strcmp(listing_text(client, "alias"), d->seek) == 0)
      snprintf(d->client, sizeof d->client, "%s", listing_text(client, "id"));
  }
  d->seek[0] = 0;
}

static void hear_list(desk *d, const link_message *m) {
  json_t *fresh = NULL;
  if (listing_read(m->fds[0], (size_t)m->big, &fresh) != OK) {
    say(d,
      _("The list of sessions could not be read. `gesto catalogue --rebuild` makes it "
        "anew."));
    return;
  }
  // Items of the page that shows borrow from the listing: both change together.
  json_t *old = d->listing;
  d->listing = fresh;
  d->item_count = 0;
  find_sought(d);
  if (d->page == PAGE_SESSIONS || d->page == PAGE_ROOM) desk_show_again(d);
  json_decref(old);
}

static void hear_pixels(desk *d, const link_message *m) {
  const uint32_t w = (uint32_t)(m->big >> 32), h = (uint32_t)m->big;
  memory_map map = {0};
  if (w == 0 || h == 0 || w > 4096 || h > 4096) return;
  if (d->page != PAGE_SESSIONS && d->page != PAGE_ROOM) return;
  if (memory_map_open(&map, m->fds[0], false, (size_t)w * h * 4) != OK) return;
  cairo_surface_t *copy = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)w, (int)h);
  if (cairo_surface_status(copy) == CAIRO_STATUS_SUCCESS) {
    const size_t stride = (size_t)cairo_image_surface_get_stride(copy);
    for (uint32_t y = 0; y < h; y++) {
      memcpy(cairo_image_surface_get_data(copy) + y * stride,
        (const char *)map.bytes + (size_t)y * w * 4, (size_t)w * 4);
    }
    cairo_surface_mark_dirty(copy);
    if (d->page == PAGE_SESSIONS)
      page_sessions_picture(d, m->a, copy);
    else
      room_picture_show(d, copy);
  }
  cairo_surface_destroy(copy);
  memory_map_close(&map);
}

static void hear_player(desk *d, const link_message *m) {
  if (d->page != PAGE_REPLAY) return;
  live_finish(&d->live);
  if (live_begin(&d->live, 1, m->fds[0], m->fds[1], &d->bell) != OK) {
    say(d, _("This work could not be shown. Its finished file is still in the list."));
  }
}

static void hear_told(desk *d, const link_message *m) {
  json_t *old = d->told;
  d->told = json_loadb(m->text, m->text_size, JSON_REJECT_DUPLICATES, NULL);
  if (d->page == PAGE_COVERED) desk_show(d, PAGE_COVERED);
  json_decref(old); // the page that showed it is gone
}

static void hear_session(desk *d, const link_message *m) {
  json_t *told = d->told;
  d->told = NULL;
  d->told_of[0] = 0;
  replaying_close(d);
  desk_show(d, m->a == 1 ? PAGE_COVERED : PAGE_SESSIONS);
  if (m->a == 0) desk_ask(d, FROM_DESK_LIST, NULL);
  json_decref(told); // the page that showed it is gone
}

void desk_hear(desk *d, link_message *m) {
  switch (m->kind) {
  case TO_DESK_LIST: hear_list(d, m); break;
  case TO_DESK_PIXELS: hear_pixels(d, m); break;
  case TO_DESK_PLAYER: hear_player(d, m); break;
  case TO_DESK_COURSE: replaying_hear_course(d, m); break;
  case TO_DESK_PROGRESS: replaying_hear_progress(d, m); break;
  case TO_DESK_SAID: say(d, m->text); break;
  case TO_DESK_SESSION: hear_session(d, m); break;
  case TO_DESK_TOLD: hear_told(d, m); break;
  case TO_DESK_RAISE: d->raise = true; break;
  case TO_DESK_PING: desk_ask(d, FROM_DESK_PONG, NULL); break;
  case TO_DESK_QUIT: d->ended = true; break;
  default: break; // a later keeper may say more
  }
}

void desk_take_picture(desk *d) {
  page_rect rects[PAGE_RECTS];
  if (live_take(&d->live, clock_now_us(), rects) == 0) return;
  widget *area = widget_find(d->view.root, "replay-area");
  if (area) picture_set_surface(&d->view, area, d->live.kept);
}

result desk_init(desk *d, int32_t width_px, int32_t height_px, double scale) {
  *d = (desk){.link = -1};
  d->out = calloc(1, sizeof *d->out);
  if (!d->out) return NO_MEMORY;
  view_init(&d->view, width_px, height_px, scale);
  const access_settings usual = access_defaults();
  view_set_access(&d->view, &usual, say_is_right_to_left());
  desk_show(d, PAGE_SESSIONS);
  return OK;
}

void desk_finish(desk *d) {
  live_finish(&d->live);
  if (d->out) view_finish(&d->view);
  replaying_finish(&d->replaying);
  json_decref(d->listing);
  json_decref(d->told);
  free(d->out);
  *d = (desk){.link = -1};
}
