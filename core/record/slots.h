// SPDX-License-Identifier: GPL-3.0-or-later
// The payloads of FRAME_SLOTS and FRAME_REPORTS: batches of ring slots and of sound
// reports as varint deltas. A frame can be read without those before it. Any thread.
#ifndef GESTO_RECORD_SLOTS_H
#define GESTO_RECORD_SLOTS_H

#include "core/base/event.h"
#include "core/base/protocol.h"
#include "core/base/result.h"
#include "core/base/ring.h"

#include <stddef.h>
#include <stdint.h>

// Encodes slots with consecutive seq of one creation (EVENT and ADVANCE alone) into `bytes`;
// returns the length; *taken says how many of them fitted. Exact: slots_decode gives the
// same 80 bytes back for every event that gesto_event_round (core/base/event.h) leaves as it is.
size_t slots_encode(
  const ring_slot *slots, uint32_t count, uint32_t *taken, uint8_t *bytes, size_t room);
// Reads one batch. BAD_DATA on anything that encode does not write; `room` slots at most
// (TOO_LARGE). *count: how many there are.
MUST_USE result slots_decode(
  const uint8_t *bytes, size_t size, ring_slot *slots, uint32_t room, uint32_t *count);

// The seq of a batch's first slot, without reading the rest. BAD_DATA.
MUST_USE result slots_first_seq(const uint8_t *bytes, size_t size, uint64_t *seq);

size_t reports_encode(const page_report *reports, uint32_t count, uint32_t *taken,
  uint8_t *bytes, size_t room);
MUST_USE result reports_decode(const uint8_t *bytes, size_t size, page_report *reports,
  uint32_t room, uint32_t *count);

#endif
