// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/piece.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum { LEVEL = 1 };

typedef struct piece_head {
  uint32_t packed, size, check, kind;
} piece_head;

// The frame is asked for a check of its content, which stands at its end.
static size_t pack(void *to, size_t room, const void *raw, size_t size) {
  ZSTD_CCtx *with = ZSTD_createCCtx();
  if (with == NULL) return 0;
  size_t packed = ZSTD_CCtx_setParameter(with, ZSTD_c_compressionLevel, LEVEL);
  if (!ZSTD_isError(packed))
    packed = ZSTD_CCtx_setParameter(with, ZSTD_c_checksumFlag, 1);
  if (!ZSTD_isError(packed)) packed = ZSTD_compress2(with, to, room, raw, size);
  ZSTD_freeCCtx(with);
  return ZSTD_isError(packed) ? 0 : packed;
}

result piece_put(
  const piece_store *s, uint32_t kind, const void *raw, size_t size, piece_ref *ref) {
  *ref = 0;
  if (size == 0 || size > PIECE_BYTES_MAX) return TOO_LARGE;
  const size_t room = ZSTD_compressBound(size);
  uint8_t *piece = malloc(sizeof(piece_head) + room);
  const size_t packed =
    piece == NULL ? 0 : pack(piece + sizeof(piece_head), room, raw, size);
  if (packed < sizeof(uint32_t)) {
    free(piece);
    return NO_MEMORY;
  }
  const size_t all = sizeof(piece_head) + packed;
  piece_head head = {.packed = (uint32_t)packed, .size = (uint32_t)size, .kind = kind};
  memcpy(&head.check, piece + all - sizeof head.check, sizeof head.check);
  memcpy(piece, &head, sizeof head);
  uint32_t place = 0;
  const result r = s->put(s->data, piece, all, &place);
  if (r == OK) *ref = (uint64_t)head.check << 32 | place;
  free(piece);
  return r;
}

static result get_head(
  const piece_store *s, uint32_t kind, piece_ref ref, piece_head *head) {
  const result r = s->get(s->data, (uint32_t)ref, head, sizeof *head);
  if (r != OK) return r;
  const bool good = head->kind == kind && head->check == ref >> 32 && head->size > 0 &&
    head->size <= PIECE_BYTES_MAX && head->packed <= ZSTD_compressBound(head->size);
  return good ? OK : BAD_DATA;
}

// A frame of other content that is whole has another check.
static result unpack(const piece_head *head, const uint8_t *piece, uint8_t *raw) {
  uint32_t check = 0;
  const uint8_t *frame = piece + sizeof *head;
  if (head->packed < sizeof check) return BAD_DATA;
  memcpy(&check, frame + head->packed - sizeof check, sizeof check);
  const size_t got = ZSTD_decompress(raw, head->size, frame, head->packed);
  return !ZSTD_isError(got) && got == head->size && check == head->check ? OK : BAD_DATA;
}

result piece_get(
  const piece_store *s, uint32_t kind, piece_ref ref, uint8_t **raw, size_t *size) {
  piece_head head;
  *raw = NULL;
  result r = get_head(s, kind, ref, &head);
  if (r != OK) return r;
  const size_t all = sizeof head + head.packed;
  uint8_t *piece = malloc(all), *bytes = malloc(head.size);
  r = piece == NULL || bytes == NULL ? NO_MEMORY
                                     : s->get(s->data, (uint32_t)ref, piece, all);
  if (r == OK) r = unpack(&head, piece, bytes);
  free(piece);
  if (r == OK) {
    *raw = bytes;
    *size = head.size;
  } else {
    free(bytes);
  }
  return r;
}
