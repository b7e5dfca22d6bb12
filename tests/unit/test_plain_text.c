// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// What may reach a terminal, and in how many pieces it comes.
#include "core/base/io.h"
#include "core/keeper/plain_stream.h"
#include "core/keeper/plain_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static void becomes(const char *text, const char *wanted) {
  char copy[256];
  snprintf(copy, sizeof copy, "%s", text);
  plain_text(copy);
  assert_string_equal(copy, wanted);
}

static void letters_stay(void **state) {
  (void)state;
  becomes("", "");
  becomes("Sea – \"Grüße\", 海, 🙂", "Sea – \"Grüße\", 海, 🙂");
  becomes("שלום", "שלום");
}

// NOLINTBEGIN(misc-misleading-bidirectional): that is what is tried
static void what_steers_a_terminal_goes(void **state) {
  (void)state;
  becomes("a\x1b[2Jb\x07", "a [2Jb ");
  becomes("a\nb\tc\rd\x7f", "a b c d ");
  becomes("\xc2\x9b"
          "31m",
    "  31m"); // CSI in one letter
  becomes("\x9b"
          "31m",
    " 31m"); // and as a bare byte
  becomes("a\xe2\x80\xae"
          "gnp",
    "a   gnp"); // turns the direction
  becomes("\xe2\x81\xa6x\xef\xbb\xbf", "   x   ");
}
// NOLINTEND(misc-misleading-bidirectional)

static void what_is_no_letter_goes(void **state) {
  (void)state;
  becomes("\xff\xfe", "  ");
  becomes("\xc0\x9b", "  "); // longer than it has to be
  becomes("\xe0\x82\x9b", "   ");
  becomes("\xed\xa0\x80", "   "); // half of a pair
  becomes("\xf4\x90\x80\x80", "    ");
  becomes("\xe2\x80", "  "); // cut off
  becomes("\xc3(", " (");
}

static void comes_out(const char *text, size_t size, size_t piece, const char *wanted) {
  char got[256] = "";
  const int fd = memfd_create("lines", MFD_CLOEXEC);
  assert_true(fd >= 0);
  FILE *to = plain_stream(fd);
  assert_non_null(to);
  for (size_t at = 0; at < size; at += piece) {
    const size_t n = size - at < piece ? size - at : piece;
    assert_int_equal(fwrite(text + at, 1, n, to), n);
    fflush(to);
  }
  assert_int_equal(fclose(to), 0);
  assert_true(pread(fd, got, sizeof got - 1, 0) >= 0);
  assert_string_equal(got, wanted);
  io_close(fd);
}

static void a_stream_cuts_no_letter(void **state) {
  (void)state;
  static const char text[] = "Grüße 海🙂\n\x1b[2J\xc2\x9b\n\xe2\x82\nend\xf0\x9f";
  for (size_t piece = 1; piece < sizeof text; piece++)
    comes_out(text, sizeof text - 1, piece, "Grüße 海🙂\n [2J  \n  \nend  ");
}

static void a_stream_says_what_it_could_not_write(void **state) {
  (void)state;
  FILE *to = plain_stream(-1);
  assert_non_null(to);
  fputs("lost\n", to);
  assert_true(ferror(to) || fflush(to) != 0);
  fclose(to);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(letters_stay),
    cmocka_unit_test(what_steers_a_terminal_goes),
    cmocka_unit_test(what_is_no_letter_goes),
    cmocka_unit_test(a_stream_cuts_no_letter),
    cmocka_unit_test(a_stream_says_what_it_could_not_write),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
