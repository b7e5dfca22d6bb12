// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// What gesto-player would be if somebody had taken it over: it speaks the link's packets and
// holds the shared memory, but keeps to nothing. Put in gesto-player's place; the file "evil"
// beside it holds the word for what it does. What is not named there, it does as it should.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/link.h"
#include "core/base/protocol.h"
#include "core/base/ring.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

enum { LINK = 3, FLOOD = 400, PIECE = 1 << 20, FACTS = 60 << 20 };
static const char DECLARED[] =
  "{\"id\":\"org.gesto.draw\",\"name\":\"Draw\",\"version\":\"1.0\",\"author\":\"\","
  "\"licence\":\"\",\"wants\":[\"sound\"],\"purpose\":{\"invitation\":\"\",\"why\":\"\","
  "\"steps\":[],\"care\":\"\",\"sources\":\"\",\"goals\":[]},\"controls\":[]}";
static const char ESCAPES[] = "\x1b]0;owned\x07\x1b[2J \xc2\x9b"
                              "31m \x9b"
                              "31m\xe2\x80\xaegnp \xff\xfe \r\b\b";

typedef struct evil {
  char word[64];
  bool live, quit;
  uint64_t place, delivered;
  ring ring;
  memory_map page_map;
  player_page *page;
  int frame_fd, held_fd, wave_fd;
  memory_map held;
  uint32_t round, number;
  link_message in, out;
} evil;

static bool is(const evil *e, const char *word) { return strcmp(e->word, word) == 0; }

static bool begins(const evil *e, const char *word) {
  return strncmp(e->word, word, strlen(word)) == 0;
}

static void read_word(evil *e) {
  char path[4096];
  ssize_t n = readlink("/proc/self/exe", path, sizeof path - 8);
  if (n <= 0) exit(1);
  path[n] = 0;
  memcpy(strrchr(path, '/') + 1, "evil", 5);
  char *text = NULL;
  size_t size = 0;
  if (io_load(AT_FDCWD, path, sizeof e->word - 1, &text, &size) != OK) return;
  snprintf(e->word, sizeof e->word, "%.*s", (int)strcspn(text, "\n"), text);
  free(text);
}

static uint64_t chance(void) {
  static uint64_t x = 88172645463325252u;
  x ^= x << 13;
  x ^= x >> 7;
  return x ^= x << 17;
}

static void fill(void *to, size_t size) {
  uint8_t *bytes = to;
  for (size_t i = 0; i < size; i++) bytes[i] = (uint8_t)(chance() >> 24);
}

// ---- Saying --------------------------------------------------------------------------

static result send_it(evil *e) {
  result r = link_send(LINK, &e->out);
  for (int i = 0; r == NOT_NOW && i < 4000; i++) {
    clock_sleep_us(500);
    r = link_send(LINK, &e->out);
  }
  if (r == ENDED) exit(0);
  return r;
}

static link_message *blank(evil *e, uint32_t kind, uint32_t a, const char *text) {
  link_message *m = &e->out;
  m->kind = kind;
  m->a = a;
  m->b = m->fd_count = 0;
  m->big = 0;
  m->value = 0;
  m->text_size = (uint32_t)strlen(text);
  memcpy(m->text, text, m->text_size + 1);
  return m;
}

static void say(evil *e, uint32_t kind, uint32_t a, const char *text) {
  blank(e, kind, a, text);
  (void)!send_it(e);
}

static void say_long(evil *e, uint32_t kind, const char *piece, size_t size) {
  link_message *m = blank(e, kind, 0, "");
  size_t n = strlen(piece);
  for (size_t i = 0; i < size; i++) m->text[i] = piece[i % n];
  m->text[size] = 0;
  m->text_size = (uint32_t)size;
  (void)!send_it(e);
}

