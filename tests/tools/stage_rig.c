// SPDX-License-Identifier: GPL-3.0-or-later
// The keeper's side of the stage's link, and a player that paints dots, in one program: for
// trying and testing gesto-stage by itself.
//   stage_rig STAGE-PROGRAM DECLARED.json [PICTURE.png]
// Each message of the stage and each slot of the ring is printed as a line. Lines on stdin:
//   gone SENTENCE   the exercise ended, it is being brought back
//   aside SENTENCE  the exercise ended for good
//   back            the player is here again
//   control ID VALUE, notice TEXT, ticks 0|1, quit
//   disk 0|1        0: nothing more reaches the disk and the keeper rests
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/base/ring.h"

#include <cairo.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct rig {
  int link;
  pid_t stage;
  char *declared; // a JSON list
  cairo_surface_t *picture;
  int ring_fd, sound_fd, page_fd, frame_fd;
  ring ring;
  memory_map sound, page, frame;
  uint64_t next;     // slot to be read
  uint32_t creation; // counts up
  uint32_t width, height;
  bool disk, here;
  page_rect pending; // painted, not shown yet
  link_message in, out;
} rig;

static void must(bool well, const char *what) {
  if (well) return;
  fprintf(stderr, "stage_rig: %s\n", what);
  exit(2);
}

static void say(const char *line) {
  puts(line);
  fflush(stdout);
}

static link_message *message(rig *r, uint32_t kind, const char *text) {
  memset(&r->out, 0, offsetof(link_message, text));
  r->out.kind = kind;
  snprintf(r->out.text, sizeof r->out.text, "%s", text);
  r->out.text_size = (uint32_t)strlen(r->out.text);
  return &r->out;
}

static void send_it(rig *r) {
  must(link_send(r->link, &r->out) == OK, "the stage is gone");
}

static void start_stage(rig *r, const char *program) {
  int ends[2];
  must(link_pair(ends) == OK, "no link");
  char number[16];
  snprintf(number, sizeof number, "%d", ends[1]);
  fcntl(ends[1], F_SETFD, 0);
  setenv("GESTO_STAGE_LINK", number, 1);
  char *argv[] = {
    (char *)program, getenv("RIG_INPUT") ? "--input" : NULL, getenv("RIG_INPUT"), NULL};
  must(
    posix_spawn(&r->stage, program, NULL, NULL, argv, environ) == 0, "stage not started");
  io_close(ends[1]);
  r->link = ends[0];
}

static void make_shared(rig *r) {
  const uint8_t session[16] = {1, 2, 3};
  must(memory_create("rig-ring", 1 << 20, &r->ring_fd) == OK, "no memory");
  must(ring_init(&r->ring, r->ring_fd, 1 << 20, session) == OK, "no ring");
  must(memory_create("rig-sound", sizeof(sound_page), &r->sound_fd) == OK, "no memory");
  must(memory_map_open(&r->sound, r->sound_fd, true, sizeof(sound_page)) == OK, "no map");
}

static void send_session(rig *r) {
  static char text[LINK_TEXT_MAX];
  snprintf(text, sizeof text,
    "{\"session\":\"rig\",\"calm\":false,\"exercises\":%s,\"next_creation\":1,\"works\":["
    "]}",
    r->declared);
  link_message *m = message(r, TO_STAGE_SESSION, text);
  m->fds[0] = r->ring_fd;
  m->fds[1] = r->sound_fd;
  m->fd_count = 2;
  send_it(r);
}

// ---- The player that paints dots ---------------------------------------------------------

static cairo_surface_t *canvas(rig *r) {
  uint8_t *pixels = (uint8_t *)r->frame.bytes + FRAME_HEAD;
  return cairo_image_surface_create_for_data(
    pixels, CAIRO_FORMAT_RGB24, (int)r->width, (int)r->height, (int)r->width * 4);
}

static void commit(rig *r, page_rect rect) {
  player_page *p = r->page.bytes;
  p->rects[0] = rect;
  atomic_store(&p->rect_count, 1);
  atomic_fetch_add(&p->commit, 1);
  atomic_fetch_add(&p->commit_bell, 1);
  futex_wake(&p->commit_bell);
}

static void paint_picture(rig *r) {
  cairo_surface_t *s = canvas(r);
  cairo_t *cr = cairo_create(s);
  cairo_set_source_rgb(cr, 1, 0.995, 0.98);
  cairo_paint(cr);
  if (r->picture) {
    const double w = cairo_image_surface_get_width(r->picture);
    const double h = cairo_image_surface_get_height(r->picture);
    const double scale = r->width / w > r->height / h ? r->width / w : r->height / h;
    cairo_translate(cr, (r->width - w * scale) / 2, (r->height - h * scale) / 2);
    cairo_scale(cr, scale, scale);
    cairo_set_source_surface(cr, r->picture, 0, 0);
    cairo_paint(cr);
  }
  cairo_destroy(cr);
  cairo_surface_destroy(s);
}

