// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/zip_memory.h"

#include <minizip/unzip.h>
#include <minizip/zip.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
  PACKED_LEVEL = 6,
  NAME_MAX_BYTES = 256,
  LOCKED = 1,
  UTF8_NAME = 1 << 11,
  HEAD_ROOM = 64
};

// The file that minizip believes to have.
typedef struct memory_file {
  uint8_t *to;
  const uint8_t *from;
  size_t at, size, room; // size: how much of it there is
  bool full;
} memory_file;

struct zip_memory {
  memory_file file;
  zipFile writing;
  unzFile reading;
};

// ---- What minizip calls ------------------------------------------------------------

static voidpf file_open(voidpf opaque, const void *name, int mode) {
  (void)name, (void)mode;
  return opaque;
}

static uLong file_read(voidpf opaque, voidpf stream, void *to, uLong n) {
  memory_file *f = stream;
  (void)opaque;
  const uint8_t *bytes = f->from ? f->from : f->to;
  if (f->at > f->size) return 0;
  if (n > f->size - f->at) n = f->size - f->at;
  memcpy(to, bytes + f->at, n);
  f->at += n;
  return n;
}

static uLong file_write(voidpf opaque, voidpf stream, const void *from, uLong n) {
  memory_file *f = stream;
  (void)opaque;
  f->full |= !f->to || n > f->room || f->at > f->room - n;
  if (f->full) return 0;
  memcpy(f->to + f->at, from, n);
  f->at += n;
  if (f->at > f->size) f->size = f->at;
  return n;
}

static ZPOS64_T file_tell(voidpf opaque, voidpf stream) {
  (void)opaque;
  return ((memory_file *)stream)->at;
}

static long file_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin) {
  memory_file *f = stream;
  (void)opaque;
  const size_t base = origin == ZLIB_FILEFUNC_SEEK_CUR ? f->at
    : origin == ZLIB_FILEFUNC_SEEK_END                 ? f->size
                                                       : 0;
  if (offset > f->size - base && base <= f->size) return -1;
  f->at = base + (size_t)offset;
  return 0;
}

static int file_close(voidpf opaque, voidpf stream) {
  (void)opaque, (void)stream;
  return 0;
}

static int file_trouble(voidpf opaque, voidpf stream) {
  (void)opaque;
  return ((memory_file *)stream)->full;
}

static zlib_filefunc64_def calls_of(zip_memory *z) {
  return (zlib_filefunc64_def){.zopen64_file = file_open,
    .zread_file = file_read,
    .zwrite_file = file_write,
    .ztell64_file = file_tell,
    .zseek64_file = file_seek,
    .zclose_file = file_close,
    .zerror_file = file_trouble,
    .opaque = &z->file};
}

// ---- Writing -----------------------------------------------------------------------

result zip_memory_create(zip_memory **made, void *to, size_t room) {
  zip_memory *z = *made = calloc(1, sizeof *z);
  if (!z) return NO_MEMORY;
  z->file = (memory_file){.to = to, .room = room};
  zlib_filefunc64_def calls = calls_of(z);
  z->writing = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &calls);
  if (z->writing) return OK;
  free(z);
  *made = NULL;
  return NO_MEMORY;
}

static result trouble_of(const zip_memory *z) { return z->file.full ? NO_SPACE : FAILED; }

// The day that zip's calendar begins with.
static const zip_fileinfo no_time = {.dosDate = 1 << 21 | 1 << 16};

result zip_memory_add(
  zip_memory *z, const char *name, const void *bytes, size_t size, bool packed) {
  if (size > UINT32_MAX) return TOO_LARGE;
  if (z->file.room - z->file.at < HEAD_ROOM + strlen(name)) { // minizip would leak there
    z->file.full = true;
    return NO_SPACE;
  }
  int r = zipOpenNewFileInZip4_64(z->writing, name, &no_time, NULL, 0, NULL, 0, NULL,
    packed ? Z_DEFLATED : 0, packed ? PACKED_LEVEL : 0, 0, -MAX_WBITS, DEF_MEM_LEVEL,
    Z_DEFAULT_STRATEGY, NULL, 0, 0, UTF8_NAME, 0);
  if (r == ZIP_OK) r = zipWriteInFileInZip(z->writing, bytes, (unsigned)size);
  if (r == ZIP_OK) r = zipCloseFileInZip(z->writing);
  return r == ZIP_OK ? OK : trouble_of(z);
}

