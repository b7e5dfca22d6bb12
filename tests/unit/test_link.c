// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// Messages between programs: all of one or none, descriptors in their places, and packets
// that are none of ours.
#include "core/base/io.h"
#include "core/base/link.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

// The layout that link.c gives its packets; what is sent here by hand must look like it.
typedef struct raw_head {
  uint32_t kind, a, b, text_size, fd_count, fd_places;
  uint64_t big;
  double value;
} raw_head;

static link_message sent, came;
static int ends[2];

static int open_link(void **state) {
  (void)state;
  memset(&sent, 0, sizeof sent);
  return link_pair(ends) == OK ? 0 : -1;
}

static int close_link(void **state) {
  (void)state;
  io_close(ends[0]);
  io_close(ends[1]);
  return 0;
}

static int open_descriptors(void) {
  int count = 0;
  for (int fd = 0; fd < 256; fd++) count += fcntl(fd, F_GETFD) >= 0;
  return count;
}

static bool same_file(int a, int b) {
  struct stat one, two;
  return fstat(a, &one) == 0 && fstat(b, &two) == 0 && one.st_ino == two.st_ino &&
    one.st_dev == two.st_dev;
}

static int new_file(void) {
  int fd = memfd_create("one", 0);
  assert_true(fd >= 0);
  return fd;
}

static void a_message_arrives_whole(void **state) {
  (void)state;
  sent = (link_message){.kind = 9,
    .a = 1,
    .b = UINT32_MAX,
    .big = UINT64_MAX,
    .value = -0.125,
    .text_size = 5};
  memcpy(sent.text, "h\xc3\xa9!?", 5);
  assert_int_equal(link_send(ends[0], &sent), OK);
  assert_int_equal(link_receive(ends[1], &came, 0), OK);
  assert_int_equal(came.kind, 9);
  assert_int_equal(came.a, 1);
  assert_int_equal(came.b, UINT32_MAX);
  assert_true(came.big == UINT64_MAX && came.value == -0.125);
  assert_int_equal(came.text_size, 5);
  assert_string_equal(came.text, "h\xc3\xa9!?");
  assert_int_equal(came.fd_count, 0);
  assert_int_equal(came.fds[0], -1);
}

static void the_short_form_says_the_same(void **state) {
  (void)state;
  assert_int_equal(link_say(ends[1], 3, 4, "a sentence"), OK);
  assert_int_equal(link_say(ends[1], 5, 6, NULL), OK);
  assert_int_equal(link_receive(ends[0], &came, 0), OK);
  assert_string_equal(came.text, "a sentence");
  assert_int_equal(link_receive(ends[0], &came, 0), OK);
  assert_int_equal(came.kind, 5);
  assert_string_equal(came.text, "");
}

static void the_longest_text_fits_and_a_longer_one_is_refused(void **state) {
  (void)state;
  sent.kind = 1;
  memset(sent.text, 'x', LINK_TEXT_MAX);
  sent.text_size = LINK_TEXT_MAX;
  assert_int_equal(link_send(ends[0], &sent), OK);
  assert_int_equal(link_receive(ends[1], &came, 0), OK);
  assert_int_equal(came.text_size, LINK_TEXT_MAX);
  assert_int_equal(strlen(came.text), LINK_TEXT_MAX);
  sent.text_size = LINK_TEXT_MAX + 1;
  assert_int_equal(link_send(ends[0], &sent), TOO_LARGE);
  char *longer = malloc(LINK_TEXT_MAX + 2);
  assert_non_null(longer);
  memset(longer, 'y', LINK_TEXT_MAX + 1);
  longer[LINK_TEXT_MAX + 1] = 0;
  assert_int_equal(link_say(ends[0], 1, 1, longer), TOO_LARGE);
  free(longer);
  assert_int_equal(link_receive(ends[1], &came, 0), NOT_NOW);
}

static void descriptors_keep_their_places(void **state) {
  (void)state;
  int one = new_file(), two = new_file();
  sent = (link_message){.kind = 1, .fds = {one, -1, two, -1}, .fd_count = 4};
  assert_int_equal(link_send(ends[0], &sent), OK);
  assert_int_equal(link_receive(ends[1], &came, 0), OK);
  assert_int_equal(came.fd_count, 4);
  assert_true(same_file(came.fds[0], one) && same_file(came.fds[2], two));
  assert_true(came.fds[1] == -1 && came.fds[3] == -1 && came.fds[4] == -1);
  assert_true(fcntl(came.fds[0], F_GETFD) & FD_CLOEXEC);
  int before = open_descriptors();
  link_drop_fds(&came);
  assert_int_equal(open_descriptors(), before - 2);
  assert_int_equal(came.fds[0], -1);
  io_close(one);
  io_close(two);
}

