// SPDX-License-Identifier: GPL-3.0-or-later
// A stream on which nothing steers a terminal, whoever the words come from.
#ifndef GESTO_KEEPER_PLAIN_STREAM_H
#define GESTO_KEEPER_PLAIN_STREAM_H

#include <stdio.h>

// Line by line to `fd`, which stays the caller's; what plain_text.h does not let pass, but the
// ends of lines, becomes a space. NULL: no memory. Main thread; the stream locks as others do.
FILE *plain_stream(int fd);

#endif
