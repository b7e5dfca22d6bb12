// SPDX-License-Identifier: GPL-3.0-or-later
// CRC-32C (Castagnoli, reflected, as in RFC 3720), the check of every journal frame.
#ifndef GESTO_RECORD_CRC32C_H
#define GESTO_RECORD_CRC32C_H

#include <stddef.h>
#include <stdint.h>

// Any thread. Start with 0; feed the answer back in to go on with more bytes. Uses the
// processor's instruction where there is one. crc32c(0, "123456789", 9) is 0xe3069283.
uint32_t crc32c(uint32_t crc, const void *bytes, size_t size);
// Any thread. The same in portable C; for tests.
uint32_t crc32c_portable(uint32_t crc, const void *bytes, size_t size);

#endif
