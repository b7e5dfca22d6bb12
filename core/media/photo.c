// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/photo.h"

#include "core/media/exif.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <jerror.h>
#include <jpeglib.h>

enum { SIDE_MAX = 32768, PASSES_MAX = 100, BIGGEST_STEP = 8 };
static const uint64_t pixels_max = (uint64_t)128 << 20;

typedef struct reading {
  struct jpeg_error_mgr errors; // first: libjpeg hands it back
  struct jpeg_progress_mgr progress;
  struct jpeg_decompress_struct from;
  jmp_buf out;
  picture *picture;
  uint8_t *row; // of inks, where it was made for print
  uint32_t longest;
  result trouble;
} reading;

static reading *of(j_common_ptr from) { return (reading *)(void *)from->err; }

static void leave(j_common_ptr from, result why) {
  of(from)->trouble = why;
  longjmp(of(from)->out, 1);
}

static void on_error(j_common_ptr from) {
  leave(from, from->err->msg_code == JERR_OUT_OF_MEMORY ? NO_MEMORY : BAD_DATA);
}

// Most warnings are about what no eye sees; these two say that pixels were made up.
static void on_warning(j_common_ptr from, int level) {
  const int code = from->err->msg_code;
  if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER))
    leave(from, BAD_DATA);
}

static void say_nothing(j_common_ptr from) { (void)from; }

// A small file can ask for passes without end over a large picture.
static void on_progress(j_common_ptr from) {
  if (((j_decompress_ptr)from)->input_scan_number > PASSES_MAX) leave(from, TOO_LARGE);
}

// ---- The head --------------------------------------------------------------------------

static uint32_t orientation(const struct jpeg_decompress_struct *from) {
  for (jpeg_saved_marker_ptr m = from->marker_list; m; m = m->next) {
    const uint32_t way = exif_orientation(m->data, m->data_length);
    if (way != 1) return way;
  }
  return 1;
}

static void choose_size(reading *r) {
  struct jpeg_decompress_struct *from = &r->from;
  const uint32_t w = from->image_width, h = from->image_height;
  const uint32_t side = w > h ? w : h;
  if (side > SIDE_MAX || (uint64_t)w * h > pixels_max)
    leave((j_common_ptr)from, TOO_LARGE);
  from->scale_denom = BIGGEST_STEP;
  while (from->scale_denom > 1 && side / from->scale_denom < r->longest)
    from->scale_denom /= 2;
}

static void read_head(reading *r) {
  struct jpeg_decompress_struct *from = &r->from;
  jpeg_save_markers(from, JPEG_APP0 + 1, 0xFFFF);
  jpeg_read_header(from, TRUE);
  choose_size(r);
  const bool inks = from->num_components == 4;
  from->out_color_space = inks ? JCS_CMYK : JCS_EXT_RGBA;
  jpeg_start_decompress(from);
}

// ---- The pixels ------------------------------------------------------------------------

// Adobe's inks are written the other way round, as light.
static void light_of_inks(const reading *r, uint8_t *to) {
  const bool light = r->from.saw_Adobe_marker;
  for (uint32_t x = 0; x < r->from.output_width; x++, to += 4) {
    const uint8_t *ink = r->row + (size_t)x * 4;
    const uint32_t black = light ? ink[3] : 255u - ink[3];
    for (int k = 0; k < 3; k++)
      to[k] = (uint8_t)((light ? ink[k] : 255u - ink[k]) * black / 255);
    to[3] = 255;
  }
}

static void make_room(reading *r) {
  picture *p = r->picture;
  const size_t row = (size_t)r->from.output_width * 4;
  p->width = r->from.output_width;
  p->height = r->from.output_height;
  if (p->width > PICTURE_SIDE_MAX || p->height > PICTURE_SIDE_MAX ||
    (uint64_t)p->width * p->height > PICTURE_PIXELS_MAX)
    leave((j_common_ptr)&r->from, TOO_LARGE);
  p->rgba = malloc(row * p->height);
  r->row = malloc(row);
  if (!p->rgba || !r->row) leave((j_common_ptr)&r->from, NO_MEMORY);
}

static void read_rows(reading *r) {
  struct jpeg_decompress_struct *from = &r->from;
  const bool inks = from->out_color_space == JCS_CMYK;
  while (from->output_scanline < from->output_height) {
    uint8_t *to =
      r->picture->rgba + (size_t)from->output_scanline * r->picture->width * 4;
    JSAMPROW row = inks ? r->row : to;
    jpeg_read_scanlines(from, &row, 1);
    if (inks) light_of_inks(r, to);
  }
}

// Comes back once, whatever libjpeg meets.
static result read_all(reading *r, const void *bytes, size_t size) {
  if (setjmp(r->out) != 0) return r->trouble;
  jpeg_create_decompress(&r->from);
  r->progress.progress_monitor = on_progress;
  r->from.progress = &r->progress;
  jpeg_mem_src(&r->from, bytes, size);
  read_head(r);
  make_room(r);
  read_rows(r);
  const uint32_t way = orientation(&r->from);
  jpeg_finish_decompress(&r->from);
  return exif_make_upright(r->picture, way);
}

result photo_read_jpeg(picture *p, const void *bytes, size_t size, uint32_t longest) {
  *p = (picture){0};
  if (size == 0) return BAD_DATA;
  reading *r = calloc(1, sizeof *r);
  if (!r) return NO_MEMORY;
  r->picture = p;
  r->longest = longest;
  r->from.err = jpeg_std_error(&r->errors);
  r->errors.error_exit = on_error;
  r->errors.emit_message = on_warning;
  r->errors.output_message = say_nothing;
  const result done = read_all(r, bytes, size);
  jpeg_destroy_decompress(&r->from);
  free(r->row);
  free(r);
  if (done != OK) picture_finish(p);
  return done;
}
