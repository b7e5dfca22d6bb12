// SPDX-License-Identifier: GPL-3.0-or-later
// The page: who, when, and each creation with its works. Words and works only.
#include "core/record/report.h"

#include "core/base/io.h"
#include "core/record/client.h"
#include "core/record/json_text.h"
#include "core/record/manifest.h"
#include "core/record/names.h"
#include "core/record/report_parts.h"
#include "core/record/told.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORK_MOST = 256 << 20 };

static const char style[] =
  "<style>"
  ":root{--paper:#F5F1E8;--surface:#FFFDF8;--line:#DCD4C4;--ink:#22302F;--ink-2:#515E5B;"
  "--primary:#1F5D62}"
  "@media(prefers-color-scheme:dark){:root{--paper:#151D1D;--surface:#1E2928;--line:#"
  "33413F;"
  "--ink:#F0EBE1;--ink-2:#B4BDB7;--primary:#8FCBC5}}"
  "body{margin:0;background:var(--paper);color:var(--ink);"
  "font:18px/1.45 Inter,'Noto Sans',system-ui,sans-serif}"
  "main{max-width:880px;margin:0 auto;padding:48px 24px 64px}"
  "h1{font-size:34px;line-height:1.2;font-weight:600;margin:0 0 8px}"
  "h2{font-size:24px;line-height:1.25;font-weight:600;margin:48px 0 4px}"
  "h3{font-size:20px;line-height:1.3;font-weight:600;margin:0 0 4px}"
  "h4{font-size:17px;font-weight:600;margin:16px 0 4px}"
  "p{margin:0 0 12px}.small{color:var(--ink-2);font-size:16px}"
  "article{background:var(--surface);border:1px solid var(--line);border-radius:24px;"
  "padding:24px;margin:24px 0;break-inside:avoid}"
  "figure{margin:16px 0 0}figcaption{color:var(--ink-2);font-size:16px;margin-top:8px}"
  "img{max-width:100%;height:auto;border-radius:16px;background:#fff;display:block}"
  "audio{width:100%}ol,ul{padding-left:28px;margin:8px 0}li{margin:4px 0}"
  "dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:8px 0}"
  "dt{color:var(--ink-2)}dd{margin:0}"
  "@media print{body{background:#fff}article{border-color:#999}}"
  "</style>";

// ---- Pieces of text

void report_escape(text *page, const char *words) {
  for (; *words; words++) {
    switch (*words) {
    case '&': text_say(page, "&amp;"); break;
    case '<': text_say(page, "&lt;"); break;
    case '>': text_say(page, "&gt;"); break;
    case '"': text_say(page, "&quot;"); break;
    case '\'': text_say(page, "&#39;"); break;
    default: text_add(page, words, 1);
    }
  }
}

static void put_base64(text *page, const uint8_t *bytes, size_t size) {
  static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < size; i += 3) {
    const uint32_t second = i + 1 < size ? bytes[i + 1] : 0,
                   third = i + 2 < size ? bytes[i + 2] : 0;
    const uint32_t three = (uint32_t)bytes[i] << 16 | second << 8 | third;
    char four[4] = {digits[three >> 18], digits[three >> 12 & 63],
      digits[three >> 6 & 63], digits[three & 63]};
    if (i + 1 >= size) four[2] = '=';
    if (i + 2 >= size) four[3] = '=';
    text_add(page, four, 4);
  }
}

static void put_when(text *page, const char *began) {
  static const char *const months[] = {"January", "February", "March", "April", "May",
    "June", "July", "August", "September", "October", "November", "December"};
  unsigned year = 0, month = 0, day = 0, hour = 0, minute = 0;
  if (sscanf(began, "%4u-%2u-%2uT%2u:%2u", &year, &month, &day, &hour, &minute) != 5 ||
    month < 1 || month > 12)
    return;
  text_format(
    page, "%u %s %u, %02u:%02u UTC", day, months[month - 1], year, hour, minute);
}

