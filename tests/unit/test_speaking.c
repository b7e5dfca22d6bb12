// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// What the window has spoken, shown and chimed: labels where they are wanted and not twice,
// captions where nothing can be heard, sounds of the house on the page they share with the
// sound program; and the voice note from asking to letting go.
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/stage/messages.h"
#include "core/stage/pages.h"
#include "core/ui/focus.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char declared[] =
  "{\"id\":\"org.test.talks\",\"name\":\"Talks\",\"version\":\"1\",\"wants\":[\"sound\"],"
  "\"purpose\":{\"invitation\":\"You could.\",\"why\":\"It may.\",\"steps\":[\"One\"],"
  "\"goals\":[\"calm\"]},\"controls\":[]}";

typedef struct room {
  stage s;
  int keeper, fd;
  ring ring;
  sound_page *page;
  link_message m;
} room;

static int set_up(void **state) {
  static room all;
  room *r = &all;
  const uint8_t session[16] = {7};
  int ends[2];
  int page_fd = -1;
  memset(r, 0, sizeof *r);
  stage_init(&r->s, 1280, 800, 1);
  assert_int_equal(link_pair(ends), OK);
  r->s.link = ends[0];
  r->keeper = ends[1];
  json_t *json = json_loads(declared, 0, NULL);
  assert_int_equal(offer_read(&r->s.offers[r->s.offer_count++], json), OK);
  json_decref(json);
  assert_int_equal(memory_create("test-ring", 1 << 16, &r->fd), OK);
  assert_int_equal(ring_init(&r->ring, r->fd, 1 << 16, session), OK);
  assert_int_equal(memory_create("page", sizeof(sound_page), &page_fd), OK);
  assert_int_equal(memory_map_open(&r->s.sound, page_fd, true, sizeof(sound_page)), OK);
  io_close(page_fd);
  r->page = r->s.sound.bytes;
  r->s.now_us = 1000000;
  *state = r;
  return 0;
}

static int tear_down(void **state) {
  room *r = *state;
  r->s.live.here = false;
  io_close(r->s.link);
  io_close(r->keeper);
  r->s.link = -1;
  stage_finish(&r->s);
  ring_finish(&r->ring);
  io_close(r->fd);
  return 0;
}

// The text of the next word of this kind; NULL: there is none.
static const char *heard(room *r, uint32_t kind) {
  while (link_receive(r->keeper, &r->m, 0) == OK)
    if (r->m.kind == kind) return r->m.text;
  return NULL;
}

static void say(room *r, uint32_t kind, uint32_t a, const char *text) {
  r->m = (link_message){.kind = kind, .a = a, .big = 4000};
  r->m.text_size = (uint32_t)snprintf(r->m.text, sizeof r->m.text, "%s", text);
  messages_take(&r->s, &r->m);
  stage_turn(&r->s);
}

static void want(room *r, bool labels, bool captions) {
  access_settings a = r->s.access;
  a.spoken_labels = labels;
  a.captions = captions;
  stage_set_access(&r->s, &a);
}

static void show(room *r, page_name page) {
  stage_go(&r->s, page);
  stage_turn(&r->s);
}

static void begin_exercise(room *r) {
  stage_choose(&r->s, &r->s.offers[0], false);
  stage_turn(&r->s);
  input_begin(&r->s.input, &r->ring, 3, 0);
  input_start(&r->s.input, 1000);
  r->s.live.here = true;
  view_place(&r->s.view);
}

static const widget *in_window(room *r, const char *id) {
  const widget *w = r->s.view.sheet ? widget_find(r->s.view.sheet, id) : NULL;
  return w ? w : widget_find(r->s.view.root, id);
}

static void press(room *r, const char *id) {
  widget *w = (widget *)in_window(r, id);
  assert_non_null(w);
  focus_set(&r->s.view, w);
  assert_true(view_press(&r->s.view, KEY_SPACE, 0));
  view_lift(&r->s.view, KEY_SPACE);
  stage_turn(&r->s);
}

// ---- Labels --------------------------------------------------------------------------------

