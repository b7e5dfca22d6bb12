// SPDX-License-Identifier: GPL-3.0-or-later
// Left of the line it speaks as it should, right of it nothing that could be spoken; and while
// it draws, when it may change nothing.
#include "broken.h"

#include <string.h>

static const gesto_speech *speech_of(const plain *p) {
  return p->host->extension(p->host, GESTO_SPEECH);
}

static void say_well(const plain *p) {
  const gesto_cues *cues = p->host->extension(p->host, GESTO_CUES);
  speech_of(p)->say(p->host, "Well said.", true);
  speech_of(p)->say(p->host, "And this, a\xc3\xa9\xe2\x82\xac.", false);
  if (cues) cues->cue(p->host, GESTO_CUE_BREATH_IN, 4.5);
  if (cues) cues->cue(p->host, 77, 1); // there is no such one
  for (int i = 0; i < 8; i++) speech_of(p)->say(p->host, "Too much.", false);
}

static void say_badly(const plain *p) {
  char long_one[502];
  memset(long_one, 'a', sizeof long_one - 1);
  long_one[sizeof long_one - 1] = 0;
  speech_of(p)->say(p->host, long_one, false);
  speech_of(p)->say(p->host, "half a letter \xc3", false);
  speech_of(p)->say(p->host, "two\nlines", false);
  speech_of(p)->say(p->host, NULL, false);
}

static void event(void *self, const gesto_event *event) {
  plain *p = self;
  plain_event(self, event);
  if (event->type != GESTO_POINTER_DOWN) return;
  if (is_breaking(event))
    say_badly(p);
  else
    say_well(p);
}

static void draw(const void *self, cairo_t *to, const gesto_frame *frame) {
  const plain *p = self;
  speech_of(p)->say(p->host, "Said while drawing.", false);
  plain_draw(self, to, frame);
}

GESTO_EXPORT const gesto_exercise gesto_entry = {
  PLAIN("says-badly"), .needs = GESTO_ABI, .event = event, .draw = draw};
