// SPDX-License-Identifier: GPL-3.0-or-later
// What the keeper says, taken into the stage. Main thread.
#ifndef GESTO_STAGE_MESSAGES_H
#define GESTO_STAGE_MESSAGES_H

#include "core/stage/stage.h"

// Takes one message; what it does not understand is passed over. The descriptors that it
// does not keep stay in `m` for link_drop_fds().
void messages_take(stage *s, link_message *m);
// All that wait at the link now. The keeper being away for good ends the stage's hopes, not
// the window.
void messages_take_all(stage *s, link_message *room);

#endif