static void labels_are_spoken_where_they_are_wanted(void **state) {
  room *r = *state;
  show(r, PAGE_CHOOSE);
  focus_step(&r->s.view, false);
  assert_null(heard(r, FROM_STAGE_SAY));
  want(r, true, false);
  focus_step(&r->s.view, false);
  const char *said = heard(r, FROM_STAGE_SAY);
  assert_non_null(said);
  assert_string_equal(said, r->s.view.focus->label);
  stage_rebuild(&r->s); // the focus stays where it is: nothing is said again
  assert_null(heard(r, FROM_STAGE_SAY));
}

static void a_label_comes_with_its_state(void **state) {
  room *r = *state;
  want(r, true, false);
  show(r, PAGE_ACCESS);
  widget *top = view_top(&r->s.view);
  widget *chosen = NULL;
  for (widget *w = top; w && !chosen; w = widget_after(top, w))
    if (widget_can_focus(w) && widget_is(w, STATE_SELECTED)) chosen = w;
  assert_non_null(chosen);
  if (!chosen) return; // for who reads this without running it
  while (heard(r, FROM_STAGE_SAY)) {}
  focus_set(&r->s.view, NULL);
  focus_set(&r->s.view, chosen);
  const char *said = heard(r, FROM_STAGE_SAY);
  assert_non_null(said);
  assert_int_equal(strncmp(said, chosen->label, strlen(chosen->label)), 0);
  assert_non_null(strstr(said, ", chosen"));
}

static void the_keeper_knows_how_words_are_spoken(void **state) {
  room *r = *state;
  stage_speak(&r->s, "Read this");
  const char *how = heard(r, FROM_STAGE_VOICE);
  assert_non_null(how);
  assert_non_null(strstr(how, "\"language\":\"en\""));
  assert_non_null(strstr(how, "\"on\":false"));
  assert_string_equal(heard(r, FROM_STAGE_SAY), "Read this");
  stage_speak(&r->s, "And this");
  assert_null(heard(r, FROM_STAGE_VOICE)); // it has not changed
  want(r, true, false);
  stage_speak(&r->s, "And that");
  assert_non_null(strstr(heard(r, FROM_STAGE_VOICE), "\"on\":true"));
}

static void a_change_of_the_voice_is_heard_at_once(void **state) {
  room *r = *state;
  show(r, PAGE_ACCESS);
  want(r, true, false);
  speaking_tell(&r->s);
  while (heard(r, FROM_STAGE_SAY)) {}
  access_settings a = r->s.access;
  a.voice_percent = access_next_voice(a.voice_percent, 1);
  stage_set_access(&r->s, &a);
  speaking_tell(&r->s);
  const char *how = heard(r, FROM_STAGE_VOICE);
  assert_non_null(how);
  assert_non_null(strstr(how, "\"rate\":1.1"));
  assert_string_equal(
    heard(r, FROM_STAGE_SAY), "Take your time. You can stop whenever you like.");
  speaking_tell(&r->s);
  assert_null(heard(r, FROM_STAGE_SAY));
}

static void what_is_read_aloud_ends_with_its_page(void **state) {
  room *r = *state;
  show(r, PAGE_CHOOSE);
  stage_speak(&r->s, "A long card");
  assert_non_null(heard(r, FROM_STAGE_SAY));
  stage_rebuild(&r->s); // the same page in other colours
  assert_null(heard(r, FROM_STAGE_SAY));
  show(r, PAGE_TALK);
  assert_string_equal(heard(r, FROM_STAGE_SAY), "");
  show(r, PAGE_CHOOSE);
  assert_null(heard(r, FROM_STAGE_SAY)); // it is silent already
}

// ---- Captions ------------------------------------------------------------------------------

