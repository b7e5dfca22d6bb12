// SPDX-License-Identifier: GPL-3.0-or-later
// Batches of slots and reports: exact there and back, small, and strict about what they take.
#include "core/record/slots.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MANY = 4000 };

static uint64_t chance(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static void same_again(const ring_slot *slots, uint32_t count) {
  static uint8_t bytes[1 << 20];
  static ring_slot back[MANY];
  uint32_t done = 0;
  while (done < count) {
    uint32_t taken = 0, got = 0;
    const size_t size =
      slots_encode(slots + done, count - done, &taken, bytes, sizeof bytes);
    assert_true(taken > 0);
    assert_int_equal(slots_decode(bytes, size, back, MANY, &got), OK);
    assert_int_equal(got, taken);
    assert_memory_equal(back, slots + done, taken * sizeof *back);
    done += taken;
  }
}

static gesto_event random_event(uint64_t *state) {
  gesto_event e;
  for (size_t i = 0; i < sizeof e; i++)
    ((uint8_t *)&e)[i] = (uint8_t)(chance(state) >> 20);
  e.type = (uint16_t)(chance(state) % 18);
  if (chance(state) % 4) e.flags = 0;
  if (chance(state) % 4) e.source = (uint32_t)(chance(state) % 12);
  if (e.type >= GESTO_POINTER_DOWN && e.type <= GESTO_POINTER_CANCEL &&
    chance(state) % 8) {
    e.as.pointer.x = (float)(chance(state) % 2000000) / 1000 - 500;
    e.as.pointer.y = (float)(chance(state) % 2000000) / 1000 - 500;
    e.as.pointer.pressure = (float)(chance(state) % 1000) / 999;
    e.as.pointer.tilt_x = (float)(chance(state) % 1000) / 500 - 1;
    e.as.pointer.tilt_y = (float)(chance(state) % 1000) / 500 - 1;
  }
  gesto_event_round(&e);
  return e;
}

static void any_event_comes_back(void **unused) {
  (void)unused;
  static ring_slot slots[MANY];
  uint64_t state = 88172645463325252u;
  for (uint32_t i = 0; i < MANY; i++) {
    slots[i] = (ring_slot){.seq = 1000 + i, .creation = 3};
    slots[i].kind = chance(&state) % 3 ? SLOT_EVENT : SLOT_ADVANCE;
    slots[i].as.event = random_event(&state);
  }
  same_again(slots, MANY);
}

static void extremes_come_back(void **unused) {
  (void)unused;
  ring_slot slots[6] = {0};
  for (uint32_t i = 0; i < 6; i++)
    slots[i] =
      (ring_slot){.seq = UINT64_MAX - 5 + i, .creation = UINT32_MAX, .kind = SLOT_EVENT};
  slots[0].as.event = (gesto_event){.time = UINT64_MAX,
    .type = GESTO_POINTER_DOWN,
    .as.pointer = {.x = -32768,
      .y = 32767,
      .pressure = 1,
      .tilt_x = -1,
      .tilt_y = 1,
      .tool = UINT32_MAX,
      .age_us = UINT32_MAX}};
  slots[1].as.event = (gesto_event){.type = GESTO_POINTER_MOVE,
    .source = UINT32_MAX,
    .as.pointer = {.x = 32767, .y = -32768}};
  slots[2].as.event = (gesto_event){.time = 1ull << 63,
    .type = GESTO_POINTER_UP,
    .as.pointer = {.x = 0.03125f, .y = -0.0f}}; // not rounded: must still be exact
  memset(&slots[3].as.event, 0xff, sizeof slots[3].as.event);
  slots[4].kind = SLOT_ADVANCE;
  memset(&slots[4].as.event, 0xee, sizeof slots[4].as.event);
  slots[5].kind = SLOT_ADVANCE;
  slots[5].as.event.time = UINT64_MAX;
  same_again(slots, 6);
}

static ring_slot advance_at(uint64_t seq, uint64_t tick) {
  ring_slot slot = {.seq = seq, .kind = SLOT_ADVANCE, .creation = 1};
  slot.as.event.time = tick * 1000000 / 60;
  return slot;
}

static void regular_marks_take_two_bytes(void **unused) {
  (void)unused;
  ring_slot slots[600];
  uint8_t bytes[4096];
  uint32_t taken = 0;
  for (uint32_t i = 0; i < 600; i++) slots[i] = advance_at(i + 1, 1000 + i);
  const size_t size = slots_encode(slots, 600, &taken, bytes, sizeof bytes);
  assert_int_equal(taken, 600);
  assert_in_range(size, 600, 2 * 600 + 16);
}

static void drawing_is_small(void **unused) {
  (void)unused;
  static ring_slot slots[MANY];
  static uint8_t bytes[1 << 20];
  uint32_t taken = 0;
  for (uint32_t i = 0; i < MANY; i++) {
    slots[i] = (ring_slot){.seq = i + 1, .kind = SLOT_EVENT, .creation = 1};
    gesto_event *e = &slots[i].as.event;
    *e = (gesto_event){.time = 1000ull * i, .type = GESTO_POINTER_MOVE, .source = 1};
    e->as.pointer.x = 400 + 300 * cosf((float)i / 300);
    e->as.pointer.y = 400 + 300 * sinf((float)i / 300);
    e->as.pointer.pressure = 0.5f + 0.2f * sinf((float)i / 100);
    gesto_event_round(e);
  }
  const size_t size = slots_encode(slots, MANY, &taken, bytes, sizeof bytes);
  assert_int_equal(taken, MANY);
  assert_in_range(size, MANY, 8 * MANY);
}

static void stops_where_it_must(void **unused) {
  (void)unused;
  ring_slot slots[4] = {
    advance_at(1, 1), advance_at(2, 2), advance_at(4, 3), advance_at(5, 4)};
  uint8_t bytes[256];
  uint32_t taken = 0;
  slots_encode(slots, 4, &taken, bytes, sizeof bytes);
  assert_int_equal(taken, 2); // a seq is missing
  slots[1].creation = 2;
  slots_encode(slots, 4, &taken, bytes, sizeof bytes);
  assert_int_equal(taken, 1); // another creation
  slots[0].kind = SLOT_TOOK;
  assert_int_equal(slots_encode(slots, 4, &taken, bytes, sizeof bytes), 0);
  assert_int_equal(taken, 0); // no input
  assert_int_equal(slots_encode(slots, 0, &taken, bytes, sizeof bytes), 0);
  assert_int_equal(slots_encode(&slots[2], 2, &taken, bytes, 3), 0);
}

static void little_room_splits(void **unused) {
  (void)unused;
  ring_slot slots[50];
  uint8_t bytes[130];
  uint32_t done = 0;
  for (uint32_t i = 0; i < 50; i++) slots[i] = advance_at(i + 1, i);
  while (done < 50) {
    uint32_t taken = 0, got = 0;
    ring_slot back[50];
    const size_t size =
      slots_encode(slots + done, 50 - done, &taken, bytes, sizeof bytes);
    assert_in_range(taken, 1, 49);
    assert_in_range(size, 1, sizeof bytes);
    assert_int_equal(slots_decode(bytes, size, back, 50, &got), OK);
    assert_memory_equal(back, slots + done, got * sizeof *back);
    done += taken;
  }
}

static void damage_is_refused(void **unused) {
  (void)unused;
  ring_slot slots[3] = {advance_at(1, 1), advance_at(2, 2), advance_at(3, 3)}, back[4];
  uint8_t bytes[256];
  uint32_t taken = 0, got = 0;
  const size_t size = slots_encode(slots, 3, &taken, bytes, sizeof bytes);
  assert_int_equal(slots_decode(bytes, size, back, 2, &got), TOO_LARGE);
  assert_int_equal(slots_decode(bytes, 0, back, 3, &got), BAD_DATA);
  assert_int_equal(slots_decode(bytes, 2, back, 3, &got), BAD_DATA);
  assert_int_equal(slots_decode(bytes, size - 1, back, 3, &got), BAD_DATA);
  bytes[size] = 0x0f; // no such record
  assert_int_equal(slots_decode(bytes, size + 1, back, 4, &got), BAD_DATA);
  static const uint8_t long_number[] = {0x81, 0x00, 0x01, 0x00, 0x00, 0x00};
  assert_int_equal(
    slots_decode(long_number, sizeof long_number, back, 3, &got), BAD_DATA);
  static const uint8_t far_place[] = {1, 1, 0, 1, 0, 0x82, 0x80, 0x80, 0x10, 0, 0};
  assert_int_equal(slots_decode(far_place, sizeof far_place, back, 3, &got), BAD_DATA);
}

static void reports_come_back(void **unused) {
  (void)unused;
  page_report reports[100], back[100];
  uint8_t bytes[100 * 30];
  uint32_t taken = 0, got = 0;
  uint64_t state = 7;
  for (uint32_t i = 0; i < 100; i++)
    reports[i] = (page_report){.before_seq = i < 90 ? 10 + i : chance(&state),
      .block = i < 90 ? 75 * i : chance(&state),
      .kind = i % 4 + 1,
      .count = i};
  reports[99] = (page_report){UINT64_MAX, UINT64_MAX, UINT32_MAX, UINT32_MAX};
  const size_t size = reports_encode(reports, 100, &taken, bytes, sizeof bytes);
  assert_int_equal(taken, 100);
  assert_int_equal(reports_decode(bytes, size, back, 100, &got), OK);
  assert_int_equal(got, 100);
  assert_memory_equal(reports, back, sizeof reports);
  assert_int_equal(reports_decode(bytes, size, back, 99, &got), TOO_LARGE);
  assert_int_equal(reports_decode(bytes, size - 1, back, 100, &got), BAD_DATA);
  assert_int_equal(reports_decode(bytes, 0, back, 100, &got), BAD_DATA);
  assert_int_equal(reports_encode(reports, 100, &taken, bytes, 29), 0);
  assert_int_equal(taken, 0);
}

static void rounding(void **unused) {
  (void)unused;
  gesto_event e = {.type = GESTO_POINTER_MOVE,
    .as.pointer = {
      .x = 1.04f, .y = -0.01f, .pressure = NAN, .tilt_x = -3, .tilt_y = 0.5001f}};
  memset(e.as.own + 28, 0xaa, 20);
  gesto_event_round(&e);
  assert_float_equal(e.as.pointer.x, 1.0625f, 0);
  assert_int_equal(signbit(e.as.pointer.y), 0);
  assert_float_equal(e.as.pointer.pressure, 0, 0);
  assert_float_equal(e.as.pointer.tilt_x, -1, 0);
  assert_float_equal(e.as.pointer.tilt_y, 0.5f, 0);
  for (size_t i = 28; i < 48; i++) assert_int_equal(e.as.own[i], 0);
  e =
    (gesto_event){.type = GESTO_POINTER_DOWN, .as.pointer = {.x = INFINITY, .y = -1e30f}};
  gesto_event_round(&e);
  assert_float_equal(e.as.pointer.x, 32767, 0);
  assert_float_equal(e.as.pointer.y, -32768, 0);
  e = (gesto_event){.type = GESTO_CONTROL_SET, .as.control = {.value = NAN, .id = 4}};
  gesto_event_round(&e);
  assert_true(e.as.control.value >= 0 && e.as.control.value <= 0);
  assert_int_equal(e.as.control.id, 4);
  e = (gesto_event){.type = GESTO_TEXT, .as.text = {.id = 1, .last = 1}};
  memcpy(e.as.text.utf8, "ab\0cd", 5);
  gesto_event_round(&e);
  assert_memory_equal(e.as.text.utf8, "ab\0\0\0", 5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(any_event_comes_back),
    cmocka_unit_test(extremes_come_back),
    cmocka_unit_test(regular_marks_take_two_bytes),
    cmocka_unit_test(drawing_is_small),
    cmocka_unit_test(stops_where_it_must),
    cmocka_unit_test(little_room_splits),
    cmocka_unit_test(damage_is_refused),
    cmocka_unit_test(reports_come_back),
    cmocka_unit_test(rounding),
  };
  return cmocka_run_group_tests_name("slots", tests, NULL, NULL);
}