static void make_frame(rig *r, uint32_t w, uint32_t h) {
  memory_map_close(&r->frame);
  if (r->frame_fd >= 0) io_close(r->frame_fd);
  must(memory_create("rig-frame", FRAME_BYTES(w, h), &r->frame_fd) == OK, "no frame");
  must(memory_map_open(&r->frame, r->frame_fd, true, FRAME_BYTES(w, h)) == OK, "no map");
  *(frame_head *)r->frame.bytes = (frame_head){w, h};
  r->width = w;
  r->height = h;
  paint_picture(r);
}

static void send_player(rig *r, uint32_t back) {
  memory_map_close(&r->page);
  if (r->page_fd >= 0) io_close(r->page_fd);
  must(memory_create("rig-page", sizeof(player_page), &r->page_fd) == OK, "no page");
  must(memory_map_open(&r->page, r->page_fd, true, sizeof(player_page)) == OK, "no map");
  link_message *m = message(r, TO_STAGE_PLAYER, "{}");
  m->a = r->creation;
  m->b = back;
  m->fds[0] = r->page_fd;
  m->fds[1] = r->frame_fd;
  m->fd_count = 2;
  send_it(r);
  r->here = true;
  commit(r, (page_rect){0, 0, r->width, r->height});
}

static void dot(rig *r, const gesto_event *e) {
  cairo_surface_t *s = canvas(r);
  cairo_t *cr = cairo_create(s);
  const double x = (double)e->as.pointer.x;
  const double y = (double)e->as.pointer.y;
  cairo_arc(cr, x, y, 10, 0, 6.3);
  cairo_set_source_rgb(cr, 0.18, 0.42, 0.44);
  cairo_fill(cr);
  cairo_destroy(cr);
  cairo_surface_destroy(s);
  const uint32_t left = x > 12 ? (uint32_t)x - 12 : 0;
  const uint32_t top = y > 12 ? (uint32_t)y - 12 : 0;
  page_rect *p = &r->pending;
  const uint32_t right = p->w && p->x + p->w > left + 24 ? p->x + p->w : left + 24;
  const uint32_t bottom = p->h && p->y + p->h > top + 24 ? p->y + p->h : top + 24;
  const uint32_t from_x = p->w && p->x < left ? p->x : left;
  const uint32_t from_y = p->h && p->y < top ? p->y : top;
  *p = (page_rect){from_x, from_y, right - from_x, bottom - from_y};
}

// As a player does: the next picture only once the one before was shown.
static void show_pending(rig *r) {
  const player_page *p = r->page.bytes;
  if (!r->here || r->pending.w == 0) return;
  if (atomic_load(&p->shown) != atomic_load(&p->commit)) return;
  commit(r, r->pending);
  r->pending = (page_rect){0};
}

static void take_slots(rig *r) {
  ring_slot slot;
  while (ring_get(&r->ring, r->next, &slot) == OK) {
    const gesto_event *e = &slot.as.event;
    const bool point = slot.kind == SLOT_EVENT && e->type <= GESTO_POINTER_CANCEL;
    printf("slot %llu kind=%u creation=%u time=%llu type=%u source=%u",
      (unsigned long long)slot.seq, slot.kind, slot.creation, (unsigned long long)e->time,
      e->type, e->source);
    if (point)
      printf(" x=%g y=%g pressure=%g tool=%u", (double)e->as.pointer.x,
        (double)e->as.pointer.y, (double)e->as.pointer.pressure, e->as.pointer.tool);
    if (e->type == GESTO_CONTROL_SET || e->type == GESTO_ACTION)
      printf(" id=%u value=%g", e->as.control.id, e->as.control.value);
    say("");
    if (point && r->here) dot(r, e);
    r->next++;
  }
  if (!r->disk) return;
  atomic_store(&r->ring.head->released, r->next - 1);
  atomic_store(&r->ring.head->durable, r->next - 1);
  atomic_store(&r->ring.head->keeper_beat_us, clock_now_us());
}

// ---- What the stage says -----------------------------------------------------------------

static void send_work(rig *r) {
  char text[256];
  snprintf(text, sizeof text,
    "{\"creation\":%u,\"title\":\"\",\"exercise\":\"Draw\",\"seconds\":190,"
    "\"kind\":\"picture\",\"width\":%u,\"height\":%u}",
    r->creation, r->width, r->height);
  int fd = -1;
  const size_t size = (size_t)4 * r->width * r->height;
  must(memory_create("rig-work", size, &fd) == OK, "no memory");
  must(io_write_all_at(fd, (uint8_t *)r->frame.bytes + FRAME_HEAD, size, 0) == OK,
    "no room");
  link_message *m = message(r, TO_STAGE_WORK, text);
  m->a = r->creation;
  m->fds[0] = fd;
  m->fd_count = 1;
  send_it(r);
  io_close(fd);
}