static void captions_show_what_cannot_be_heard(void **state) {
  room *r = *state;
  say(r, TO_STAGE_SOUND, 0, "{\"sound\":true,\"voice\":true,\"why\":\"\"}");
  begin_exercise(r);
  assert_null(in_window(r, "caption")); // nothing was said yet, all room is for the work
  say(r, TO_STAGE_CAPTION, 4, "of another one");
  assert_null(in_window(r, "caption"));
  say(r, TO_STAGE_CAPTION, 3, "Raise both arms");
  assert_non_null(in_window(r, "caption")); // words are not spoken to this client
  assert_string_equal(in_window(r, "caption")->label, "Raise both arms");
  view_place(&r->s.view);
  const double before = in_window(r, "caption")->rect.h;
  const double work = r->s.area->rect.h;
  r->s.now_us += 4100000;
  speaking_turn(&r->s);
  assert_string_equal(in_window(r, "caption")->label, " ");
  view_place(&r->s.view);
  assert_true(in_window(r, "caption")->rect.h == before); // the work does not move
  assert_true(r->s.area->rect.h == work);
  want(r, true, false); // now it is heard
  assert_null(in_window(r, "caption"));
  say(r, TO_STAGE_SOUND, 0, "{\"sound\":true,\"voice\":false,\"why\":\"\"}");
  assert_non_null(in_window(r, "caption")); // and now it is not
  say(r, TO_STAGE_SOUND, 0, "{\"sound\":true,\"voice\":true,\"why\":\"\"}");
  want(r, true, true); // and now both are wished for
  assert_non_null(in_window(r, "caption"));
}

static void a_caption_lies_beside_the_work(void **state) {
  room *r = *state;
  begin_exercise(r);
  say(r, TO_STAGE_CAPTION, 3,
    "Raise both arms, as far as is comfortable, and let them sink");
  view_place(&r->s.view);
  const widget *w = in_window(r, "caption");
  assert_non_null(w);
  const rect area = r->s.area->rect;
  assert_true(w->rect.y >= area.y + area.h || w->rect.y + w->rect.h <= area.y);
}

// ---- Chimes and silence ----------------------------------------------------------------------

static void what_is_chosen_is_heard(void **state) {
  room *r = *state;
  begin_exercise(r);
  const uint32_t n = atomic_load(&r->page->chimes);
  press(r, "pause");
  assert_int_equal(atomic_load(&r->page->chimes), n + 1);
  assert_int_equal(atomic_load(&r->page->chime[n % CHIMES_WAITING]), CHIME_PAUSE);
  press(r, "carry-on");
  assert_int_equal(atomic_load(&r->page->chimes), n + 2);
  assert_int_equal(atomic_load(&r->page->chime[(n + 1) % CHIMES_WAITING]), CHIME_TICK);
  press(r, "stop"); // says all it has to say by being silent
  assert_int_equal(atomic_load(&r->page->chimes), n + 2);
  atomic_store(&r->page->microphone, 1);
  stage_chime(&r->s, CHIME_KEEP);
  assert_int_equal(atomic_load(&r->page->chimes), n + 2);
}

static void silence_is_said_once_and_calmly(void **state) {
  room *r = *state;
  assert_string_equal(stage_sound_advice(&r->s), ""); // nobody knows yet
  begin_exercise(r);
  stage_look_saved(&r->s);
  assert_true(widget_is(r->s.notice, STATE_HIDDEN));
  say(r, TO_STAGE_SOUND, 0, "{\"sound\":false,\"voice\":true,\"why\":\"alsa: -19\"}");
  stage_look_saved(&r->s);
  assert_false(widget_is(r->s.notice, STATE_HIDDEN));
  assert_non_null(strstr(r->s.notice->label, "There is no sound here just now."));
  assert_null(strstr(r->s.notice->label, "alsa"));
  say(r, TO_STAGE_SOUND, 0, "{\"sound\":true,\"voice\":true,\"why\":\"\"}");
  stage_look_saved(&r->s);
  assert_true(widget_is(r->s.notice, STATE_HIDDEN));
  assert_string_equal(stage_sound_advice(&r->s), "");
}

