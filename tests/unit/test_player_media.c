// SPDX-License-Identifier: GPL-3.0-or-later
// What a spare player does without an exercise: foreign pictures and sounds, decoded where
// nothing can be reached. And a frame of another size, for one that has an exercise.
#include "player_hand.h"

#include "core/media/picture.h"
#include "core/media/sound_file.h"

static int set_up(void **state) {
  (void)state;
  house_make();
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  house_remove();
  return 0;
}

static hand *spare(void) {
  hand *h = malloc(sizeof *h);
  assert_non_null(h);
  hand_start(h);
  assert_int_equal(hand_wait(h, FROM_PLAYER_READY), OK);
  return h;
}

static void drop(hand *h) {
  hand_finish(h);
  free(h);
}

static int memory_of(const void *bytes, size_t size) {
  int fd = -1;
  assert_int_equal(memory_create("bytes", size ? size : 1, &fd), OK);
  assert_int_equal(io_write_all_at(fd, bytes, size, 0), OK);
  return fd;
}

// Answers w << 32 | h; the pixels are in *pixels.
static uint64_t decoded(
  hand *h, const void *png, size_t size, uint32_t longest, memory_map *pixels) {
  int from = memory_of(png, size), to = -1;
  assert_int_equal(memory_create("pixels", 4 * 64 * 64, &to), OK);
  link_message *m = hand_blank(h, TO_PLAYER_DECODE, 5);
  m->b = longest;
  m->big = size;
  m->fds[m->fd_count++] = from;
  m->fds[m->fd_count++] = to;
  assert_int_equal(link_send(h->link, m), OK);
  assert_int_equal(hand_wait(h, FROM_PLAYER_DECODED), OK);
  assert_int_equal(h->in.a, 5);
  assert_int_equal(h->in.b, h->in.big != 0);
  assert_int_equal(memory_seal(to), OK); // so it holds no map any more
  assert_int_equal(memory_map_open(pixels, to, false, 4), OK);
  io_close(from);
  io_close(to);
  return h->in.big;
}

// 40 x 20: left half red, right half blue and half transparent.
static size_t make_png(uint8_t *png, size_t room) {
  static uint8_t rgba[40 * 20 * 4];
  for (int i = 0; i < 40 * 20; i++) {
    bool left = i % 40 < 20;
    const uint8_t pixel[4] = {left ? 255 : 0, 0, left ? 0 : 255, left ? 255 : 128};
    memcpy(rgba + i * 4, pixel, 4);
  }
  const picture p = {.width = 40, .height = 20, .rgba = rgba};
  size_t size = 0;
  assert_int_equal(picture_write_png(&p, "", "", png, room, &size), OK);
  return size;
}

static void a_picture_is_decoded_and_made_smaller(void **state) {
  (void)state;
  static uint8_t png[20000];
  size_t size = make_png(png, sizeof png);
  hand *h = spare();
  memory_map pixels;
  assert_int_equal(decoded(h, png, size, 0, &pixels), (uint64_t)40 << 32 | 20);
  const uint32_t *at = pixels.bytes;
  assert_int_equal(at[0] & 0xffffff, 0xff0000);
  assert_int_equal(at[39] & 0xffffff, 0x7f7fff); // on white
  memory_map_close(&pixels);
  assert_int_equal(decoded(h, png, size, 10, &pixels), (uint64_t)10 << 32 | 5);
  at = pixels.bytes;
  assert_int_equal(at[1] & 0xffffff, 0xff0000);
  memory_map_close(&pixels);
  hand_quit(h);
  drop(h);
}

static void a_damaged_picture_is_refused_and_the_player_stays(void **state) {
  (void)state;
  static uint8_t png[20000];
  size_t size = make_png(png, sizeof png);
  hand *h = spare();
  memory_map pixels;
  assert_int_equal(decoded(h, png, size / 2, 0, &pixels), 0);
  memory_map_close(&pixels);
  assert_int_equal(decoded(h, "not a picture", 13, 0, &pixels), 0);
  memory_map_close(&pixels);
  assert_int_equal(decoded(h, png, size, 40, &pixels), (uint64_t)40 << 32 | 20);
  memory_map_close(&pixels);
  hand_quit(h);
  drop(h);
}

static void listen_to(hand *h, const void *file, size_t size) {
  int from = memory_of(file, size);
  link_message *m = hand_blank(h, TO_PLAYER_LISTEN, 0);
  m->big = size;
  m->fds[m->fd_count++] = from;
  m->fds[m->fd_count++] = h->wave_fd;
  m->fds[m->fd_count++] = h->page_fd;
  assert_int_equal(link_send(h->link, m), OK);
  io_close(from);
}

