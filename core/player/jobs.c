// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/jobs.h"

#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/media/picture.h"
#include "core/media/sound_file.h"
#include "core/player/say.h"
#include "core/player/sheets.h"
#include "core/player/words.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { TITLE_MAX = 240, ABOUT_MAX = 2000 };
typedef enum job_kind {
  JOB_PICTURE = 1,
  JOB_PAPER,
  JOB_SHEETS,
  JOB_SOUND,
  JOB_FACTS
} job_kind;

typedef struct job {
  struct job *next;
  job_kind kind;
  uint32_t number, request;
  bool last;           // of its request; only in that one:
  gesto_result answer; // of the request
  uint32_t paper;      // which one it is of, from 1; 0: of none
  bool in_front;       // that one lies in front
  uint32_t ended;      // how the client has ended it; 0: they have not
  char *title, *about; // facts: the name, the JSON
  uint8_t *rgba;
  uint32_t width, height;
  canvas *canvas;
  tape_sound **tapes;
  uint64_t *frames;
  uint32_t count;
  uint64_t longest;
  memory_map memory; // the keeper's
} job;

struct jobs {
  int link;
  uint32_t numbers; // given to jobs so far
  job *gathered;    // of the request that is being gathered, as are the next three
  uint32_t request, ended, front;
  pthread_t worker;
  bool working;
  pthread_mutex_t lock; // for what follows
  pthread_cond_t came;
  job *waiting; // for memory, oldest first
  bool lent;    // one has asked for memory, or has it: one at a time
  job *ready;   // oldest first
  bool ending;
};

static void job_free(job *j) {
  free(j->title);
  free(j->about);
  free(j->rgba);
  canvas_destroy(j->canvas);
  for (uint32_t i = 0; i < j->count; i++) tape_sound_let_go(j->tapes[i]);
  free(j->tapes);
  free(j->frames);
  memory_map_close(&j->memory);
  free(j);
}

static void append(job **list, job *j) {
  while (*list) list = &(*list)->next;
  *list = j;
}

// `about`: the job's from then on.
static job *add(jobs *js, job_kind kind, const char *title, char *about) {
  job *j = calloc(1, sizeof *j);
  if (!j) {
    free(about);
    return NULL;
  }
  *j = (job){.kind = kind,
    .number = ++js->numbers,
    .request = js->request,
    .title = words_take(title, TITLE_MAX),
    .about = about};
  if (j->title && j->about) {
    append(&js->gathered, j);
    return j;
  }
  job_free(j);
  return NULL;
}

static gesto_result take_picture(void *data, const char *title, const char *about,
  uint8_t *rgba, uint32_t width, uint32_t height) {
  job *j = add(data, JOB_PICTURE, title, words_take(about, ABOUT_MAX));
  if (!j) {
    free(rgba);
    return GESTO_NO_MEMORY;
  }
  j->rgba = rgba;
  j->width = width;
  j->height = height;
  return GESTO_OK;
}

// `j` or NULL; the canvas is taken over.
static gesto_result take_canvas(const jobs *js, job *j, uint32_t n, canvas *shared) {
  if (!j) {
    canvas_destroy(shared);
    return GESTO_NO_MEMORY;
  }
  j->paper = n;
  j->in_front = n == js->front;
  j->canvas = shared;
  canvas_size(shared, &j->width, &j->height);
  return GESTO_OK;
}

static gesto_result take_paper(
  void *data, uint32_t n, const char *title, const char *about, canvas *shared) {
  return take_canvas(
    data, add(data, JOB_PAPER, title, words_take(about, ABOUT_MAX)), n, shared);
}

static gesto_result take_sheets(
  void *data, uint32_t n, const char *title, canvas *shared) {
  return take_canvas(data, add(data, JOB_SHEETS, title, words_take("", 0)), n, shared);
}

static void take_front(void *data, uint32_t n) { ((jobs *)data)->front = n; }

