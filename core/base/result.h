// SPDX-License-Identifier: GPL-3.0-or-later
// What a call that can fail answers, and one sentence for each cause.
#ifndef GESTO_BASE_RESULT_H
#define GESTO_BASE_RESULT_H

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

typedef enum result {
  OK = 0,
  FAILED, // tried in vain; errno or the caller's log says why
  NO_MEMORY,
  NO_SPACE, // disk, quota or queue full
  NOT_FOUND,
  EXISTS,
  NOT_ALLOWED, // refused by permissions, a lock or a seal
  BAD_DATA,    // damaged or not of the format
  TOO_NEW,     // written by a later version
  TOO_LARGE,   // over one of our limits
  NOT_NOW,     // not in this phase; try later
  ENDED,       // the other side, or the data, is at its end
} result;

// Any thread. A lower-case phrase without full stop; static, never NULL.
const char *result_text(result r);

// Any thread. The result that stands for an errno value; FAILED where none fits better.
result result_of_errno(int error);

#endif
