// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base media studio player
// Any bytes as the saved state of an exercise that paints: refused with a sentence, or it goes
// on from there and saves what can be read again.
#include "core/player/machine.h"
#include "core/player/state.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

// An exercise that passes the hand on to the canvas and remembers one byte.
typedef struct painter {
  const gesto_host *host;
  const gesto_canvas *canvas;
  uint8_t kept;
} painter;

static void *create(const gesto_host *host) {
  painter *p = calloc(1, sizeof *p);
  if (p == NULL) abort();
  *p = (painter){.host = host, .canvas = host->extension(host, GESTO_CANVAS)};
  return p;
}

static void event(void *self, const gesto_event *e) {
  const painter *p = self;
  if (e->type <= GESTO_POINTER_CANCEL) p->canvas->stroke(p->host, e);
}

static bool tick(void *self) {
  (void)self;
  return false;
}

static const void *extension(const char *id) {
  (void)id;
  return NULL;
}

static gesto_result save(const void *self, const gesto_writer *to, bool with_history) {
  (void)with_history;
  return to->write(to, &((const painter *)self)->kept, 1);
}

static gesto_result load(void *self, const gesto_reader *from, const char *version) {
  (void)version;
  return from->read(from, &((painter *)self)->kept, 1) == 1 ? GESTO_OK : GESTO_BAD_DATA;
}

static const exercise painting = {.entry = {.abi = GESTO_ABI,
                                    .size = sizeof(gesto_exercise),
                                    .wants = GESTO_WANTS_CANVAS,
                                    .id = "org.example.painter",
                                    .name = "Painter",
                                    .version = "1",
                                    .create = create,
                                    .destroy = free,
                                    .event = event,
                                    .tick = tick,
                                    .extension = extension,
                                    .save = save,
                                    .load = load},
  .controls = {{.size = sizeof(gesto_control),
    .id = 1,
    .kind = GESTO_RANGE,
    .key = "size",
    .name = "Size",
    .high = 10}},
  .control_count = 1};

static result begin(machine **m, const void *bytes, size_t size) {
  static const settings none = {.count = 0};
  static char why[512];
  const machine_setup setup = {.of = &painting,
    .creation = 1,
    .width = 100,
    .height = 70,
    .scale = 1,
    .text_scale = 1,
    .set = &none,
    .assets = "build/assets/",
    .mode = MACHINE_TIMED};
  const result r = machine_create(m, &setup, bytes, size, "1", why, sizeof why);
  if (r != OK && why[0] == '\0') abort();
  return r;
}

static void go_on(machine *m) {
  static const uint16_t types[] = {
    GESTO_POINTER_DOWN, GESTO_POINTER_MOVE, GESTO_POINTER_UP};
  for (uint32_t i = 0; i < sizeof types / sizeof *types; i++) {
    const ring_slot slot = {.kind = SLOT_EVENT,
      .seq = m->seq + 1,
      .creation = 1,
      .as.event = {.time = 16000u * i, .type = types[i], .source = 9}};
    machine_deliver(m, &slot);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  machine *m = NULL, *again = NULL;
  blob state = {0};
  if (size == 0) return 0;
  if (begin(&m, bytes, size) == OK) {
    go_on(m);
    if (state_save(m, true, &state) == GESTO_OK &&
      begin(&again, state.at, state.size) != OK)
      abort();
  }
  blob_finish(&state);
  machine_destroy(again);
  machine_destroy(m);
  return 0;
}
