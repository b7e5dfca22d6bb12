// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/names.h"

#include "core/record/archive.h"
#include "core/record/bytes.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static struct tm utc_of(int64_t wall_us) {
  const time_t seconds = (time_t)(wall_us / 1000000);
  struct tm utc = {0};
  gmtime_r(&seconds, &utc);
  return utc;
}

void names_time(int64_t wall_us, char out[NAMES_TIME]) {
  const struct tm utc = utc_of(wall_us);
  const size_t size = strftime(out, NAMES_TIME, "%Y-%m-%dT%H:%M:%S", &utc);
  snprintf(out + size, NAMES_TIME - size, ".%06uZ", (unsigned)(wall_us % 1000000));
}

int64_t names_time_read(const char *text) {
  struct tm utc = {0};
  int us = 0, size = 0;
  if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d.%6dZ%n", &utc.tm_year, &utc.tm_mon,
        &utc.tm_mday, &utc.tm_hour, &utc.tm_min, &utc.tm_sec, &us, &size) != 7 ||
    size != 27 || text[size] != 0)
    return -1;
  utc.tm_year -= 1900;
  utc.tm_mon -= 1;
  return (int64_t)timegm(&utc) * 1000000 + us;
}

void names_stamp(int64_t wall_us, const char *room_hex, char out[NAMES_STAMP]) {
  const struct tm utc = utc_of(wall_us);
  const unsigned us = (unsigned)(wall_us % 1000000),
                 random = randombytes_uniform(1 << 12);
  const size_t size = strftime(out, NAMES_STAMP, "%Y%m%dT%H%M%SZ", &utc);
  snprintf(out + size, NAMES_STAMP - size, "-%s-%05x%03x", room_hex, us, random);
}

// `pattern`: '0' a digit, 'x' a lower-case hex digit, all else itself.
static bool has_form(const char *name, const char *pattern) {
  if (strlen(name) != strlen(pattern)) return false;
  for (size_t i = 0; pattern[i]; i++) {
    const char *allowed = pattern[i] == 'x' ? "0123456789abcdef" : "0123456789";
    if (pattern[i] != 'x' && pattern[i] != '0' ? name[i] != pattern[i]
                                               : !strchr(allowed, name[i]))
      return false;
  }
  return true;
}

bool names_is_stamp(const char *name) {
  return has_form(name, "00000000T000000Z-xxxxxxxxxxxxxxxx-xxxxxxxx");
}

bool names_is_client(const char *name) {
  return has_form(name, "c-xxxxxxxxxxxxxxxxxxxx");
}

// Reduces to a-z, 0-9 and single '-'; letters outside of ASCII become gaps.
static void clean(const char *from, char *out, size_t room) {
  size_t size = 0;
  for (; *from && size + 1 < room; from++) {
    char c = *from;
    if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain)
      out[size++] = c;
    else if (size > 0 && out[size - 1] != '-')
      out[size++] = '-';
  }
  while (size > 0 && out[size - 1] == '-') size--;
  out[size] = 0;
}

void names_short(const char *exercise_id, char out[NAMES_SHORT]) {
  const char *dot = strrchr(exercise_id, '.');
  clean(dot ? dot + 1 : exercise_id, out, NAMES_SHORT);
  if (!out[0]) snprintf(out, NAMES_SHORT, "exercise");
}

bool names_is_work(const char *name) {
  static const char *const ours[] = {
    "creation.json", "process.journal", "input.pcm", "state"};
  const size_t size = strlen(name);
  if (size == 0 || size > 63 || name[0] == '.' || name[0] == '-') return false;
  if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") != size) return false;
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (strcmp(name, ours[i]) == 0) return false;
  return strncmp(name, "process.", 8) != 0 && strncmp(name, "snap-", 5) != 0;
}

void archive_work_name(const char *kind, const char *name, uint32_t index, char out[64]) {
  char plain[41];
  const bool layers = strcmp(kind, "layers") == 0;
  const bool picture = layers || strcmp(kind, "picture") == 0;
  const bool sound = strcmp(kind, "sound") == 0;
  const char *otherwise = sound ? "sound" : "facts";
  const char *ending = layers ? "ora" : picture ? "png" : sound ? "flac" : "json";
  clean(picture || !name ? "" : name, plain, sizeof plain);
  if (picture)
    snprintf(plain, sizeof plain, "artwork");
  else if (!plain[0])
    snprintf(plain, sizeof plain, "%s", otherwise);
  // Two names of our own that a title could come to mean.
  if (strcmp(ending, "json") == 0 && strcmp(plain, "creation") == 0)
    snprintf(plain, sizeof plain, "facts-creation");
  if (strncmp(plain, "snap-", 5) == 0) plain[4] = '.';
  if (index == 0)
    snprintf(out, 64, "%s.%s", plain, ending);
  else
    snprintf(out, 64, "%s-%u.%s", plain, index + 1, ending);
}