static void twelve_descriptors_pass_and_one_more_does_not(void **state) {
  (void)state;
  int fd = new_file();
  sent = (link_message){.kind = 1, .fd_count = LINK_FDS_MAX};
  for (int i = 0; i < LINK_FDS_MAX; i++) sent.fds[i] = fd;
  assert_int_equal(link_send(ends[0], &sent), OK);
  assert_int_equal(link_receive(ends[1], &came, 0), OK);
  assert_true(came.fd_count == 12 && same_file(came.fds[11], fd));
  link_drop_fds(&came);
  sent.fd_count = LINK_FDS_MAX + 1;
  assert_int_equal(link_send(ends[0], &sent), TOO_LARGE);
  io_close(fd);
}

static void a_full_queue_says_so_and_loses_nothing(void **state) {
  (void)state;
  sent.kind = 1;
  sent.text_size = LINK_TEXT_MAX;
  uint32_t queued = 0;
  for (; queued < 10000; queued++) {
    sent.a = queued;
    if (link_send(ends[0], &sent) != OK) break;
  }
  assert_int_equal(link_send(ends[0], &sent), NOT_NOW);
  assert_true(queued >= 2);
  for (uint32_t i = 0; i < queued; i++) {
    assert_int_equal(link_receive(ends[1], &came, 0), OK);
    assert_int_equal(came.a, i);
  }
  assert_int_equal(link_send(ends[0], &sent), OK);
}

static void nothing_to_receive_is_said_after_the_wait(void **state) {
  (void)state;
  assert_int_equal(link_receive(ends[0], &came, 0), NOT_NOW);
  assert_int_equal(link_receive(ends[0], &came, 20), NOT_NOW);
}

static void the_last_words_arrive_before_the_end(void **state) {
  (void)state;
  // The unread message is what makes the kernel report a reset.
  assert_int_equal(link_say(ends[1], 1, 0, "never read"), OK);
  assert_int_equal(link_say(ends[0], 2, 0, "farewell"), OK);
  io_close(ends[0]);
  ends[0] = -1;
  assert_int_equal(link_receive(ends[1], &came, 1000), OK);
  assert_string_equal(came.text, "farewell");
  assert_int_equal(link_receive(ends[1], &came, 1000), ENDED);
  assert_int_equal(link_receive(ends[1], &came, -1), ENDED);
  assert_int_equal(link_say(ends[1], 1, 0, NULL), ENDED);
}

static void a_killed_peer_is_ended(void **state) {
  (void)state;
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    (void)!link_receive(ends[1], &came, -1);
    _exit(0);
  }
  io_close(ends[1]);
  ends[1] = -1;
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  assert_int_equal(link_receive(ends[0], &came, -1), ENDED);
}

typedef struct forged {
  const void *bytes;
  size_t size;
  int fds; // how many descriptors ride along
} forged;

static void forge(forged what, int fd) {
  char room[CMSG_SPACE(16 * sizeof(int))] __attribute__((aligned(16))) = {0};
  struct iovec part = {(void *)what.bytes, what.size};
  struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1};
  if (what.fds > 0) {
    packet.msg_control = room;
    packet.msg_controllen = CMSG_SPACE(what.fds * sizeof(int));
    struct cmsghdr *c = CMSG_FIRSTHDR(&packet);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(what.fds * sizeof(int));
    for (int i = 0; i < what.fds; i++) memcpy(CMSG_DATA(c) + i * 4, &fd, 4);
  }
  assert_true(sendmsg(ends[0], &packet, 0) >= 0);
}

// Refused, nothing kept of it, and the next message is read as if it had not been.
static void refuses(forged what, int fd) {
  int before = open_descriptors();
  forge(what, fd);
  assert_int_equal(link_receive(ends[1], &came, 0), BAD_DATA);
  assert_int_equal(open_descriptors(), before);
  assert_int_equal(came.fd_count, 0);
  assert_int_equal(came.fds[0], -1);
  assert_string_equal(came.text, "");
  assert_int_equal(link_say(ends[0], 4, 0, "next"), OK);
  assert_int_equal(link_receive(ends[1], &came, 0), OK);
  assert_string_equal(came.text, "next");
}