static void one_mute_and_one_volume(void **state) {
  room *r = *state;
  access_settings a = r->s.access;
  a.volume = 600;
  stage_set_access(&r->s, &a);
  assert_int_equal(atomic_load(&r->page->volume), 600);
  a.muted = a.spoken_labels = true;
  stage_set_access(&r->s, &a);
  assert_int_equal(atomic_load(&r->page->volume), 0);
  stage_set_volume(&r->s, 800); // the slider moves; it is still silent
  assert_int_equal(atomic_load(&r->page->volume), 0);
  assert_true(stage_shows_captions(&r->s));
  a = r->s.access;
  a.muted = false;
  stage_set_access(&r->s, &a);
  assert_int_equal(atomic_load(&r->page->volume), 800);
  assert_false(stage_shows_captions(&r->s));
}

// ---- The voice note --------------------------------------------------------------------------

static uint32_t note_wish(room *r) { return heard(r, FROM_STAGE_NOTE) ? r->m.a : 0; }

static void a_note_from_asking_to_letting_go(void **state) {
  room *r = *state;
  show(r, PAGE_CLOSING);
  stage_open(&r->s, SHEET_MORE);
  stage_turn(&r->s);
  assert_non_null(in_window(r, "note-begin"));
  press(r, "note-begin");
  assert_int_equal(note_wish(r), NOTE_BEGIN);
  say(r, TO_STAGE_NOTE, 0, "{\"state\":\"opening\",\"seconds\":0,\"level\":0}");
  assert_false(widget_can_focus(in_window(r, "note-end"))); // one moment
  say(r, TO_STAGE_NOTE, 0, "{\"state\":\"on\",\"seconds\":0.5,\"level\":20}");
  assert_non_null(strstr(in_window(r, "note-end")->label, "The microphone is on"));
  assert_string_equal(r->s.view.focus->id, "note-end"); // a switch ends what it began
  assert_non_null(strstr(in_window(r, "note-words")->label, "quiet"));
  say(r, TO_STAGE_NOTE, 0, "{\"state\":\"on\",\"seconds\":61.2,\"level\":300}");
  assert_string_equal(in_window(r, "note-words")->label, "1:01   comfortable");
  say(r, TO_STAGE_NOTE, 0, "{\"state\":\"on\",\"seconds\":62,\"level\":1000}");
  assert_non_null(strstr(in_window(r, "note-words")->label, "too loud"));
  press(r, "note-end");
  assert_int_equal(note_wish(r), NOTE_END);
  say(r, TO_STAGE_NOTE, 0, "{\"state\":\"kept\",\"seconds\":62,\"level\":0}");
  atomic_store(&r->page->hush, 1);
  press(r, "note-listen");
  assert_int_equal(note_wish(r), NOTE_LISTEN);
  assert_int_equal(atomic_load(&r->page->hush), 0);
  say(r, TO_STAGE_NOTE, 0, "{\"state\":\"kept\",\"seconds\":62,\"listens\":true}");
  press(r, "note-listen");
  assert_int_equal(note_wish(r), NOTE_QUIET);
  press(r, "note-let-go");
  assert_int_equal(note_wish(r), NOTE_LET_GO);
  say(r, TO_STAGE_NOTE, 0, "{\"state\":\"none\",\"seconds\":0}");
  assert_non_null(in_window(r, "note-begin"));
  assert_null(in_window(r, "note-let-go"));
  say(r, TO_STAGE_NOTE, 0, "not JSON");
  say(r, TO_STAGE_NOTE, 0, "{\"state\":\"no-microphone\"}");
  assert_non_null(strstr(in_window(r, "note-words")->label, "There is no microphone"));
}

int main(void) {
#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    WITH(labels_are_spoken_where_they_are_wanted),
    WITH(a_label_comes_with_its_state),
    WITH(the_keeper_knows_how_words_are_spoken),
    WITH(a_change_of_the_voice_is_heard_at_once),
    WITH(what_is_read_aloud_ends_with_its_page),
    WITH(captions_show_what_cannot_be_heard),
    WITH(a_caption_lies_beside_the_work),
    WITH(what_is_chosen_is_heard),
    WITH(silence_is_said_once_and_calmly),
    WITH(one_mute_and_one_volume),
    WITH(a_note_from_asking_to_letting_go),
  };
#undef WITH
  return cmocka_run_group_tests(tests, NULL, NULL);
}