static bool take_message(rig *r) {
  const link_message *m = &r->in;
  printf("message %u a=%u b=%u big=%llu text=%s\n", m->kind, m->a, m->b,
    (unsigned long long)m->big, m->text);
  fflush(stdout);
  switch (m->kind) {
  case FROM_STAGE_HELLO: send_session(r); break;
  case FROM_STAGE_CHOOSE:
    r->creation++;
    make_frame(r, (uint32_t)(m->big >> 32), (uint32_t)m->big);
    send_player(r, 0);
    break;
  case FROM_STAGE_RESIZE: {
    make_frame(r, m->a, m->b);
    link_message *out = message(r, TO_STAGE_FRAME, "");
    out->fds[0] = r->frame_fd;
    out->fd_count = 1;
    send_it(r);
    commit(r, (page_rect){0, 0, r->width, r->height});
    break;
  }
  case FROM_STAGE_LEAVE:
    r->here = false;
    send_work(r);
    message(r, TO_STAGE_LEFT, "")->a = r->creation;
    send_it(r);
    break;
  case FROM_STAGE_CLOSE:
    if (m->a == 1) break; // a last word comes
    message(r, TO_STAGE_CLOSED, "/a/folder");
    send_it(r);
    break;
  case FROM_STAGE_BYE: return false;
  default: break;
  }
  return true;
}

// ---- What the test says ------------------------------------------------------------------

static void end_player(rig *r, const char *sentence, uint32_t coming_back) {
  r->here = false;
  link_message *m = message(r, TO_STAGE_GONE, sentence);
  m->a = r->creation;
  m->b = coming_back;
  send_it(r);
}

static void take_control(rig *r, const char *rest) {
  link_message *m = message(r, TO_STAGE_CONTROL, "");
  m->a = (uint32_t)strtoul(rest, NULL, 10);
  m->value = strchr(rest, ' ') ? atof(strchr(rest, ' ')) : 0;
  send_it(r);
}

static bool take_line(rig *r, char *line) {
  line[strcspn(line, "\n")] = 0;
  char *rest = strchr(line, ' ');
  if (rest)
    *rest++ = 0;
  else
    rest = "";
  if (strcmp(line, "gone") == 0) end_player(r, rest, 1);
  if (strcmp(line, "aside") == 0) end_player(r, rest, 0);
  if (strcmp(line, "back") == 0) send_player(r, 1);
  if (strcmp(line, "disk") == 0) r->disk = atoi(rest) != 0;
  if (strcmp(line, "control") == 0) take_control(r, rest);
  if (strcmp(line, "notice") == 0) {
    message(r, TO_STAGE_NOTICE, rest);
    send_it(r);
  }
  if (strcmp(line, "ticks") == 0 && r->page.bytes) {
    player_page *p = r->page.bytes;
    atomic_store(&p->wants_ticks, (uint32_t)atoi(rest));
    atomic_fetch_add(&p->commit_bell, 1);
    futex_wake(&p->commit_bell);
  }
  if (strcmp(line, "quit") == 0) {
    message(r, TO_STAGE_QUIT, "");
    send_it(r);
  }
  if (strcmp(line, "hush") == 0) {
    printf("hush %u\n", atomic_load(&((sound_page *)r->sound.bytes)->hush));
    fflush(stdout);
  }
  return true;
}

static bool turn(rig *r, FILE *orders, bool *listening) {
  struct pollfd p[2] = {{.fd = r->link, .events = POLLIN},
    {.fd = *listening ? fileno(orders) : -1, .events = POLLIN}};
  poll(p, 2, 10);
  if (p[0].revents) {
    const result got = link_receive(r->link, &r->in, 0);
    if (got == ENDED) return false;
    if (got == OK && !take_message(r)) return false;
    link_drop_fds(&r->in);
  }
  if (p[1].revents) {
    char line[1024];
    if (fgets(line, sizeof line, orders))
      take_line(r, line);
    else
      *listening = false;
  }
  take_slots(r);
  show_pending(r);
  return true;
}

int main(int argc, char **argv) {
  static rig r = {.next = 1, .disk = true, .page_fd = -1, .frame_fd = -1};
  must(argc >= 3, "which program, which list of exercises?");
  signal(SIGPIPE, SIG_IGN);
  setvbuf(stdin, NULL, _IONBF, 0);
  size_t size = 0;
  must(
    io_load(AT_FDCWD, argv[2], LINK_TEXT_MAX / 2, &r.declared, &size) == OK, "no list");
  if (argc > 3) r.picture = cairo_image_surface_create_from_png(argv[3]);
  make_shared(&r);
  start_stage(&r, argv[1]);
  bool listening = true;
  while (turn(&r, stdin, &listening)) continue;
  int status = 0;
  waitpid(r.stage, &status, 0);
  printf("ended %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return 0;
}