void report_put_length(text *page, double seconds) {
  const unsigned whole = seconds > 0 && seconds < 1e8 ? (unsigned)(seconds + 0.5) : 0;
  const unsigned minutes = whole / 60, rest = whole % 60;
  if (minutes) text_format(page, "%u minute%s", minutes, minutes == 1 ? "" : "s");
  if (minutes && rest) text_say(page, " ");
  if (rest || !minutes) text_format(page, "%u second%s", rest, rest == 1 ? "" : "s");
}

// ---- Works

static void put_picture(text *page, const json_t *work, const char *bytes, size_t size) {
  const char *about = json_text_string(work, "about", "");
  const char *title = json_text_string(work, "title", "");
  text_say(page, "<figure><img alt=\"");
  report_escape(page, about[0] ? about : title[0] ? title : "A picture");
  text_say(page, "\" src=\"data:image/png;base64,");
  put_base64(page, (const uint8_t *)bytes, size);
  text_say(page, "\">");
  if (about[0]) {
    text_say(page, "<figcaption>");
    report_escape(page, about);
    text_say(page, "</figcaption>");
  }
  text_say(page, "</figure>\n");
}

static void put_sound(text *page, const json_t *work, const char *bytes, size_t size) {
  const char *title = json_text_string(work, "title", "");
  const double frames = json_text_number(work, "frames", 0);
  text_say(
    page, "<figure><audio controls preload=\"metadata\" src=\"data:audio/flac;base64,");
  put_base64(page, (const uint8_t *)bytes, size);
  text_say(page, "\"></audio><figcaption>");
  report_escape(page, title[0] ? title : "Sound");
  if (frames > 0) {
    text_say(page, ", ");
    report_put_length(page, frames / 48000);
  }
  text_say(page, "</figcaption></figure>\n");
}

static void put_facts(text *page, const json_t *work, const char *bytes, size_t size) {
  json_t *facts = NULL;
  const char *title = json_text_string(work, "title", "");
  if (json_text_read(bytes, size, &facts, NULL, 0) != OK) {
    text_say(
      page, "<p class=\"small\">The log cannot be shown; the file itself is kept.</p>\n");
    return;
  }
  if (title[0]) {
    text_say(page, "<h4>");
    report_escape(page, title);
    text_say(page, "</h4>\n");
  }
  report_put_facts(page, facts);
  json_decref(facts);
}

static result put_work(text *page, int dir, const json_t *work) {
  const char *file = json_text_string(work, "file", ""),
             *kind = json_text_string(work, "kind", "");
  char *bytes = NULL;
  size_t size = 0;
  if (!names_is_work(file)) return OK;
  if (strcmp(kind, "layers") == 0) return OK; // its picture is shown
  const result r = io_load(dir, file, WORK_MOST, &bytes, &size);
  if (r == NO_MEMORY) return r;
  if (r != OK) {
    text_say(page, "<p class=\"small\">");
    report_escape(page, file);
    text_format(page, " is not shown here: %s.</p>\n", result_text(r));
  } else if (strcmp(kind, "picture") == 0) {
    put_picture(page, work, bytes, size);
  } else if (strcmp(kind, "sound") == 0) {
    put_sound(page, work, bytes, size);
  } else {
    put_facts(page, work, bytes, size);
  }
  free(bytes);
  return OK;
}

// ---- Creations and sessions

static void put_creation_head(text *page, const json_t *about, const char *name) {
  const char *title = json_text_string(about, "title", "");
  const char *dash = strchr(name, '-');
  const char *word = dash ? dash + 1 : name;
  char exercise[64];
  snprintf(exercise, sizeof exercise, "%s", word);
  if (exercise[0] >= 'a' && exercise[0] <= 'z')
    exercise[0] = (char)(exercise[0] - 'a' + 'A');
  text_say(page, "<article><h3>");
  report_escape(page, title[0] ? title : exercise);
  text_say(page, "</h3>\n<p class=\"small\">");
  report_escape(page, exercise);
  text_say(page, ", ");
  report_put_length(page, json_text_number(about, "seconds", 0));
  if (strcmp(json_text_string(about, "consent", ""), "private") == 0)
    text_say(page, ", private");
  text_say(page, "</p>\n");
}

