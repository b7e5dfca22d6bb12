// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/link.h"

#include "core/base/clock.h"
#include "core/base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

// What stands before the text in each packet. `fd_places` has a bit for each place in fds
// that holds a descriptor: a packet cannot carry a -1.
typedef struct packet_head {
  uint32_t kind, a, b, text_size, fd_count, fd_places;
  uint64_t big;
  double value;
} packet_head;

typedef union fd_room {
  char bytes[CMSG_SPACE(LINK_FDS_MAX * sizeof(int))];
  struct cmsghdr align;
} fd_room;

enum { QUEUE_BYTES = 4 << 20 };

// Root may go beyond the system's limit; others get as much as there is.
static void widen_queue(int end) {
  int bytes = QUEUE_BYTES;
  if (setsockopt(end, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof bytes) == 0) return;
  setsockopt(end, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

result link_pair(int ends[2]) {
  ends[0] = ends[1] = -1;
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0) {
    return result_of_errno(errno);
  }
  widen_queue(ends[0]);
  widen_queue(ends[1]);
  return OK;
}

static uint32_t attach_fds(struct msghdr *packet, fd_room *room, const link_message *m) {
  int fds[LINK_FDS_MAX];
  uint32_t places = 0;
  size_t count = 0;
  for (uint32_t i = 0; i < m->fd_count; i++) {
    if (m->fds[i] < 0) continue;
    places |= 1u << i;
    fds[count++] = m->fds[i];
  }
  if (count == 0) return 0;
  packet->msg_control = room->bytes;
  packet->msg_controllen = CMSG_SPACE(count * sizeof(int));
  struct cmsghdr *c = CMSG_FIRSTHDR(packet);
  c->cmsg_level = SOL_SOCKET;
  c->cmsg_type = SCM_RIGHTS;
  c->cmsg_len = CMSG_LEN(count * sizeof(int));
  memcpy(CMSG_DATA(c), fds, count * sizeof(int));
  return places;
}

static result send_packet(int end, const struct msghdr *packet) {
  ssize_t sent = 0;
  do {
    sent = sendmsg(end, packet, MSG_NOSIGNAL | MSG_DONTWAIT);
  } while (sent < 0 && errno == EINTR);
  if (sent >= 0) return OK;
  return errno == ENOBUFS ? NOT_NOW : result_of_errno(errno);
}

// `m` gives the descriptors; NULL: none.
static result send_parts(
  int end, packet_head *head, const char *text, const link_message *m) {
  struct iovec parts[2] = {{head, sizeof *head}, {(void *)text, head->text_size}};
  struct msghdr packet = {.msg_iov = parts, .msg_iovlen = 2};
  fd_room room = {.bytes = {0}};
  if (m) head->fd_places = attach_fds(&packet, &room, m);
  return send_packet(end, &packet);
}

result link_send(int end, const link_message *m) {
  if (m->text_size > LINK_TEXT_MAX || m->fd_count > LINK_FDS_MAX) return TOO_LARGE;
  packet_head head = {
    .kind = m->kind,
    .a = m->a,
    .b = m->b,
    .text_size = m->text_size,
    .fd_count = m->fd_count,
    .big = m->big,
    .value = m->value,
  };
  return send_parts(end, &head, m->text, m);
}

result link_say(int end, uint32_t kind, uint32_t a, const char *text) {
  size_t size = text ? strlen(text) : 0;
  if (size > LINK_TEXT_MAX) return TOO_LARGE;
  packet_head head = {.kind = kind, .a = a, .text_size = (uint32_t)size};
  return send_parts(end, &head, text, NULL);
}

static result wait_for(int end, int timeout_ms) {
  uint64_t until = clock_now_us() + (timeout_ms > 0 ? (uint64_t)timeout_ms * 1000 : 0);
  struct pollfd one = {.fd = end, .events = POLLIN};
  int left = timeout_ms;
  for (;;) {
    int n = poll(&one, 1, left);
    if (n > 0) return OK;
    if (n == 0) return NOT_NOW;
    if (errno != EINTR) return result_of_errno(errno);
    if (timeout_ms <= 0) continue;
    uint64_t now = clock_now_us();
    left = now < until ? (int)((until - now) / 1000) : 0;
  }
}

static bool peer_is_gone(int end) {
  struct pollfd one = {.fd = end, .events = POLLRDHUP};
  return poll(&one, 1, 0) != 0;
}

// Takes what came into `fds`, in order; false if it is not what a packet may carry.
static bool take_fds(struct msghdr *packet, int fds[LINK_FDS_MAX], size_t *count) {
  bool good = true;
  *count = 0;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(packet); c; c = CMSG_NXTHDR(packet, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) {
      good = false;
      continue;
    }
    size_t here = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < here; i++) {
      int fd = -1;
      memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof fd);
      if (*count < LINK_FDS_MAX) {
        fds[(*count)++] = fd;
      } else {
        io_close(fd);
        good = false;
      }
    }
  }
  return good;
}