static void garbage(evil *e) {
  for (int i = 0; i < FLOOD; i++) {
    size_t size = chance() % LINK_TEXT_MAX;
    fill(e->out.text, size);
    if (send(LINK, e->out.text, size, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno == EPIPE)
      exit(0);
  }
}

static void with_fds(evil *e) {
  for (int i = 0; i < FLOOD; i++) {
    link_message *m = blank(e, FROM_PLAYER_WANT + (uint32_t)(chance() % 8), 1, "{}");
    m->fd_count = LINK_FDS_MAX;
    for (int k = 0; k < LINK_FDS_MAX; k++) m->fds[k] = k % 4;
    (void)!send_it(e);
  }
}

// ---- Works ---------------------------------------------------------------------------

static void want(evil *e, uint64_t size) {
  blank(e, FROM_PLAYER_WANT, ++e->number, "")->big = size;
  (void)!send_it(e);
}

static void work(evil *e, const char *kind, const char *title, uint64_t bytes) {
  char about[1024];
  snprintf(about, sizeof about,
    "{\"kind\":\"%s\",\"title\":\"%s\",\"about\":\"%s\",\"name\":\"%s\",\"bytes\":%llu,"
    "\"width\":4294967295,\"height\":-1,\"frames\":9223372036854775807}",
    kind, title, title, title, (unsigned long long)bytes);
  say(e, FROM_PLAYER_WORK, e->number, about);
}

static void begin_works(evil *e) {
  if (is(e, "works-never-done")) return;
  if (is(e, "works-huge")) want(e, UINT64_MAX);
  if (is(e, "works-of-nothing")) {
    for (uint32_t i = 0; i < 5000; i++) {
      e->number = i;
      work(e, "picture", "nothing", 100);
    }
  }
  if (is(e, "works-facts")) {
    want(e, FACTS);
    return;
  }
  for (int i = 0; begins(e, "works-many") && i < 300; i++) want(e, 4096);
  want(e, PIECE);
}

static void hand_over(evil *e, int fd, uint64_t size) {
  uint8_t *bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (bytes == MAP_FAILED) return;
  static const uint8_t png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  static const uint8_t first[] = {'[', '[', ']'}, next[] = {'[', ']', ','},
                       last[] = {'[', ']', ']'};
  memcpy(bytes, png, sizeof png);
  if (is(e, "works-facts")) memset(bytes, '[', size);
  for (size_t i = 0; is(e, "works-facts") && i + 3 <= size; i += 3)
    memcpy(bytes + i, i ? next : first, sizeof next);
  if (is(e, "works-facts")) memcpy(bytes + size / 3 * 3 - 3, last, sizeof last);
  const bool keeps = is(e, "works-writable");
  if (!keeps) munmap(bytes, size);
  if (is(e, "works-beyond"))
    work(e, "picture", "beyond", size + 4096);
  else if (is(e, "works-names"))
    work(e, "sound", "../../../../tmp/owned\\u001b[2J\\u0000/x", size);
  else if (is(e, "works-kinds"))
    work(e, "../../etc/passwd", "../x", size);
  else if (is(e, "works-facts"))
    work(e, "facts", "creation", size / 3 * 3);
  else
    work(e, "picture", "", size);
  // Written to after it was handed over.
  if (pwrite(fd, ESCAPES, sizeof ESCAPES, 0) > 0 && is(e, "works-changed"))
    fprintf(stderr, "changed after the checks\n");
  if (keeps) memset(bytes, 'x', size);
  if (is(e, "works-writable")) munmap(bytes, size);
}

static void end_works(evil *e) {
  if (is(e, "works-title-bytes")) {
    want(e, 100);
    say(e, FROM_PLAYER_WORK, e->number, "{\"kind\":\"picture\",\"bytes\":1e300}");
    say(e, FROM_PLAYER_WORK, e->number, ESCAPES);
  }
  for (int i = 0; is(e, "works-many-done") && i < 1000; i++) {
    say(e, FROM_PLAYER_WORKS_DONE, e->round, "");
    want(e, 4096);
  }
  say(e, FROM_PLAYER_WORKS_DONE, e->round, "");
}

// ---- What it hears -------------------------------------------------------------------

static void map_page(evil *e) {
  const link_message *m = &e->in;
  memory_map_close(&e->page_map);
  if (memory_map_open(&e->page_map, m->fds[0], true, sizeof(player_page)) != OK) exit(1);
  e->page = e->page_map.bytes;
  if (ring_open(&e->ring, m->fds[1], false) != OK) exit(1);
  e->frame_fd = m->fds[2];
  const char *first = strstr(m->text, "\"first_seq\":");
  e->place = first ? strtoull(first + 12, NULL, 10) - 1 : 0;
}

static void seal(evil *e) {
  for (uint32_t i = 0; i < e->in.fd_count; i++)
    fcntl(e->in.fds[i], F_ADD_SEALS, F_SEAL_FUTURE_WRITE);
}

static void break_frame(const evil *e) {
  if (!e->page) return;
  const frame_head heads[] = {
    {UINT32_MAX, UINT32_MAX}, {8192, 8192}, {0, 0}, {1, UINT32_MAX}};
  if (e->frame_fd >= 0)
    (void)!pwrite(e->frame_fd, &heads[chance() % 4], sizeof heads[0], 0);
  const page_rect all[] = {{UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX},
    {0, 0, UINT32_MAX, UINT32_MAX}, {1, 1, UINT32_MAX, 1}};
  for (int i = 0; i < PAGE_RECTS; i++) e->page->rects[i] = all[i % 3];
  atomic_store(&e->page->rect_count, UINT32_MAX);
  atomic_fetch_add(&e->page->commit, 1);
  atomic_fetch_add(&e->page->commit_bell, 1);
  futex_wake(&e->page->commit_bell);
}

static void flood_reports(evil *e, bool mad) {
  for (int i = 0; e->page && i < PAGE_REPORTS / 2; i++) {
    const uint64_t n = atomic_load(&e->page->reports_written);
    page_report *r = &e->page->reports[n % PAGE_REPORTS];
    *r = (page_report){e->place + 1, n, REPORT_TOOK, 1};
    if (mad) fill(r, sizeof *r);
    if (n - atomic_load(&e->page->reports_taken) >= PAGE_REPORTS) break;
    atomic_store(&e->page->reports_written, n + 1);
  }
}

static void declare(evil *e) {
  if (is(e, "never-loaded")) return;
  if (is(e, "declared-deep"))
    say_long(e, FROM_PLAYER_LOADED, "[", 10000);
  else if (is(e, "declared-objects"))
    say_long(e, FROM_PLAYER_LOADED, "{\"a\":", 50000);
  else if (is(e, "declared-nonsense"))
    say_long(e, FROM_PLAYER_LOADED, "nonsense \xff \x1b[2J", LINK_TEXT_MAX);
  else if (is(e, "declared-escapes"))
    say(e, FROM_PLAYER_LOADED, 0,
      "{\"id\":\"org.gesto.draw\",\"name\":\"\\u001b[2J\\u202e\",\"version\":"
      "\"\\u001b]0;owned\\u0007\",\"controls\":[{\"id\":1,\"key\":\"\\u001b[2J\","
      "\"kind\":\"range\",\"name\":\"\\u009b31m\",\"low\":\"x\",\"high\":1e999}]}");
  else
    say(e, FROM_PLAYER_LOADED, 0, DECLARED);
}

static void hear_order(evil *e) {
  map_page(e);
  if (is(e, "seals")) seal(e);
  if (is(e, "busy-for-ever")) {
    atomic_store(&e->page->busy_kind, BUSY_LOAD);
    atomic_store(&e->page->busy_since_us, UINT64_MAX);
  }
  if (begins(e, "refused")) {
    say(e, FROM_PLAYER_REFUSED, 0, is(e, "refused-stays") ? "No." : ESCAPES);
    for (;;) pause();
  }
  if (is(e, "kills-itself-early")) kill(getpid(), SIGKILL);
  declare(e);
  if (!is(e, "never-caught-up")) say(e, FROM_PLAYER_CAUGHT_UP, 0, "");
  e->live = true;
}

static void hear_memory(evil *e) {
  if (e->in.fd_count > 0 && e->in.fds[0] >= 0) hand_over(e, e->in.fds[0], e->in.big);
  if (e->in.a == e->number) end_works(e);
}

static void hear_save(evil *e) {
  if (is(e, "save-never")) return;
  link_message *m =
    blank(e, FROM_PLAYER_SAVED, e->in.a, is(e, "save-mad") ? ESCAPES : "1");
  m->big = is(e, "save-mad") ? UINT64_MAX : 8;
  m->value = is(e, "save-mad") ? (double)INFINITY : (double)e->place;
  for (int i = 0; i < (is(e, "save-mad") ? FLOOD : 1); i++) (void)!send_it(e);
}

static void hear_quit(evil *e) {
  if (is(e, "quit-ignored")) return;
  say(e, FROM_PLAYER_FAREWELL, 0, "");
  if (is(e, "farewell-stays"))
    for (;;) pause();
  if (is(e, "link-closed-stays")) {
    close(LINK);
    for (;;) pause();
  }
  exit(0);
}

static void hear(evil *e) {
  switch (e->in.kind) {
  case TO_PLAYER_ORDER: hear_order(e); return; // the descriptors stay open
  case TO_PLAYER_FRAME:
    if (is(e, "frame")) e->frame_fd = e->in.fds[0];
    return;
  case TO_PLAYER_WORKS:
    e->round = e->in.a;
    begin_works(e);
    break;
  case TO_PLAYER_MEMORY: hear_memory(e); break;
  case TO_PLAYER_SAVE: hear_save(e); break;
  case TO_PLAYER_QUIT: hear_quit(e); break;
  default: break;
  }
  link_drop_fds(&e->in);
}

// ---- Turns ---------------------------------------------------------------------------

static void flood(evil *e) {
  static const struct {
    const char *word;
    uint32_t kind;
    const char *text;
  } floods[] = {{"flood-log", FROM_PLAYER_LOG, ESCAPES},
    {"flood-control", FROM_PLAYER_CONTROL, ""},
    {"flood-asset", FROM_PLAYER_ASSET, "paper.png"},
    {"flood-asset-names", FROM_PLAYER_ASSET, "../../../../etc/passwd"},
    {"flood-work", FROM_PLAYER_WORK, "{\"kind\":\"picture\",\"bytes\":100}"},
    {"flood-gave-up", FROM_PLAYER_GAVE_UP, ESCAPES},
    {"flood-done", FROM_PLAYER_WORKS_DONE, ""}, {"flood-saved", FROM_PLAYER_SAVED, "1"},
    {"flood-loaded", FROM_PLAYER_LOADED, DECLARED},
    {"flood-ready", FROM_PLAYER_READY, ""}, {"flood-caught", FROM_PLAYER_CAUGHT_UP, ""},
    {"flood-spots", FROM_PLAYER_SPOTS, "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["},
    {"flood-refused", FROM_PLAYER_REFUSED, "No."},
    {"flood-farewell", FROM_PLAYER_FAREWELL, ""},
    {"flood-decoded", FROM_PLAYER_DECODED, ""}, {"flood-say", FROM_PLAYER_SAY, ESCAPES},
    {"flood-cue", FROM_PLAYER_CUE, ""}};
  for (size_t k = 0; k < sizeof floods / sizeof *floods; k++) {
    for (int i = 0; is(e, floods[k].word) && i < FLOOD; i++) {
      link_message *m = blank(e, floods[k].kind, (uint32_t)i, floods[k].text);
      m->value = i % 2 ? (double)NAN : 1e308;
      if (m->kind == FROM_PLAYER_SAY) m->big = UINT64_MAX - (uint64_t)i;
      (void)!send_it(e);
    }
  }
  for (int i = 0; is(e, "flood-want") && i < FLOOD; i++) want(e, 1 + chance() % PIECE);
}

static void deliver(evil *e) {
  ring_slot slot;
  if (is(e, "never-takes")) return;
  while (ring_get(&e->ring, e->place + 1, &slot) == OK) {
    e->place++;
    e->delivered++;
    atomic_store(&e->page->done_seq, e->place);
  }
}

static void turn_live(evil *e) {
  deliver(e);
  flood(e);
  if (is(e, "kills-itself") && e->delivered) kill(getpid(), SIGKILL);
  if (is(e, "link-shut") && e->delivered) {
    close(LINK);
    for (;;) pause();
  }
  if (is(e, "reports-mad")) flood_reports(e, true);
  if (is(e, "reports-flood")) flood_reports(e, false);
  if (is(e, "reports-far")) atomic_store(&e->page->reports_written, UINT64_MAX);
  if (is(e, "page-random")) fill(e->page, sizeof *e->page);
  if (is(e, "done-far")) atomic_store(&e->page->done_seq, UINT64_MAX);
  if (is(e, "frame")) break_frame(e);
  if (is(e, "garbage")) garbage(e);
  if (is(e, "with-fds")) with_fds(e);
  for (int i = 0; is(e, "stderr") && i < FLOOD; i++)
    if (write(2, ESCAPES, sizeof ESCAPES) < 0) break;
  if (is(e, "never-listens"))
    for (;;) want(e, 4096);
}

static int run(evil *e) {
  if (is(e, "never-ready"))
    for (;;) pause();
  if (is(e, "ends-at-once")) return 1;
  if (is(e, "garbage-first")) garbage(e);
  say(e, FROM_PLAYER_READY, 4, "");
  for (;;) {
    const int wait_ms = e->live ? 1 : 1000;
    const result r = link_receive(LINK, &e->in, wait_ms);
    if (r == ENDED) return 0;
    if (r == OK) hear(e);
    if (e->live) turn_live(e);
  }
}

static int probe(const evil *e) {
  if (is(e, "probe-hangs"))
    for (;;) pause();
  if (is(e, "probe-long"))
    for (;;)
      if (write(1, DECLARED, sizeof DECLARED) < 0) return 0;
  if (is(e, "probe-refuses")) {
    fprintf(stderr, "%s\n", ESCAPES);
    return 1;
  }
  if (is(e, "probe-deep"))
    for (int i = 0; i < 100000; i++) putchar('[');
  else if (is(e, "probe-escapes"))
    puts("{\"id\":\"org.gesto.draw\\u001b[2J\",\"name\":\"\\u001b]0;owned\\u0007"
         "\\u202e\",\"version\":\"\\u009b31m\",\"wants\":[],\"controls\":[]}");
  else
    puts(DECLARED);
  return 0;
}

int main(int argc, char **argv) {
  static evil e = {.frame_fd = -1};
  read_word(&e);
  if (argc > 1 && strcmp(argv[1], "--probe") == 0) return probe(&e);
  prctl(PR_SET_PDEATHSIG, SIGKILL); // evil, but tests clean up after themselves
  signal(SIGPIPE, SIG_IGN);
  return run(&e);
}
