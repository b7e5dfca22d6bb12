// SPDX-License-Identifier: GPL-3.0-or-later
#include "json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
  json *j;
  const char *at, *end;
  uint32_t depth;
} reader;

static bool stop(reader *r, const char *why) {
  if (!r->j->why) r->j->why = why;
  return false;
}

static void skip_space(reader *r) {
  while (r->at < r->end &&
    (*r->at == ' ' || *r->at == '\t' || *r->at == '\r' || *r->at == '\n'))
    if (*r->at++ == '\n') r->j->line++;
}

static bool take(reader *r, char c) {
  skip_space(r);
  if (r->at == r->end || *r->at != c) return false;
  r->at++;
  return true;
}

static bool put(reader *r, char c) {
  if (r->j->word_bytes >= JSON_BYTES) return stop(r, "too many words");
  r->j->words[r->j->word_bytes++] = c;
  return true;
}

static bool put_utf8(reader *r, uint32_t c) {
  if (c < 0x80) return put(r, (char)c);
  if (c < 0x800) return put(r, (char)(0xC0 | c >> 6)) && put(r, (char)(0x80 | (c & 63)));
  if (c < 0x10000)
    return put(r, (char)(0xE0 | c >> 12)) && put(r, (char)(0x80 | (c >> 6 & 63))) &&
      put(r, (char)(0x80 | (c & 63)));
  return put(r, (char)(0xF0 | c >> 18)) && put(r, (char)(0x80 | (c >> 12 & 63))) &&
    put(r, (char)(0x80 | (c >> 6 & 63))) && put(r, (char)(0x80 | (c & 63)));
}

static bool hex4(reader *r, uint32_t *value) {
  *value = 0;
  for (uint32_t i = 0; i < 4; i++, r->at++) {
    char c = r->at < r->end ? *r->at : 0;
    uint32_t digit = 16;
    if (c >= '0' && c <= '9') digit = (uint32_t)(c - '0');
    if (c >= 'a' && c <= 'f') digit = (uint32_t)(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') digit = (uint32_t)(c - 'A' + 10);
    if (digit == 16) return stop(r, "a \\u needs four hexadecimal digits");
    *value = *value * 16 + digit;
  }
  return true;
}

static bool escape_u(reader *r) {
  uint32_t c, low;
  if (!hex4(r, &c)) return false;
  if (c >= 0xD800 && c < 0xDC00) {
    if (r->end - r->at < 2 || r->at[0] != '\\' || r->at[1] != 'u')
      return stop(r, "half of a character");
    r->at += 2;
    if (!hex4(r, &low)) return false;
    if (low < 0xDC00 || low > 0xDFFF) return stop(r, "half of a character");
    c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
  } else if (c == 0 || (c >= 0xDC00 && c < 0xE000)) {
    return stop(r, "a character that does not exist");
  }
  return put_utf8(r, c);
}

static bool escape(reader *r) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  if (r->at == r->end) return stop(r, "the text has no end");
  char c = *r->at++;
  if (c == 'u') return escape_u(r);
  const char *found = c ? strchr(from, c) : NULL;
  return found ? put(r, to[found - from]) : stop(r, "an unknown escape");
}

static bool read_text(reader *r, uint32_t *place) {
  *place = r->j->word_bytes;
  while (r->at < r->end && *r->at != '"') {
    unsigned char c = (unsigned char)*r->at++;
    if (c < 0x20) return stop(r, "a text goes over the end of its line");
    if (c == '\\' ? !escape(r) : !put(r, (char)c)) return false;
  }
  if (r->at == r->end) return stop(r, "the text has no end");
  r->at++;
  return put(r, 0);
}

static bool read_number(reader *r, json_value *v) {
  char digits[40];
  size_t n = 0;
  while (r->at < r->end && n < sizeof digits - 1 && strchr("+-.eE0123456789", *r->at) &&
    *r->at)
    digits[n++] = *r->at++;
  digits[n] = 0;
  char *rest;
  v->kind = VALUE_NUMBER;
  v->number = strtod(digits, &rest);
  bool good = n && !*rest && isfinite(v->number) && digits[0] != '+' && digits[0] != '.';
  return good ? true : stop(r, "a value that is neither text, number, list nor object");
}