static result put_creation(
  text *page, int session_dir_fd, const char *name, bool with_private) {
  char folder[128];
  int dir = -1;
  size_t i;
  json_t *about = NULL, *work;
  snprintf(folder, sizeof folder, "creations/%.64s", name);
  if (strchr(name, '/') || io_open_dir(session_dir_fd, folder, &dir) != OK)
    return OK; // let go
  result r = json_text_load(dir, "creation.json", &about);
  const bool kept = strcmp(json_text_string(about, "consent", ""), "keep") == 0;
  if (r == OK && (kept || with_private)) {
    put_creation_head(page, about, name);
    json_array_foreach(json_object_get(about, "works"), i, work) if (r == OK) r =
      put_work(page, dir, work);
    text_say(page, "</article>\n");
  }
  json_decref(about);
  io_close(dir);
  return r == NO_MEMORY ? r : OK;
}

static bool is_told(const char *key) {
  return strcmp(key, "check_in") == 0 || strcmp(key, "check_out") == 0 ||
    strcmp(key, "voice_note") == 0;
}

static result put_note(text *page, int dir, const json_t *facts) {
  const json_t *note = json_object_get(facts, "voice_note");
  if (!json_is_object(note)) return OK;
  json_t *work = json_pack("{s:s,s:s,s:s,s:f}", "file",
    json_text_string(note, "file", ""), "kind", "sound", "title", "Voice note", "frames",
    json_text_number(note, "seconds", 0) * 48000);
  const result r = work ? put_work(page, dir, work) : NO_MEMORY;
  json_decref(work);
  return r;
}

// What the client said on arriving and leaving; what was skipped is written out.
static void put_told(text *page, const json_t *facts) {
  size_t i;
  json_t *line;
  json_t *told = told_of(facts);
  const json_t *lines = json_object_get(told, "told");
  if (json_array_size(lines)) text_say(page, "<dl>\n");
  json_array_foreach(lines, i, line) {
    text_say(page, "<dt>");
    report_escape(page, json_string_value(json_array_get(line, 0)));
    text_say(page, "</dt><dd>");
    report_escape(page, json_string_value(json_array_get(line, 1)));
    text_say(page, "</dd>\n");
  }
  if (json_array_size(lines)) text_say(page, "</dl>\n");
  json_decref(told);
}

static void put_words(text *page, const json_t *about) {
  const char *key;
  json_t *said;
  json_t *facts = json_object_get(about, "facts");
  put_told(page, facts);
  json_object_foreach(facts, key, said) {
    if (json_is_null(said) || is_told(key)) continue;
    text_say(page, "<h4>");
    report_put_name(page, key);
    text_say(page, "</h4>\n");
    const bool plain = !json_is_object(said) && !json_is_array(said);
    if (plain) text_say(page, "<p>");
    report_put_facts(page, said);
    if (plain) text_say(page, "</p>\n");
  }
}

static result put_session(text *page, int dir, bool with_private) {
  size_t i;
  json_t *about = NULL, *entry;
  manifest listed = {0};
  result r = json_text_load(dir, "session.json", &about);
  if (r == OK && strcmp(json_text_string(about, "state", ""), "closed") != 0) r = NOT_NOW;
  if (r == OK) r = manifest_load(&listed, dir);
  manifest_finish(&listed);
  if (r == OK) {
    text_say(page, "<section><h2>");
    put_when(page, json_text_string(about, "began", ""));
    text_say(page, "</h2>\n");
    put_words(page, about);
    r = put_note(page, dir, json_object_get(about, "facts"));
    json_array_foreach(json_object_get(about, "creations"), i, entry) if (r == OK) r =
      put_creation(page, dir, json_text_string(entry, "name", "."), with_private);
    text_say(page, "</section>\n");
  }
  json_decref(about);
  return r;
}

