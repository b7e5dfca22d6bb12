// SPDX-License-Identifier: GPL-3.0-or-later
// Tries what an exercise must never be able to do, and tells in its facts what went through:
// {"file of another session":"refused", ...}. The settings name the places to try.
#include "broken.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FDS = 64, NEAR = 256 << 20, FAR = 1 << 30 };

typedef struct telling {
  char json[8192];
  size_t size;
} telling;

static void tell(telling *t, const char *what, bool went_through) {
  int n = snprintf(t->json + t->size, sizeof t->json - t->size, "%s\"%s\":\"%s\"",
    t->size > 1 ? "," : "", what, went_through ? "ALLOWED" : "refused");
  if (n > 0) t->size += (size_t)n;
}

static bool opens(const char *path, int flags) {
  int fd = path ? open(path, flags, 0600) : -1;
  if (fd >= 0) close(fd);
  return fd >= 0;
}

static bool lists(const char *path) {
  DIR *dir = path ? opendir(path) : NULL;
  if (dir) closedir(dir);
  return dir != NULL;
}

static void try_files(telling *t, const gesto_host *host) {
  const char *session = host->setting(host, "other-session");
  const char *journal = host->setting(host, "journal");
  const char *home = host->setting(host, "home-file");
  const char *folder = host->setting(host, "folder");
  char made[512];
  snprintf(made, sizeof made, "%s/made-by-hostile", folder ? folder : "/tmp");
  tell(t, "file of another session", opens(session, O_RDONLY));
  tell(t, "file in the home folder", opens(home, O_RDONLY));
  tell(t, "journal, reading", opens(journal, O_RDONLY));
  tell(t, "journal, writing", opens(journal, O_WRONLY));
  tell(t, "journal, appending", opens(journal, O_RDWR | O_APPEND));
  tell(t, "list of a folder", lists(folder));
  tell(t, "password file", opens("/etc/passwd", O_RDONLY));
  tell(t, "environment of the parent", opens("/proc/self/../1/environ", O_RDONLY));
  tell(t, "own maps", opens("/proc/self/maps", O_RDONLY));
  tell(t, "new file", opens(made, O_WRONLY | O_CREAT));
  tell(t, "nameless file", opens(folder, O_TMPFILE | O_RDWR));
  tell(t, "removing", unlink(journal ? journal : made) == 0);
  tell(t, "renaming", rename(journal ? journal : made, made) == 0);
  tell(t, "hard link", link(journal ? journal : made, made) == 0);
  tell(t, "symbolic link", symlink("/etc/passwd", made) == 0);
  tell(t, "cutting a file", truncate(journal ? journal : made, 0) == 0);
  tell(t, "mode of a file", chmod(journal ? journal : made, 0777) == 0);
  tell(t, "new folder", mkdir(made, 0700) == 0);
  tell(t, "X display", opens("/tmp/.X11-unix/X0", O_RDWR));
  tell(t, "shared memory of the system", opens("/dev/shm/hostile", O_RDWR | O_CREAT));
}

static bool has_socket(int family, int type) {
  int fd = socket(family, type, 0);
  if (fd >= 0) close(fd);
  return fd >= 0;
}