static gesto_result take_sound(void *data, const char *title, tape_sound **given,
  const uint64_t *frames, uint32_t count) {
  job *j = add(data, JOB_SOUND, title, words_take("", 0));
  tape_sound **held = calloc(count, sizeof *held);
  uint64_t *lengths = calloc(count, sizeof *lengths);
  if (!j || !held || !lengths) {
    for (uint32_t i = 0; i < count; i++) tape_sound_let_go(given[i]);
    free(held);
    free(lengths);
    return GESTO_NO_MEMORY;
  }
  memcpy(held, given, count * sizeof *held);
  memcpy(lengths, frames, count * sizeof *lengths);
  j->tapes = held;
  j->frames = lengths;
  j->count = count;
  for (uint32_t i = 0; i < count; i++) {
    if (frames[i] > j->longest) j->longest = frames[i];
  }
  return GESTO_OK;
}

static gesto_result take_facts(void *data, const char *name, const char *json) {
  return add(data, JOB_FACTS, name, strdup(json)) ? GESTO_OK : GESTO_NO_MEMORY;
}

static void take_ended(void *data, uint32_t how) { ((jobs *)data)->ended = how; }

// More than any encoder of ours writes.
static uint64_t room_for(const job *j) {
  const uint64_t spare = (64 << 10) + strlen(j->title) + strlen(j->about);
  switch (j->kind) {
  case JOB_SHEETS: return sheets_room(j->canvas);
  case JOB_PICTURE:
  case JOB_PAPER:
    return (uint64_t)j->width * j->height * 4 * 101 / 100 + j->height + spare;
  case JOB_SOUND: return sound_file_room(j->longest) + spare;
  default: return strlen(j->about) + 1;
  }
}

static result write_picture(const job *j, size_t *size) {
  const picture p = {.width = j->width, .height = j->height, .rgba = j->rgba};
  return picture_write_png(&p, j->title, j->about, j->memory.bytes, j->memory.size, size);
}

static void mix(void *data, uint64_t at, uint64_t count, float *to) {
  const job *j = data;
  for (uint32_t i = 0; i < j->count; i++) {
    const uint64_t left = at < j->frames[i] ? j->frames[i] - at : 0;
    tape_sound_add(j->tapes[i], at, count < left ? count : left, to);
  }
}

static result write_sound(const job *j, size_t *size) {
  const sound_source source = {
    .data = (void *)j, .read = mix, .frames = j->longest, .title = j->title};
  return sound_file_write_from(
    SOUND_FLAC, &source, j->memory.bytes, j->memory.size, size);
}

static result write_facts(const job *j, size_t *size) {
  *size = strlen(j->about);
  if (*size > j->memory.size) return NO_SPACE;
  memcpy(j->memory.bytes, j->about, *size);
  return OK;
}

static result encode(const job *j, size_t *size) {
  if (!j->memory.bytes) return NO_SPACE;
  switch (j->kind) {
  case JOB_PICTURE: return write_picture(j, size);
  case JOB_PAPER:
    return sheets_write_picture(
      j->canvas, j->title, j->about, j->memory.bytes, j->memory.size, size);
  case JOB_SHEETS: return sheets_write(j->canvas, j->memory.bytes, j->memory.size, size);
  case JOB_SOUND: return write_sound(j, size);
  default: return write_facts(j, size);
  }
}

static char *about_json(const job *j, size_t size) {
  const char *const kinds[] = {[JOB_PICTURE] = "picture",
    [JOB_PAPER] = "picture",
    [JOB_SHEETS] = "layers",
    [JOB_SOUND] = "sound",
    [JOB_FACTS] = "facts"};
  const bool facts = j->kind == JOB_FACTS;
  json_t *o = json_pack("{ss ss ss ss sI sI sI sI sI sb}", "kind", kinds[j->kind],
    "title", facts ? "" : j->title, "about", facts ? "" : j->about, "name",
    facts ? j->title : "", "bytes", (json_int_t)size, "width", (json_int_t)j->width,
    "height", (json_int_t)j->height, "frames", (json_int_t)j->longest, "paper",
    (json_int_t)j->paper, "front", (int)j->in_front);
  char *text = o ? json_dumps(o, JSON_COMPACT) : NULL;
  json_decref(o);
  return text;
}

static void say_done(
  const jobs *js, uint32_t request, gesto_result answer, uint32_t ended) {
  say(js->link,
    &(saying){
      .kind = FROM_PLAYER_WORKS_DONE, .a = request, .b = (uint32_t)answer, .big = ended});
}

