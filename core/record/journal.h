// SPDX-License-Identifier: GPL-3.0-or-later
// A journal file: a 64-byte head, then frames of 16 bytes and a payload, each with a salted
// CRC32C and a sequence number; append-only (docs/session-format.md has every byte).
// Knows files and frames, not what is in them: slots.h does. Not thread-safe.
#ifndef GESTO_RECORD_JOURNAL_H
#define GESTO_RECORD_JOURNAL_H

#include "core/base/result.h"
#include "core/record/crc32c.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {             // frame types; a reader that does not know a critical one stops there
  FRAME_BEGIN = 1, // JSON, critical: exercise, version, seed, stage, look, settings, mode
  FRAME_SLOTS,     // critical: a batch of ring slots (slots.h)
  FRAME_REPORTS,   // critical: a batch of page reports (slots.h)
  FRAME_LEFT_OUT,  // critical: u64 first seq, u64 last seq that a replay leaves out
  FRAME_REVIVED,   // critical: JSON {"seq":n,"snapshot":"snap-…"|null}
  FRAME_SNAPSHOT,  // JSON {"seq":n,"file":"snap-…","block":n}
  FRAME_RECOVERED, // JSON: a torn tail was cut off {"bytes":n,"file":"…torn-1"}
  FRAME_TIME,      // u64 exercise time us, i64 wall clock us, u64 sound block
  FRAME_ASSET,     // JSON {"name":"…","sha256":"…","bytes":n}
  FRAME_CLOSE,     // JSON {"t":us,"keep":"…","process":bool,"title":"…"}
  FRAME_FLOW,      // session.journal only: JSON of what happened between exercises
  FRAME_SAID, // JSON {"t":us,"text":"…","clip":sha256 or null}: said by the exercise
};
enum { FRAME_COMPRESSED = 1, FRAME_ENCRYPTED = 2, FRAME_CRITICAL = 4 };
enum { JOURNAL_PAYLOAD_MAX = 1 << 20 };

typedef struct journal journal; // open for appending

typedef struct journal_head {
  uint8_t session[16], writer[8]; // session and room
  int64_t started_us;             // wall clock
  uint32_t salt;
} journal_head;

// Makes `name` in folder `dir` (EXISTS if it is there) with its head, both on disk.
MUST_USE result journal_create(journal **j, int dir, const char *name,
  const uint8_t session[16], const uint8_t writer[8]);
// Opens one to append to. What follows the last whole frame (a torn tail) is moved to
// "<name>.torn-N", never thrown away, and a RECOVERED frame appended. BAD_DATA if the head is
// not one of ours, or if whole frames lie behind damage: nothing is changed then, and what
// comes next belongs into a new file, where readers who stop at damage still find it.
MUST_USE result journal_open(journal **j, int dir, const char *name);
void journal_close(journal *j); // takes NULL; does not sync

// One frame; BEGIN to REVIVED are always marked critical. On failure the file ends after the
// last whole frame again; the journal is then spoilt and every further append answers FAILED:
// open a new one.
MUST_USE result journal_append(
  journal *j, uint8_t type, uint8_t flags, const void *payload, uint32_t size);
// Descriptor for fdatasync in another thread; valid until journal_close.
int journal_fd(const journal *j);
uint64_t journal_bytes(const journal *j);

// ---- Reading --------------------------------------------------------------------------
typedef struct journal_frame {
  uint8_t type, flags;
  uint32_t seq, size;
  const uint8_t *payload; // borrowed from the reader's map
  uint64_t at;            // offset in the file
} journal_frame;

typedef struct journal_reader journal_reader;
// Reads a whole file; BAD_DATA for a bad head, TOO_NEW for a later format.
MUST_USE result journal_reader_open(journal_reader **r, int dir, const char *name);
// The same over bytes in memory that stay the caller's (fuzzing, tests).
MUST_USE result journal_reader_over(journal_reader **r, const void *bytes, size_t size);
const journal_head *journal_reader_head(const journal_reader *r);
// OK and the next frame; ENDED at the end; BAD_DATA where the file is damaged or torn:
// frame->at tells where. After BAD_DATA, journal_skip_damage finds the next whole frame, from
// which journal_next goes on (OK), or says that none follows (ENDED: it was a torn tail).
MUST_USE result journal_next(journal_reader *r, journal_frame *frame);
MUST_USE result journal_skip_damage(journal_reader *r, uint64_t *bytes_skipped);
void journal_reader_close(journal_reader *r);

#endif
