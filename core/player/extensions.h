// SPDX-License-Identifier: GPL-3.0-or-later
// What gesto_host.extension() hands out, one table for each: keeping works (creations.c),
// tapes and voices (ext_sound.c), speech and cues (ext_speech.c), words
// in the language of the screen (ext_words.c), the canvas (paper.c). Constant; any thread.
#ifndef GESTO_PLAYER_EXTENSIONS_H
#define GESTO_PLAYER_EXTENSIONS_H

#include "core/api/gesto.h"
#include "core/base/result.h"

const gesto_creations *creations_face(void);
const gesto_tapes *tapes_face(void);
const gesto_voices *voices_face(void);
const gesto_canvas *paper_face(void);
const gesto_speech *speech_face(void);
const gesto_cues *cues_face(void);
const gesto_words *words_face(void);

// The word of the ABI for one of ours.
gesto_result gesto_result_of(result r);

#endif