static void packets_that_lie_about_their_size_are_dropped(void **state) {
  (void)state;
  static char large[sizeof(raw_head) + LINK_TEXT_MAX + 10];
  raw_head head = {.kind = 1, .text_size = 10};
  refuses((forged){.bytes = "", .size = 0}, 0);
  refuses((forged){.bytes = &head, .size = 7}, 0);
  refuses((forged){.bytes = &head, .size = sizeof head}, 0); // its text is missing
  head.text_size = UINT32_MAX;
  refuses((forged){.bytes = &head, .size = sizeof head}, 0);
  head.text_size = LINK_TEXT_MAX + 10;
  memcpy(large, &head, sizeof head);
  refuses((forged){.bytes = large, .size = sizeof large}, 0);
}

static void packets_that_lie_about_their_descriptors_are_dropped(void **state) {
  (void)state;
  int fd = new_file();
  raw_head head = {.kind = 1};
  refuses((forged){.bytes = &head, .size = sizeof head, .fds = 1}, fd);
  head = (raw_head){.kind = 1, .fd_count = 2, .fd_places = 3};
  refuses((forged){.bytes = &head, .size = sizeof head, .fds = 1}, fd);
  refuses((forged){.bytes = &head, .size = sizeof head}, fd);
  head = (raw_head){.kind = 1, .fd_count = 1, .fd_places = 2};
  refuses((forged){.bytes = &head, .size = sizeof head, .fds = 1}, fd);
  head = (raw_head){.kind = 1, .fd_count = 40, .fd_places = 1};
  refuses((forged){.bytes = &head, .size = sizeof head, .fds = 1}, fd);
  head = (raw_head){.kind = 1, .fd_count = 6, .fd_places = 63};
  refuses((forged){.bytes = &head, .size = sizeof head, .fds = 12}, fd);
  io_close(fd);
}

static void random_packets_do_no_harm(void **state) {
  (void)state;
  unsigned seed = 5;
  int fd = new_file(), before = open_descriptors();
  for (int i = 0; i < 3000; i++) {
    unsigned char bytes[96];
    size_t size = (size_t)rand_r(&seed) % sizeof bytes;
    for (size_t b = 0; b < size; b++) {
      bytes[b] = (unsigned char)(rand_r(&seed) % (i % 2 ? 4 : 256));
    }
    forge((forged){.bytes = bytes, .size = size, .fds = i % 8}, fd);
    result r = link_receive(ends[1], &came, 0);
    assert_true(r == OK || r == BAD_DATA);
    if (r == OK) link_drop_fds(&came);
  }
  assert_int_equal(open_descriptors(), before);
  io_close(fd);
}

static void descriptors_beyond_the_limit_are_refused_whole(void **state) {
  (void)state;
  int fd = new_file();
  sent = (link_message){.kind = 1, .fds = {fd, fd, fd}, .fd_count = 3};
  assert_int_equal(link_send(ends[0], &sent), OK);
  struct rlimit kept, few;
  getrlimit(RLIMIT_NOFILE, &kept);
  few = kept;
  few.rlim_cur = (rlim_t)fd + 2; // room for one more, at most
  setrlimit(RLIMIT_NOFILE, &few);
  result r = link_receive(ends[1], &came, 0);
  setrlimit(RLIMIT_NOFILE, &kept);
  assert_int_equal(r, BAD_DATA);
  assert_int_equal(came.fds[0], -1);
  io_close(fd);
}

#define ON_A_LINK(test) cmocka_unit_test_setup_teardown(test, open_link, close_link)

int main(void) {
  const struct CMUnitTest tests[] = {
    ON_A_LINK(a_message_arrives_whole),
    ON_A_LINK(the_short_form_says_the_same),
    ON_A_LINK(the_longest_text_fits_and_a_longer_one_is_refused),
    ON_A_LINK(descriptors_keep_their_places),
    ON_A_LINK(twelve_descriptors_pass_and_one_more_does_not),
    ON_A_LINK(a_full_queue_says_so_and_loses_nothing),
    ON_A_LINK(nothing_to_receive_is_said_after_the_wait),
    ON_A_LINK(the_last_words_arrive_before_the_end),
    ON_A_LINK(a_killed_peer_is_ended),
    ON_A_LINK(packets_that_lie_about_their_size_are_dropped),
    ON_A_LINK(packets_that_lie_about_their_descriptors_are_dropped),
    ON_A_LINK(random_packets_do_no_harm),
    ON_A_LINK(descriptors_beyond_the_limit_are_refused_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