typedef struct going {
  text *page;
  bool with_private;
  int count;
} going;

static result put_each(void *data, int sessions, const char *name, bool is_dir) {
  going *g = data;
  int dir = -1;
  if (!is_dir || !names_is_stamp(name) || io_open_dir(sessions, name, &dir) != OK)
    return OK;
  const result r = put_session(g->page, dir, g->with_private);
  io_close(dir);
  if (r == OK) g->count++;
  return r == NO_MEMORY ? r : OK; // one that is not whole is verify's to name
}

// ---- The page

static void put_page_head(text *page, const char *alias) {
  text_say(page,
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "img-src data:; media-src data:; style-src 'unsafe-inline'\">\n<title>");
  report_escape(page, alias[0] ? alias : "A guest");
  text_say(page, " – Gesto</title>\n");
  text_say(page, style);
  text_say(page, "</head><body><main>\n<h1>");
  report_escape(page, alias[0] ? alias : "A guest");
  text_say(page, "</h1>\n<p class=\"small\">What was made and kept.</p>\n");
}

static result alias_of(int client, char *alias, size_t room) {
  json_t *facts = NULL;
  const result r = client_about(client, &facts);
  if (r == OK) snprintf(alias, room, "%s", json_text_string(facts, "alias", ""));
  json_decref(facts);
  return r == NO_MEMORY ? r : OK;
}

static result build(text *page, const char *path, bool with_private) {
  int dir = -1, client = -1;
  char alias[256] = "";
  going g = {page, with_private, 0};
  const char *name = strrchr(path, '/');
  result r = io_open_dir(AT_FDCWD, path, &dir);
  if (r != OK) return r;
  const bool one_client = names_is_client(name ? name + 1 : path);
  r = io_open_dir(dir, one_client ? "." : "../..", &client);
  if (r == OK) r = alias_of(client, alias, sizeof alias);
  if (r == OK) put_page_head(page, alias);
  if (r == OK && one_client)
    r = io_each(dir, "sessions", put_each, &g);
  else if (r == OK)
    r = put_session(page, dir, with_private);
  text_say(page, "</main></body></html>\n");
  io_close(client);
  io_close(dir);
  if (r == OK && page->failed) r = NO_MEMORY;
  return r;
}

static result save(const text *page, const char *to) {
  char folder[4096];
  int dir = -1;
  const char *slash = strrchr(to, '/');
  const int size = slash ? snprintf(folder, sizeof folder, "%.*s/", (int)(slash - to), to)
                         : snprintf(folder, sizeof folder, ".");
  if ((size_t)size >= sizeof folder) return TOO_LARGE;
  result r = io_open_dir(AT_FDCWD, folder, &dir);
  if (r == OK) r = io_save(dir, slash ? slash + 1 : to, page->bytes, page->size);
  io_close(dir);
  return r;
}

result report_write(
  const char *path, const char *to, bool with_private, char *why, size_t room) {
  text page = {0};
  char *real = realpath(path, NULL);
  result r = real ? build(&page, real, with_private) : result_of_errno(errno);
  if (r == NOT_NOW) {
    snprintf(why, room,
      "The session in %s is not closed yet; close it from the desk first.", path);
  } else if (r != OK) {
    snprintf(why, room, "There is no closed session or client to be read in %s: %s.",
      path, result_text(r));
  } else {
    r = save(&page, to);
    if (r != OK)
      snprintf(why, room, "The page cannot be written to %s: %s.", to, result_text(r));
  }
  text_finish(&page);
  free(real);
  return r;
}
