// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into programs: writes into $LATE_WORDS_LOG "threads" when a program begins its first
// thread, and after that the name of every word that is new in its environment. A library's
// thread may be reading the environment just then, and such a word moves it: the program dies.
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_bool threads;

static void note(const char *what) {
  const char *path = getenv("LATE_WORDS_LOG");
  const int log = path ? open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
  char line[128];
  if (log < 0) return;
  const int n = snprintf(line, sizeof line, "%.100s\n", what);
  if (write(log, line, (size_t)n) != n) abort();
  close(log);
}

#define INSTEAD_OF(name) __asm__(name) __attribute__((visibility("default")))
int noting_create(pthread_t *thread, const pthread_attr_t *how, void *(*doing)(void *),
  void *with) INSTEAD_OF("pthread_create");
int noting_setenv(const char *name, const char *value, int over) INSTEAD_OF("setenv");

int noting_create(
  pthread_t *thread, const pthread_attr_t *how, void *(*doing)(void *), void *with) {
  int (*const real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) =
    (int (*)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *))dlsym(
      RTLD_NEXT, "pthread_create");
  if (!atomic_exchange(&threads, true)) note("threads");
  return real(thread, how, doing, with);
}

int noting_setenv(const char *name, const char *value, int over) {
  int (*const real)(const char *, const char *, int) =
    (int (*)(const char *, const char *, int))dlsym(RTLD_NEXT, "setenv");
  if (atomic_load(&threads) && !getenv(name)) note(name);
  return real(name, value, over);
}
