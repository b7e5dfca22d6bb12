// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// Packets as a hostile player could send them: the first byte says how many descriptors
// ride along, the rest is the packet.
#include "core/base/io.h"
#include "core/base/link.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void send_raw(int end, const uint8_t *bytes, size_t size, int fds) {
  char room[CMSG_SPACE(8 * sizeof(int))] __attribute__((aligned(16))) = {0};
  struct iovec part = {(void *)bytes, size};
  struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1};
  if (fds > 0) {
    packet.msg_control = room;
    packet.msg_controllen = CMSG_SPACE((size_t)fds * sizeof(int));
    struct cmsghdr *c = CMSG_FIRSTHDR(&packet);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN((size_t)fds * sizeof(int));
    memset(CMSG_DATA(c), 0, (size_t)fds * sizeof(int)); // standard input, many times
  }
  (void)!sendmsg(end, &packet, MSG_DONTWAIT);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static link_message m;
  static int ends[2] = {-1, -1}, next_fd;
  if (size < 1) return 0;
  if (ends[0] < 0) {
    if (link_pair(ends) != OK) abort();
    next_fd = dup(0);
    close(next_fd);
  }
  send_raw(ends[0], bytes + 1, size - 1, bytes[0] % 9);
  result r = link_receive(ends[1], &m, 0);
  if (r == OK && (m.fd_count > LINK_FDS_MAX || m.text[m.text_size] != 0)) abort();
  if (r == OK) link_drop_fds(&m);
  int probe = dup(0); // a descriptor that was kept would have taken this number
  if (probe != next_fd) abort();
  close(probe);
  return 0;
}
