// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/picture.h"

#include <png.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES_MAX = 8 << 20, CHUNKS_MAX = 64 };
// Of a 4K painting, libpng's own choice of filters and level take twice as long for a file that
// is no smaller.
enum { PNG_LEVEL = 2, PNG_FILTERS = PNG_FILTER_UP };
static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

// ---- Both ways ---------------------------------------------------------------------

// Bytes that libpng writes to or reads from.
typedef struct stretch {
  uint8_t *to;
  const uint8_t *from;
  size_t at, size;
  bool full;
} stretch;

// libpng must not print, and must come back to where it was called.
static void on_error(png_structp png, png_const_charp text) {
  (void)text;
  png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static bool dimensions_hold(uint32_t width, uint32_t height) {
  if (width == 0 || height == 0) return false;
  if (width > PICTURE_SIDE_MAX || height > PICTURE_SIDE_MAX) return false;
  return (uint64_t)width * height <= PICTURE_PIXELS_MAX;
}

// ---- Writing -----------------------------------------------------------------------

static void take_bytes(png_structp png, png_bytep bytes, size_t n) {
  stretch *s = png_get_io_ptr(png);
  if (n > s->size - s->at) {
    s->full = true;
    png_error(png, "full");
  }
  memcpy(s->to + s->at, bytes, n);
  s->at += n;
}

static void flush_nothing(png_structp png) { (void)png; }

static void set_texts(
  png_structp png, png_infop info, const char *title, const char *about) {
  const char *keys[] = {"Title", "Description", "Software"};
  const char *values[] = {title, about, "Gesto"};
  for (int i = 0; i < 3; i++) {
    if (values[i] == NULL || values[i][0] == '\0') continue;
    char key[16], empty[1] = "";
    png_text t = {
      .compression = PNG_ITXT_COMPRESSION_NONE, .lang = empty, .lang_key = empty};
    t.key = memcpy(key, keys[i], strlen(keys[i]) + 1);
    t.text = (char *)(uintptr_t)values[i]; // libpng copies it
    t.itxt_length = strlen(values[i]);
    png_set_text(png, info, &t, 1);
  }
}

typedef struct writing {
  const picture *picture;
  const char *title, *about;
  png_structp png;
  png_infop info;
} writing;

static bool is_opaque(const picture *p) {
  const size_t pixels = (size_t)p->width * p->height;
  for (size_t i = 0; i < pixels; i++)
    if (p->rgba[4 * i + 3] != 255) return false;
  return true;
}

static bool write_all(const writing *w, bool opaque) {
  if (setjmp(png_jmpbuf(w->png)) != 0) return false;
  const picture *p = w->picture;
  png_set_user_limits(w->png, PICTURE_SIDE_MAX, PICTURE_SIDE_MAX);
  png_set_compression_level(w->png, PNG_LEVEL);
  png_set_filter(w->png, PNG_FILTER_TYPE_BASE, PNG_FILTERS);
  png_set_IHDR(w->png, w->info, p->width, p->height, 8,
    opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA, PNG_INTERLACE_NONE,
    PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB(w->png, w->info, PNG_sRGB_INTENT_PERCEPTUAL);
  set_texts(w->png, w->info, w->title, w->about);
  png_write_info(w->png, w->info);
  if (opaque) png_set_filler(w->png, 0, PNG_FILLER_AFTER);
  for (uint32_t y = 0; y < p->height; y++) {
    png_write_row(w->png, p->rgba + (size_t)y * p->width * 4);
  }
  png_write_end(w->png, NULL);
  return true;
}

result picture_write_png(const picture *p, const char *title, const char *about, void *to,
  size_t room, size_t *size) {
  *size = 0;
  if (!dimensions_hold(p->width, p->height)) return TOO_LARGE;
  writing w = {.picture = p, .title = title, .about = about};
  stretch s = {.to = to, .size = room};
  w.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
  if (w.png != NULL) w.info = png_create_info_struct(w.png);
  result r = NO_MEMORY;
  if (w.info != NULL) {
    png_set_write_fn(w.png, &s, take_bytes, flush_nothing);
    if (write_all(&w, is_opaque(p)))
      r = OK;
    else if (s.full)
      r = NO_SPACE;
  }
  png_destroy_write_struct(&w.png, &w.info);
  if (r == OK) *size = s.at;
  return r;
}

// ---- Reading -----------------------------------------------------------------------

static void give_bytes(png_structp png, png_bytep bytes, size_t n) {
  stretch *s = png_get_io_ptr(png);
  if (n > s->size - s->at) png_error(png, "ended");
  memcpy(bytes, s->from + s->at, n);
  s->at += n;
}

static uint32_t number_at(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

// Walks over the chunks before libpng sees any of them.
static result check_chunks(const uint8_t *bytes, size_t size) {
  if (size < 33 || memcmp(bytes, signature, sizeof signature) != 0) return BAD_DATA;
  if (number_at(bytes + 8) != 13 || memcmp(bytes + 12, "IHDR", 4) != 0) return BAD_DATA;
  uint32_t width = number_at(bytes + 16), height = number_at(bytes + 20);
  if (width == 0 || height == 0) return BAD_DATA;
  if (!dimensions_hold(width, height)) return TOO_LARGE;
  uint32_t others = 0;
  for (size_t at = sizeof signature; size - at >= 12;) {
    uint32_t length = number_at(bytes + at);
    bool pixels = memcmp(bytes + at + 4, "IDAT", 4) == 0;
    if (!pixels && (length > CHUNK_BYTES_MAX || ++others > CHUNKS_MAX)) return TOO_LARGE;
    if (length > size - at - 12) return BAD_DATA;
    at += 12 + (size_t)length;
  }
  return OK;
}

// Whatever the file holds comes as 8-bit RGBA.
static int ask_for_rgba(png_structp png, png_infop info) {
  png_set_expand(png);
  png_set_strip_16(png);
  png_set_gray_to_rgb(png);
  png_set_add_alpha(png, 0xFF, PNG_FILLER_AFTER);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  return passes;
}

typedef struct reading {
  picture *picture;
  png_structp png;
  png_infop info;
} reading;

static bool read_head(reading *r) {
  if (setjmp(png_jmpbuf(r->png)) != 0) return false;
  png_set_user_limits(r->png, PICTURE_SIDE_MAX, PICTURE_SIDE_MAX);
  png_set_chunk_malloc_max(r->png, CHUNK_BYTES_MAX);
  png_set_chunk_cache_max(r->png, CHUNKS_MAX);
  png_set_crc_action(r->png, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
  png_read_info(r->png, r->info);
  r->picture->width = png_get_image_width(r->png, r->info);
  r->picture->height = png_get_image_height(r->png, r->info);
  return true;
}

static bool read_rows(reading *r) {
  if (setjmp(png_jmpbuf(r->png)) != 0) return false;
  picture *p = r->picture;
  size_t row = (size_t)p->width * 4;
  int passes = ask_for_rgba(r->png, r->info);
  if (png_get_rowbytes(r->png, r->info) != row) return false;
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t y = 0; y < p->height; y++)
      png_read_row(r->png, p->rgba + y * row, NULL);
  }
  png_read_end(r->png, NULL);
  return true;
}

static result read_all(reading *r) {
  picture *p = r->picture;
  if (!read_head(r)) return BAD_DATA;
  if (!dimensions_hold(p->width, p->height)) return TOO_LARGE;
  p->rgba = calloc((size_t)p->width * p->height, 4);
  if (p->rgba == NULL) return NO_MEMORY;
  return read_rows(r) ? OK : BAD_DATA;
}

result picture_read_png(picture *p, const void *bytes, size_t size) {
  *p = (picture){0};
  result r = check_chunks(bytes, size);
  if (r != OK) return r;
  stretch s = {.from = bytes, .size = size};
  reading job = {.picture = p};
  job.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
  if (job.png != NULL) job.info = png_create_info_struct(job.png);
  if (job.info == NULL)
    r = NO_MEMORY;
  else {
    png_set_read_fn(job.png, &s, give_bytes);
    r = read_all(&job);
  }
  png_destroy_read_struct(&job.png, &job.info, NULL);
  if (r != OK) picture_finish(p);
  return r;
}

void picture_finish(picture *p) {
  free(p->rgba);
  *p = (picture){0};
}