static void try_sockets(telling *t) {
  int pair[2];
  tell(t, "UNIX socket (the X display)", has_socket(AF_UNIX, SOCK_STREAM));
  tell(t, "TCP socket", has_socket(AF_INET, SOCK_STREAM));
  tell(t, "UDP socket", has_socket(AF_INET6, SOCK_DGRAM));
  tell(t, "netlink socket", has_socket(AF_NETLINK, SOCK_RAW));
  tell(t, "socket pair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
}

static bool forks(void) {
  pid_t pid = fork();
  if (pid == 0) _exit(0);
  if (pid > 0) waitpid(pid, NULL, 0);
  return pid > 0;
}

static void try_processes(telling *t) {
  char *const args[] = {"true", NULL};
  char word[8];
  struct iovec to = {word, sizeof word}, from = {&word, sizeof word};
  pid_t parent = (pid_t)syscall(SYS_getppid);
  pid_t other = parent > 1 ? parent : 1;
  tell(t, "exec", execve("/bin/true", args, NULL) == 0);
  tell(t, "fork", forks());
  tell(t, "new process by clone", syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) > 0);
  tell(t, "ptrace", ptrace(PTRACE_ATTACH, other, NULL, NULL) == 0);
  tell(t, "ptrace by the parent", ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
  tell(t, "signal to another", kill(other, 0) == 0);
  tell(t, "memory of another",
    syscall(SYS_process_vm_readv, other, &to, 1, &from, 1, 0) > 0);
  tell(t, "descriptor of another", syscall(438, syscall(434, other, 0), 0, 0) >= 0);
}

static void try_rights(telling *t) {
  struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
  tell(t, "outliving the keeper", prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0) == 0);
  tell(t, "being dumped", prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0);
  tell(t, "more memory", setrlimit(RLIMIT_DATA, &more) == 0);
  tell(t, "other user", setuid(0) == 0);
  tell(t, "other root", chroot("/") == 0);
  tell(t, "own namespace", syscall(SYS_unshare, 0x10000000) == 0);
  tell(t, "mounting", syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, NULL) == 0);
  tell(t, "io_uring", syscall(425, 4, NULL) >= 0);
  tell(t, "bpf", syscall(SYS_bpf, 0, NULL, 0) >= 0);
  tell(t, "keys", syscall(SYS_keyctl, 0, -3, 0) >= 0);
  tell(t, "own memory file", syscall(SYS_memfd_create, "hostile", 0) >= 0);
  tell(t, "typing into the terminal", ioctl(0, TIOCSTI, "x") == 0);
  tell(t, "shared memory without a limit",
    mmap(NULL, 1 << 20, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}

static void try_code(telling *t) {
  size_t page = 4096;
  void *at = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  tell(t, "code from data",
    at != MAP_FAILED && mprotect(at, page, PROT_READ | PROT_EXEC) == 0);
  tell(t, "new code",
    mmap(NULL, page, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
      0) != MAP_FAILED);
}

// Every descriptor it may have been left: input ring, page, frame.
static void try_descriptors(telling *t) {
  bool cut = false, written = false, reopened = false, opened_up = false, mapped = false;
  for (int fd = 3; fd < FDS; fd++) {
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    cut |= ftruncate(fd, 0) == 0;
    written |= fd != 3 && pwrite(fd, "x", 1, 0) == 1;
    reopened |= opens(path, O_RDWR);
    opened_up |= fcntl(fd, F_SETFL, 0) == 0;
    void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    mapped |= at != MAP_FAILED;
  }
  tell(t, "shrinking shared memory", cut);
  tell(t, "writing the input ring", written || mapped);
  tell(t, "opening shared memory again", reopened);
  tell(t, "other flags on a descriptor", opened_up);
}

static sigjmp_buf back;

static void on_fault(int signal) {
  (void)signal;
  siglongjmp(back, 1);
}

static bool is_ring(const char *at) {
  if (sigsetjmp(back, 1) != 0) return false;
  return memcmp(at, "GESTOR1\n", 8) == 0;
}

static void try_page(uintptr_t at, bool *found, bool *writable) {
  if (!is_ring((const char *)at)) return;
  *found = true;
  *writable |= mprotect((void *)at, 4096, PROT_READ | PROT_WRITE) == 0;
}

// The maps are not told, so every page near its own code is looked at, and those farther off
// until one is found: what threads ask for at once (64 MiB each) may lie in between.
static void try_mapped_ring(telling *t) {
  const uintptr_t page = 4096, near = (uintptr_t)&try_mapped_ring & ~(page - 1);
  struct sigaction fault = {.sa_handler = on_fault}, segv, bus;
  bool found = false, writable = false;
  sigaction(SIGSEGV, &fault, &segv);
  sigaction(SIGBUS, &fault, &bus);
  for (uintptr_t off = 0; off < NEAR || (off < FAR && !found); off += page) {
    try_page(near + off, &found, &writable);
    try_page(near - page - off, &found, &writable);
  }
  sigaction(SIGSEGV, &segv, NULL);
  sigaction(SIGBUS, &bus, NULL);
  tell(t, "making the input ring writable", writable);
  t->size += (size_t)snprintf(t->json + t->size, sizeof t->json - t->size,
    ",\"the ring was found\":%s", found ? "true" : "false");
}

static gesto_result works(const void *self, const gesto_host *host) {
  static telling t;
  (void)self;
  t.size = (size_t)snprintf(t.json, sizeof t.json, "{");
  try_files(&t, host);
  try_sockets(&t);
  try_processes(&t);
  try_rights(&t);
  try_code(&t);
  try_descriptors(&t);
  try_mapped_ring(&t);
  snprintf(t.json + t.size, sizeof t.json - t.size, "}");
  const gesto_creations *keep = host->extension(host, GESTO_CREATIONS);
  return keep->keep_facts(host, "hostile", t.json);
}

GESTO_EXPORT const gesto_exercise gesto_entry = {PLAIN("hostile"), .needs = GESTO_ABI,
  .event = plain_event, .draw = plain_draw, .works = works};