result zip_memory_close(zip_memory *z, size_t *size) {
  const int r = zipClose(z->writing, NULL);
  const result done = r == ZIP_OK && !z->file.full ? OK : trouble_of(z);
  *size = done == OK ? z->file.size : 0;
  free(z);
  return done;
}

// ---- Reading -----------------------------------------------------------------------

// minizip passes over an end that was cut off within its last bytes.
static bool has_its_end(const uint8_t *bytes, size_t size) {
  enum { END_BYTES = 22, COMMENT_MAX = 65535, COMMENT_AT = 20 };
  for (size_t back = END_BYTES; back <= size && back <= END_BYTES + COMMENT_MAX; back++) {
    const uint8_t *end = bytes + size - back;
    if (memcmp(end, "PK\5\6", 4) != 0) continue;
    const size_t comment = end[COMMENT_AT] | (size_t)end[COMMENT_AT + 1] << 8;
    return back == END_BYTES + comment;
  }
  return false;
}

result zip_memory_open(zip_memory **made, const void *bytes, size_t size) {
  *made = NULL;
  if (!has_its_end(bytes, size)) return BAD_DATA;
  zip_memory *z = *made = calloc(1, sizeof *z);
  if (!z) return NO_MEMORY;
  z->file = (memory_file){.from = bytes, .size = size};
  zlib_filefunc64_def calls = calls_of(z);
  z->reading = unzOpen2_64("", &calls);
  if (z->reading) return OK;
  free(z);
  *made = NULL;
  return BAD_DATA;
}

void zip_memory_finish(zip_memory *z) {
  if (!z) return;
  unzClose(z->reading);
  free(z);
}

// Asks for one byte more than there should be: whoever lies about a length is caught.
static result read_all(unzFile f, size_t expected, uint8_t *to) {
  size_t have = 0;
  uint8_t more;
  while (have < expected) {
    const int n = unzReadCurrentFile(f, to + have, (unsigned)(expected - have));
    if (n <= 0) return BAD_DATA;
    have += (size_t)n;
  }
  return unzReadCurrentFile(f, &more, 1) == 0 ? OK : BAD_DATA;
}

static result read_current(unzFile f, size_t expected, uint8_t **bytes) {
  if (unzOpenCurrentFile(f) != UNZ_OK) return BAD_DATA;
  *bytes = malloc(expected + 1);
  result r = *bytes ? read_all(f, expected, *bytes) : NO_MEMORY;
  if (unzCloseCurrentFile(f) != UNZ_OK && r == OK) r = BAD_DATA; // the sum does not hold
  if (r == OK) return OK;
  free(*bytes);
  *bytes = NULL;
  return r;
}

result zip_memory_get(
  zip_memory *z, const char *name, size_t most, uint8_t **bytes, size_t *size) {
  unz_file_info64 about;
  *bytes = NULL;
  *size = 0;
  if (strlen(name) >= NAME_MAX_BYTES) return NOT_FOUND;
  if (unzLocateFile(z->reading, name, 1) != UNZ_OK) return NOT_FOUND;
  if (unzGetCurrentFileInfo64(z->reading, &about, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
    return BAD_DATA;
  if (about.flag & LOCKED) return BAD_DATA;
  if (about.uncompressed_size > most) return TOO_LARGE;
  const result r = read_current(z->reading, (size_t)about.uncompressed_size, bytes);
  if (r == OK) *size = (size_t)about.uncompressed_size;
  return r;
}