static bool place_fds(link_message *m, const packet_head *head, int *fds, size_t count) {
  if (head->fd_count > LINK_FDS_MAX || head->fd_places >> head->fd_count != 0)
    return false;
  if ((size_t)__builtin_popcount(head->fd_places) != count) return false;
  size_t next = 0;
  for (uint32_t i = 0; i < head->fd_count; i++) {
    if (head->fd_places & 1u << i) m->fds[i] = fds[next++];
  }
  m->fd_count = head->fd_count;
  return true;
}

static result take_packet(link_message *m, struct msghdr *packet, size_t got) {
  int fds[LINK_FDS_MAX] = {0};
  size_t count = 0;
  const packet_head *head = packet->msg_iov[0].iov_base;
  bool good = take_fds(packet, fds, &count);
  good = good && (packet->msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0;
  good = good && got >= sizeof *head && head->text_size == got - sizeof *head;
  good = good && place_fds(m, head, fds, count);
  if (!good) {
    for (size_t i = 0; i < count; i++) io_close(fds[i]);
    return BAD_DATA;
  }
  m->kind = head->kind;
  m->a = head->a;
  m->b = head->b;
  m->text_size = head->text_size;
  m->big = head->big;
  m->value = head->value;
  m->text[m->text_size] = 0;
  return OK;
}

static void clear(link_message *m) {
  m->kind = m->a = m->b = m->text_size = m->fd_count = 0;
  m->big = 0;
  m->value = 0;
  m->text[0] = 0;
  for (int i = 0; i < LINK_FDS_MAX; i++) m->fds[i] = -1;
}

result link_receive(int end, link_message *m, int timeout_ms) {
  clear(m);
  result r = wait_for(end, timeout_ms);
  if (r != OK) return r;
  packet_head head;
  fd_room room;
  struct iovec parts[2] = {{&head, sizeof head}, {m->text, LINK_TEXT_MAX}};
  struct msghdr packet = {
    .msg_iov = parts,
    .msg_iovlen = 2,
    .msg_control = room.bytes,
    .msg_controllen = sizeof room.bytes,
  };
  // A peer that ended with unread messages gives ECONNRESET once, before its last words.
  ssize_t got = 0;
  do {
    got = recvmsg(end, &packet, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
  } while (got < 0 && (errno == EINTR || errno == ECONNRESET));
  if (got < 0) return result_of_errno(errno);
  if (got == 0 && peer_is_gone(end)) return ENDED;
  r = take_packet(m, &packet, (size_t)got);
  if (r != OK) clear(m);
  return r;
}

void link_drop_fds(link_message *m) {
  for (uint32_t i = 0; i < m->fd_count && i < LINK_FDS_MAX; i++) {
    io_close(m->fds[i]);
    m->fds[i] = -1;
  }
  m->fd_count = 0;
}
