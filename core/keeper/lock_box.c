// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/lock_box.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

// One byte with one descriptor.
typedef struct parcel {
  char byte;
  struct iovec part;
  _Alignas(struct cmsghdr) char room[CMSG_SPACE(sizeof(int))];
} parcel;

static struct msghdr packet_of(parcel *p) {
  p->part = (struct iovec){&p->byte, 1};
  return (struct msghdr){.msg_iov = &p->part,
    .msg_iovlen = 1,
    .msg_control = p->room,
    .msg_controllen = sizeof p->room};
}

result lock_box_put(const lock_box *box, int fd) {
  parcel p = {0};
  struct msghdr packet = packet_of(&p);
  struct cmsghdr *with = CMSG_FIRSTHDR(&packet);
  *with = (struct cmsghdr){
    .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof fd)};
  memcpy(CMSG_DATA(with), &fd, sizeof fd);
  const ssize_t sent = sendmsg(box->in, &packet, MSG_DONTWAIT | MSG_NOSIGNAL);
  return sent == 1 ? OK : result_of_errno(errno);
}

int lock_box_look(const lock_box *box) {
  parcel p = {0};
  int fd = -1;
  struct msghdr packet = packet_of(&p);
  const ssize_t got =
    recvmsg(box->out, &packet, MSG_PEEK | MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  const struct cmsghdr *with = got == 1 ? CMSG_FIRSTHDR(&packet) : NULL;
  if (with && with->cmsg_type == SCM_RIGHTS && with->cmsg_len == CMSG_LEN(sizeof fd))
    memcpy(&fd, CMSG_DATA(with), sizeof fd);
  return fd;
}