static bool read_word(reader *r, const char *word, uint32_t kind, json_value *v) {
  size_t n = strlen(word);
  if ((size_t)(r->end - r->at) < n || memcmp(r->at, word, n) != 0) return false;
  r->at += n;
  v->kind = kind;
  return true;
}

static uint32_t read_value(reader *r); // 0: not understood

static bool read_name(reader *r, uint32_t *name) {
  if (!take(r, '"')) return stop(r, "a name in quotes is wanted here");
  if (!read_text(r, name)) return false;
  return take(r, ':') ? true : stop(r, "a colon is wanted after the name");
}

// The members of what has just been opened; `end` closes it.
static bool read_members(reader *r, uint32_t parent, char end) {
  uint32_t last = 0;
  if (++r->depth > JSON_DEPTH) return stop(r, "too many levels");
  if (take(r, end)) return r->depth--, true;
  do {
    uint32_t name = 0;
    if (end == '}' && !read_name(r, &name)) return false;
    uint32_t child = read_value(r);
    if (!child) return false;
    r->j->values[child].name = name;
    if (last)
      r->j->values[last].next = child;
    else
      r->j->values[parent].first = child;
    last = child;
  } while (take(r, ','));
  r->depth--;
  return take(r, end)
    ? true
    : stop(r, end == '}' ? "a comma or } is wanted" : "a comma or ] is wanted");
}

static uint32_t read_value(reader *r) {
  if (r->j->count == JSON_VALUES) return stop(r, "too many values");
  uint32_t place = r->j->count++;
  json_value *v = &r->j->values[place];
  *v = (json_value){.kind = 0};
  bool good;
  if (take(r, '{')) {
    v->kind = VALUE_OBJECT;
    good = read_members(r, place, '}');
  } else if (take(r, '[')) {
    v->kind = VALUE_ARRAY;
    good = read_members(r, place, ']');
  } else if (take(r, '"')) {
    v->kind = VALUE_TEXT;
    good = read_text(r, &v->text);
  } else {
    good = read_word(r, "true", VALUE_TRUE, v) || read_word(r, "false", VALUE_FALSE, v) ||
      read_word(r, "null", VALUE_NULL, v) || read_number(r, v);
  }
  return good ? place : 0;
}

bool json_read(json *j, const char *text, size_t size) {
  *j = (json){.line = 1, .count = 1, .word_bytes = 1};
  if (size > JSON_BYTES)
    j->why = "the file is larger than 64 KiB";
  else if (memchr(text, 0, size))
    j->why = "a zero byte";
  if (j->why) return false;
  j->values = calloc(JSON_VALUES, sizeof *j->values);
  j->words = calloc(1, JSON_BYTES + 1);
  if (!j->values || !j->words) return stop(&(reader){.j = j}, "no memory");
  reader r = {.j = j, .at = text, .end = text + size};
  if (!read_value(&r)) return stop(&r, "not understood");
  skip_space(&r);
  return r.at == r.end ? true : stop(&r, "something follows the end");
}

void json_finish(json *j) {
  free(j->values);
  free(j->words);
  *j = (json){.count = 0};
}

const json_value *json_first(const json *j, const json_value *of) {
  return of && of->first ? &j->values[of->first] : NULL;
}

const json_value *json_next(const json *j, const json_value *v) {
  return v && v->next ? &j->values[v->next] : NULL;
}

const json_value *json_member(const json *j, const json_value *of, const char *name) {
  if (!of || of->kind != VALUE_OBJECT) return NULL;
  for (const json_value *v = json_first(j, of); v; v = json_next(j, v))
    if (strcmp(j->words + v->name, name) == 0) return v;
  return NULL;
}

const char *json_words(const json *j, const json_value *v) {
  return v && v->kind == VALUE_TEXT ? j->words + v->text : NULL;
}