// Asks the keeper for the memory of the next one, if none is lent.
static void ask_next(jobs *js) {
  saying want = {.kind = FROM_PLAYER_WANT};
  pthread_mutex_lock(&js->lock);
  const bool asks = js->waiting && !js->lent;
  if (asks) {
    js->lent = true;
    want.a = js->waiting->number;
    want.big = room_for(js->waiting);
  }
  pthread_mutex_unlock(&js->lock);
  if (asks) say(js->link, &want);
}

// [worker] The map goes before the word, so that the keeper can seal what it gave.
static void finish(jobs *js, job *j) {
  size_t size = 0;
  result r = encode(j, &size);
  char *text = r == OK ? about_json(j, size) : NULL;
  memory_map_close(&j->memory);
  say(js->link,
    &(saying){.kind = FROM_PLAYER_WORK,
      .a = j->number,
      .text = text ? text : "{\"kind\":\"none\",\"bytes\":0}"});
  free(text);
  if (j->last) say_done(js, j->request, j->answer, j->ended);
  job_free(j);
  pthread_mutex_lock(&js->lock);
  js->lent = false;
  pthread_mutex_unlock(&js->lock);
  ask_next(js);
}

static void *work(void *data) {
  jobs *js = data;
  pthread_mutex_lock(&js->lock);
  while (js->ready || !js->ending) {
    job *j = js->ready;
    if (!j) {
      pthread_cond_wait(&js->came, &js->lock);
      continue;
    }
    js->ready = j->next;
    j->next = NULL;
    pthread_mutex_unlock(&js->lock);
    finish(js, j);
    pthread_mutex_lock(&js->lock);
  }
  pthread_mutex_unlock(&js->lock);
  return NULL;
}

result jobs_create(jobs **made, int link) {
  jobs *js = *made = calloc(1, sizeof *js);
  if (!js) return NO_MEMORY;
  js->link = link;
  pthread_mutex_init(&js->lock, NULL);
  pthread_cond_init(&js->came, NULL);
  return OK;
}

void jobs_destroy(jobs *js) {
  if (!js) return;
  pthread_mutex_lock(&js->lock);
  js->ending = true;
  pthread_cond_signal(&js->came);
  pthread_mutex_unlock(&js->lock);
  if (js->working) pthread_join(js->worker, NULL);
  while (js->waiting) {
    job *j = js->waiting;
    js->waiting = j->next;
    job_free(j);
  }
  free(js);
}

static void ask_for_all(jobs *js, gesto_result answer) {
  pthread_mutex_lock(&js->lock);
  while (js->gathered) {
    job *j = js->gathered;
    js->gathered = j->next;
    j->next = NULL;
    j->last = !js->gathered;
    j->answer = answer;
    j->ended = js->ended;
    append(&js->waiting, j);
  }
  pthread_mutex_unlock(&js->lock);
  ask_next(js);
}

void jobs_gather(jobs *js, machine *m, uint32_t request) {
  const works_taker taker = {.data = js,
    .picture = take_picture,
    .paper = take_paper,
    .sheets = take_sheets,
    .front = take_front,
    .sound = take_sound,
    .facts = take_facts,
    .ended = take_ended};
  js->request = request;
  js->ended = 0;
  gesto_result answer = machine_works(m, &taker);
  if (!js->gathered)
    say_done(js, request, answer, js->ended);
  else
    ask_for_all(js, answer);
}

static job *take_waiting(jobs *js, uint32_t number) {
  pthread_mutex_lock(&js->lock);
  job *j = js->waiting;
  if (j && (!js->lent || j->number != number)) j = NULL;
  if (j) js->waiting = j->next;
  pthread_mutex_unlock(&js->lock);
  if (j) j->next = NULL;
  return j;
}

void jobs_take_memory(jobs *js, link_message *answer) {
  job *j = take_waiting(js, answer->a);
  if (!j) return;
  if (answer->fd_count > 0 && answer->fds[0] >= 0 &&
    memory_map_open(&j->memory, answer->fds[0], true, 1) != OK) {
    j->memory = (memory_map){0};
  }
  if (!js->working) js->working = pthread_create(&js->worker, NULL, work, js) == 0;
  if (!js->working) {
    finish(js, j);
    return;
  }
  pthread_mutex_lock(&js->lock);
  append(&js->ready, j);
  pthread_cond_signal(&js->came);
  pthread_mutex_unlock(&js->lock);
}