static void take_block(hand *h) {
  uint32_t n = atomic_fetch_add(&h->wave->asked, 1);
  futex_wake(&h->wave->asked);
  for (int i = 0; i < 20000 && atomic_load(&h->wave->done) <= n; i++) clock_sleep_us(100);
  assert_true(atomic_load(&h->wave->done) > n);
}

static void a_recording_is_played_block_by_block_and_then_is_silent(void **state) {
  (void)state;
  enum { FRAMES = WAVE_FRAMES * 3 };
  float samples[FRAMES * 2];
  for (int i = 0; i < FRAMES * 2; i++) samples[i] = (float)(i % 200) / 400;
  static uint8_t file[20000];
  size_t size = 0;
  assert_int_equal(
    sound_file_write(SOUND_FLAC, samples, FRAMES, "", file, sizeof file, &size), OK);
  hand *h = spare();
  assert_int_equal(memory_create("wave", sizeof(wave_page), &h->wave_fd), OK);
  assert_int_equal(memory_map_open(&h->wave_map, h->wave_fd, true, 64), OK);
  h->wave = h->wave_map.bytes;
  listen_to(h, file, size);
  clock_sleep_us(100000);
  for (uint32_t block = 0; block < 5; block++) {
    take_block(h);
    const float *left = h->wave->out[block][0];
    for (int i = 0; i < WAVE_FRAMES; i++) {
      int frame = (int)block * WAVE_FRAMES + i;
      double wanted = frame < FRAMES ? (double)samples[2 * frame] : 0;
      assert_true((double)left[i] > wanted - 1e-5 && (double)left[i] < wanted + 1e-5);
    }
  }
  assert_int_equal(atomic_load(&h->page->sound_block), 5);
  listen_to(h, "no sound", 8);
  assert_int_equal(hand_wait(h, FROM_PLAYER_LOG), OK);
  hand_quit(h);
  drop(h);
}

static void wait_commit(const hand *h, uint32_t number) {
  for (int i = 0; i < 20000 && atomic_load(&h->page->commit) < number; i++) {
    clock_sleep_us(200);
  }
  assert_int_equal(atomic_load(&h->page->commit), number);
}

static void a_frame_of_another_size_is_drawn_whole(void **state) {
  (void)state;
  enum { W = 640, H = 400 };
  hand *h = malloc(sizeof *h);
  char path[600];
  snprintf(path, sizeof path, "%s", house_exercise("exercises/steady"));
  const hand_order o = {
    .path = path, .mode = "live", .seed = 5, .first_seq = 1, .frame = true};
  hand_begin(h, &o);
  hand_press(h, 100, 100, 1000);
  wait_commit(h, 1);
  atomic_store(&h->page->shown, 1);
  int fd = -1;
  const frame_head head = {W, H};
  assert_int_equal(memory_create("frame", FRAME_BYTES(W, H), &fd), OK);
  assert_int_equal(io_write_all_at(fd, &head, sizeof head, 0), OK);
  link_message *m = hand_blank(h, TO_PLAYER_FRAME, W);
  m->b = H;
  m->value = 2;
  m->fds[m->fd_count++] = fd;
  hand_say(h);
  // Until the stage says that it is larger, all of it is shown twice as large.
  uint32_t last = 0;
  for (int i = 0; i < 20000 && h->page->rects[0].w != W; i++) {
    last = atomic_load(&h->page->commit);
    atomic_store(&h->page->shown, last);
    ring_ring(&h->ring);
    clock_sleep_us(200);
  }
  assert_int_equal(h->page->rects[0].w, W);
  assert_int_equal(h->page->rects[0].h, H);
  memory_map map;
  assert_int_equal(memory_map_open(&map, fd, false, FRAME_BYTES(W, H)), OK);
  const uint32_t *pixels = (const uint32_t *)(void *)((char *)map.bytes + FRAME_HEAD);
  assert_int_equal(pixels[200 * W + 200] & 0xffffff, 0xff0000);
  assert_int_equal(pixels[182 * W + 182] & 0xffffff, 0xff0000);
  assert_int_equal(pixels[100 * W + 100] & 0xffffff, 0xfffdf8);
  memory_map_close(&map);
  io_close(fd);
  hand_quit(h);
  drop(h);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_picture_is_decoded_and_made_smaller),
    cmocka_unit_test(a_damaged_picture_is_refused_and_the_player_stays),
    cmocka_unit_test(a_recording_is_played_block_by_block_and_then_is_silent),
    cmocka_unit_test(a_frame_of_another_size_is_drawn_whole),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
