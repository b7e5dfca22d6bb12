// SPDX-License-Identifier: GPL-3.0-or-later
// What our programs say to each other: kinds of link messages, and the pages of shared
// memory that a player, its driver and the sound program have in common. JSON in `text`
// is written and read with jansson.
#ifndef GESTO_BASE_PROTOCOL_H
#define GESTO_BASE_PROTOCOL_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum {
  // ---- keeper -> player. The player listens on descriptor 3 --------------------------
  // text: {"path":"/…/draw.so","creation":1,"seed":7,"stage":[w,h,scale],
  //   "look":{"flags":0,"text_scale":1.0},"settings":{"key":"value"},"assets":"/…/assets/",
  //   "mode":"live"|"timed"|"replay","first_seq":n,"feed_count":n,"id":"org.gesto.draw" or "",
  //   "version":"" or the version that saved the state,
  //   "anew":true if the state is of another creation, of which this one is a copy}
  // mode live: sound blocks come from the wave page; timed: from the time of the slots;
  // replay: from the feed alone.
  // fds in this order: page, ring (read-only), frame (or -1 if a == 0), feed (if b & 1),
  // wave (if b & 2), state (if b & 4: bytes for load, big = their length), tape room (if
  // b & 8: without a state it is a new one, with a state the one that the state is of),
  // picture (if b & 16: a PNG that was put for this client, value: its length), piece room and
  // piece file (if b & 32; the file is read-only, -1 if there is none).
  // a: 1 if there is a frame. The feed is a ring (ring.h) in a memfd; slots 1..feed_count
  // are taken from it first, then the live ring from first_seq on.
  TO_PLAYER_ORDER = 1,
  TO_PLAYER_FRAME, // fds: a new frame; a, b: its width and height in pixels; value: scale
  TO_PLAYER_WORKS, // hand over works (a: request); any number of WANT/WORK, then WORKS_DONE
  TO_PLAYER_SAVE, // (a: request, b: with history) state into the memfd that rides along,
                  // big: its size; answered by SAVED. value: slot of the oldest state
                  // that may be gone back to (0: none is known); without history the
                  // papers that are let go of, bit n - 1: paper n, and gone from then on
  TO_PLAYER_MEMORY, // answer to WANT (a: its request): a memfd of `big` bytes, or none
  TO_PLAYER_QUIT,   // destroy, say FAREWELL, exit
  TO_PLAYER_DECODE, // (a: request, b: longest side in pixels) fds: a PNG's bytes (big: how
  // many), a memfd for the picture (XRGB32, rows of w * 4). A spare can too
  TO_PLAYER_LISTEN, // fds: a sound file's bytes (big: how many), wave, page: play it block by
                    // block as the wave page asks; then silence. For the desk
  TO_PLAYER_ENCODE, // (a: request) fds: `big` frames of mono 24-bit PCM at 48000, a memfd for
                    // the FLAC file. A spare can too
  TO_PLAYER_INTAKE, // (a: request, b: longest side in pixels) fds: the bytes of a picture from
                    // outside (big: how many), a memfd for one of ours. A spare can too
  TO_PLAYER_GLIMPSE, // (a: request) fds: a memfd. What shows now goes into it as a PNG of w x h
                     // pixels (big: w << 32 | h)

  // ---- player -> keeper --------------------------------------------------------------
  FROM_PLAYER_READY = 50, // spare: locked, one hidden frame drawn. a: Landlock ABI
  FROM_PLAYER_LOADED,  // text: what the exercise declares (see docs in player/declared.h)
  FROM_PLAYER_REFUSED, // text: one sentence naming the file and the remedy; then it exits.
                       // Later too, where what lies in the piece room cannot be read
  FROM_PLAYER_CAUGHT_UP, // the feed is taken in; big: number of sound blocks run
  FROM_PLAYER_WANT,      // (a: request) wants a memfd of `big` bytes
  FROM_PLAYER_WORK, // (a: request of the memfd) text: {"kind":"picture"|"sound"|"facts",
                    //   "title":"","about":"","name":"","bytes":n,"width":w,"height":h,
                    //   "frames":n,"paper":which one it is of, or 0,"front":it lies in
                    //   front}; the first `bytes` of the memfd are the file
  FROM_PLAYER_WORKS_DONE, // (a: request, b: gesto_result as uint32, big: how the client has
                          // ended it, GESTO_WASHED_AWAY…; 0: they have not)
  FROM_PLAYER_SAVED,   // (a: request, b: gesto_result) big: bytes written; text: version;
                       // value: the last slot that is in it
  FROM_PLAYER_CONTROL, // a: id, value: what it is now (the exercise asked for it)
  FROM_PLAYER_GAVE_UP, // a: gesto_result, text: the sentence for the user
  FROM_PLAYER_LOG,     // a: level, text
  FROM_PLAYER_ASSET,   // text: name of an asset that was read
  FROM_PLAYER_FAREWELL, // orderly end
  FROM_PLAYER_DECODED,  // (a: request, b: 1 = done, 0 = refused) big: w << 32 | h
  FROM_PLAYER_SPOTS, // live: the places to reach without a pointer are others than before.
                     // text: [{"id":1,"x":0,"y":0,"w":48,"h":48,"name":"Pad C"}…] in
                     // units, in reading order, at most SPOTS_MAX; names up to 235 bytes,
                     // without control characters
  FROM_PLAYER_ENCODED, // (a: request, b: 1 = done, 0 = refused) big: bytes of the file
  FROM_PLAYER_SAY, // live: words of the exercise to be spoken and shown. text: at most
  // SAY_BYTES of UTF-8; a: 1 = instead of what is being said; big: exercise
  // time in us
  FROM_PLAYER_CUE, // live: a soft sound of the house for it. a: CHIME_STEP or a breath;
                   // value: seconds that a breath takes
  FROM_PLAYER_PICTURED, // the exercise looked at the picture of its order
  FROM_PLAYER_INTAKEN,  // (a: request, b: INTAKE_DONE…) big: bytes of the PNG; text: ""
  // or the sheets that may look different here, as people read them
  FROM_PLAYER_GLIMPSE, // (a: request, b: 1 = done, 0 = not) big: bytes of the PNG

  // ---- keeper -> stage. The stage listens on descriptor 3 ----------------------------
  TO_STAGE_SESSION = 100, // fds: ring (writable), sound page. text: {"session":"…",
  //   "calm":bool,"exercises":[declared…, each with "title" and "index", as far as the
  //   client's room offers it: a choice has a "value", a colour may have "colours"],
  //   "next_creation":n,"works":[…as TO_STAGE_WORK…],"begin":"" or the id
  //   of the exercise to open at once, "room":{"called":alias or "","minutes":0 or how long
  //   it is to last,"language":"" or "de"…,"loudness":10..100 per cent at most,
  //   "goals":["in the client's words"…],"access":{as stage/room.h has it}},
  //   "said":{the facts check_in, check_out, draft of session.json, those that are there},
  //   "last_word_due":true after a CLOSE that has more to come,"ends":after any other,
  //   "clock":{"began_us":CLOCK_MONOTONIC of its beginning,"minutes":as CLOCK set them; 0:
  //   as the room says},"last":what can be carried on, {"exercise":id or "","seconds":s,
  //   "newer_stays":what was made after it is kept and cannot be carried on},
  //   "place":what people call this room, or ""}
  TO_STAGE_PLAYER,  // fds: page, frame. a: creation, b: 1 = brought back; text: declared;
                    // big: microseconds of exercise time that had passed
  TO_STAGE_GONE,    // the player ended; a: creation, b: 1 = being brought back, 0 = set
                    // aside; text: one calm sentence; big: when, microseconds since 1970;
                    // value: inputs of the creation that are recorded
  TO_STAGE_FRAME,   // fds: frame. a, b: width, height in pixels; answer to RESIZE
  TO_STAGE_CONTROL, // as FROM_PLAYER_CONTROL
  TO_STAGE_WORK, // a: creation. text: {"creation":n,"title":"","exercise":"","seconds":s,
                 //   "kind":"picture"|"sound"|"facts","width":w,"height":h,
                 //   "ending":""|"washed-away"|"torn"|"buried"|"partly-gone",
                 //   "place":which of its pictures, from 0,"of":how many there are,
                 //   "paper":which one it is, from 1; 0: it is of none}; fds:
                 //   for a picture its pixels, decoded by a player: w x h XRGB32, sealed
  TO_STAGE_LEFT, // a: creation. All works of it were announced
  TO_STAGE_CLOSED, // the session is closed and on disk; text: its folder
  TO_STAGE_PING,   // a: number. Answer PONG within 500 ms
  TO_STAGE_NOTICE, // text: a sentence to show (disk full, no Landlock…); empty: all well
  TO_STAGE_QUIT,
  TO_STAGE_TROUBLE, // a: 1 = written, text: the path; 0: text: one sentence
  TO_STAGE_SPOTS,   // a: creation; text: as FROM_PLAYER_SPOTS, no more trusted than that
  TO_STAGE_CAPTION, // a: creation; text: what its exercise says now; big: milliseconds to show it
  TO_STAGE_SOUND, // text: {"sound":bool,"voice":bool,"why":""}: whether a device plays, whether
                  // words can be spoken, and one sentence for the therapist where not
  TO_STAGE_NOTE, // text: {"state":"none"|"opening"|"on"|"making"|"kept"|"no-microphone",
  //   "seconds":s,"level":0..1000}: the voice note, at each change and, while
  //   the microphone is on, ten times a second

  // ---- stage -> keeper ---------------------------------------------------------------
  FROM_STAGE_HELLO = 150, // a, b: window size in pixels
  FROM_STAGE_CHOOSE, // text: exercise id; fds none; big: stage size in pixels (w << 32 | h);
  // value: scale; a: look flags, above them (<< 16) the size of words in
  // per cent; b: 1 = carry on with what is left
  // from last time. Answer PLAYER
  FROM_STAGE_RESIZE, // a, b: size of the exercise's area in pixels, value: scale
  FROM_STAGE_LEAVE,  // a: creation. Make its works, end its player. Answer WORK…, LEFT
  FROM_STAGE_BACK,   // a: creation that was left: it goes on. Answer PLAYER or GONE
  FROM_STAGE_TROUBLE, // write down how the exercise ended last, and nothing of what was made.
                      // Answer TROUBLE
  FROM_STAGE_CLOCK,    // a: minutes that the session is to last in all
  FROM_STAGE_KEEP_NOW, // ctrl+s: make the works now, go on
  FROM_STAGE_FLOW, // text: JSON of a fact for the session (feeling, wish, answers); with
                   //   a member "fact" a line of the flow (see docs/session-format.md)
  // text: {"works":[{"creation":1,"keep":"keep"|"private"|"let-go","process":bool,
  // "title":"Sea","let_go":[papers, from 1, that are let go of while the others stay]}]}.
  // Answer CLOSED. a: 1 = what it says is carried out at once, but the session stays open for
  // a last word; a second CLOSE, which says the same, ends it
  FROM_STAGE_CLOSE,
  FROM_STAGE_PONG, // a: the ping's number
  FROM_STAGE_ROOM, // text: what of the room the client set otherwise: {"access":{…},
  //   "language":"de","goals":[…]}, each only if it changed; null: as usual
  FROM_STAGE_BYE, // the window is gone on purpose
  FROM_STAGE_DRAFT, // text: a JSON object of what was said and not given yet. Kept until the
                    // session is closed, for a stage that is started anew; {}: nothing
  FROM_STAGE_VOICE, // text: {"on":bool,"rate":1.0,"language":"en"}: how words are spoken
                    // from now on, and whether those of an exercise are
  FROM_STAGE_SAY, // text: to be spoken now, instead of what is being said; empty: be quiet
  FROM_STAGE_NOTE,  // a: NOTE_BEGIN…: the voice note. Answer NOTE
  FROM_STAGE_STIRS, // something came that it will take in now; at most once a second. One
                    // that has not stirred for 3 s is hardly pinged

  // ---- keeper -> sound, sound -> keeper (descriptor 3 of gesto-sound) ----------------
  TO_SOUND_ATTACH =
    200, // fds: wave, sound page. Replaces the wave before, with a fade. The
         // sound page (both fds each time; memfds of sizeof the structs) is taken
         // from the first ATTACH and kept. After it, only blocks that the wave
         // page's `asked` counts from then on are wanted
  TO_SOUND_DETACH, // fade out and let the wave page go
  TO_SOUND_QUIT,   // fade out and exit; end of the link does the same
  TO_SOUND_PAGE,   // fds: sound page, before anything is attached
  TO_SOUND_CLIP,  // fds: `big` frames of mono 16-bit PCM at 48000 in sealed memory, to be
                  // played beside the wave. b: 1 = what is being said fades out for it,
                  // 0 = after that
  TO_SOUND_QUIET, // what is being said fades out, what waits is dropped
  TO_SOUND_CHIME, // a: CHIME_…; value: seconds that a breath takes
  TO_SOUND_RECORD, // to `gesto-sound --microphone` alone. fds: note page. Opens the microphone
  FROM_SOUND_STATE =
    250, // text: {"device":"…","running":bool,"rate":48000,"why":""}; first
         // after the start and at each change. If the device stops answering, the
         // program leaves with status 3 and a new one is to be started

  // ---- keeper -> desk. The desk listens on descriptor 3 ------------------------------
  TO_DESK_LIST =
    300, // fds: memfd with the JSON of catalogue_list_json (big: its length), to
         // which "live":[{"name","path","client","began"}] (interrupted sessions)
         // and "exercises":[declared…, each with "cautions"] are
         // added; clients also have "room" (record/recipe.h), "guest", "kind", "members",
         // "picture": path of the one that was put for them
  TO_DESK_PIXELS, // a: request; fds: w x h XRGB32; big: w << 32 | h
  TO_DESK_PLAYER, // fds: page, frame: a replay to be shown, anew after each way back. big: its
                  // length us
  TO_DESK_PROGRESS, // big: exercise time us that shows; a: 1 = it holds there; b: number of
                    // the last PLAY that was heard
  TO_DESK_SAID,     // a: request, b: 1 = done, 0 = not; text: a sentence or a path
  TO_DESK_SESSION, // a: 1 = a client session began (the desk covers itself), 0 = ended
  TO_DESK_RAISE,   // somebody asked for the desk: the window comes to the front
  TO_DESK_PING,
  TO_DESK_QUIT,
  TO_DESK_TOLD,   // what the client whose session runs said, from Finish on. text: as
                  // told_json of record/told.h
  TO_DESK_COURSE, // what happened in the creation that is replayed, before its PLAYER.
  // fds: memfd with JSON as course_json of keeper/course.h (big: its length)

  // ---- desk -> keeper ----------------------------------------------------------------
  FROM_DESK_HELLO = 350,
  FROM_DESK_LIST,
  FROM_DESK_BEGIN,  // text: {"client":alias or id or null,"exercise":id or ""}
  FROM_DESK_RESUME, // text: name of a live session: go on with it
  FROM_DESK_FINISH, // text: name of a live session: close it as interrupted
  FROM_DESK_THUMB,  // a: request, b: longest side; text: path of a picture in the archive
  FROM_DESK_LISTEN, // text: path of a sound in the archive; empty: stop
  FROM_DESK_REPLAY, // text: path of a creation; a, b: pixels there are for it. Answer COURSE,
                    // PLAYER; it holds at the beginning. Empty: stop
  FROM_DESK_CLIENT, // text: {"alias":"Juno"} makes a client, with "client":id names one, with
                    // "members":[ids] makes a group. Answer LIST, SAID
  FROM_DESK_ROOM, // text: {"client":id,"room":{what is to be otherwise, see record/recipe.h}}
                  // Answer LIST, SAID
  FROM_DESK_PICTURE, // text: {"client":id,"path":of a picture that is to be put for the
                     // client, "" takes off the one that is there}. Answer LIST, SAID
  FROM_DESK_REPORT,  // a: request; text: path of a session. Writes the page and opens it
  FROM_DESK_PONG,
  FROM_DESK_BYE,
  // text: how the replay goes on: {"number":n,"at":us to go to first,"play":bool,"until":us to
  // hold at,"speed":0.25..1000,"skip":pauses are passed over,"leave_out":what was taken back};
  // what is not there stays, but "at" and "until". Answer PROGRESS
  FROM_DESK_PLAY,

  // ---- a second gesto on the same archive -> the first, which answers SAID_ASKED -----
  ASK_DESK = 390, // the desk is to come to the front
  ASK_SESSION,    // text: {"client":alias or null,"exercise":id or null,"minutes":n or 0,
                  //   "language":"de" or ""}: a session is to begin
  SAID_ASKED,     // a: 1 = done, 0 = not; text: a sentence for whoever asked

  // ---- keeper -> voice, voice -> keeper (descriptor 3 of gesto-voice) ------------------
  TO_VOICE_RENDER =
    400, // (a: request) text: "language\nwords"; value: rate, 1 = as usual; fds: a memfd
         // for mono 16-bit PCM at 48000 (big: its bytes). Once; then the program ends, so
         // that the same words always sound the same
  FROM_VOICE_READY = 450, // locked, and can speak
  FROM_VOICE_CLIP,        // (a: request) big: frames; 0: it cannot speak this
};

enum { SAY_BYTES = 500 };

enum { // what became of a picture from outside
  INTAKE_DONE = 1,
  INTAKE_UNKNOWN,   // neither PNG nor JPEG nor OpenRaster
  INTAKE_DAMAGED,   // or not whole
  INTAKE_TOO_LARGE, // over the limits of core/media
  INTAKE_EMPTY,     // nothing is to be seen on it
  INTAKE_NO_MEMORY,
};

enum { SPOTS_MAX = 128 };

// ---- The page of a player: keeper reads, player writes, driver reads (memfd) -----------
enum { PAGE_RECTS = 16, PAGE_REPORTS = 32768, PAGE_PAPER_PART = 1024 };

typedef struct page_rect {
  uint32_t x, y, w, h; // pixels of the frame
} page_rect;

enum {             // page_report.kind
  REPORT_TOOK = 1, // sound block `block` (from 0) took `count` events
  REPORT_HEARD,    // `count` emitted events were delivered, the last of them from `block`
  REPORT_BLOCKS, // `block` blocks have been run (at each turn of the main thread in which
                 // the number changed by 75 or more, and at the end)
  REPORT_LATE,   // the device reported `count` late blocks
  // Of the canvas, in the order in which it came about; `before_seq` is the slot with which it
  // did, or the ticks before that, and `count` numbers what this player reported of it, from 1.
  REPORT_MADE, // a step that Undo takes back; `block`: the slot that it comes of, of a line
               // its DOWN, or 0
  REPORT_UNDONE, // the newest step was taken back
  REPORT_REDONE, // what was taken back last was brought back
};
typedef struct page_report {
  uint64_t before_seq; // it happened before slot `before_seq` was delivered
  uint64_t block;
  uint32_t kind, count;
} page_report;

enum { BUSY_EVENT = 1, BUSY_TICK, BUSY_DRAW, BUSY_WORKS, BUSY_LOAD, BUSY_SOUND };

typedef struct player_page {
  // [player's main thread]
  _Atomic uint64_t busy_since_us; // CLOCK_MONOTONIC; 0: not inside the exercise
  _Atomic uint64_t busy_seq;    // the slot it is in (or the last one, in a tick or draw)
  _Atomic uint32_t busy_kind;   // BUSY_…
  _Atomic uint32_t wants_ticks; // 1: the driver sends ADVANCE 60 times a second
  _Atomic uint64_t done_seq;    // last slot delivered
  _Atomic uint64_t spent_us;    // on delivering slots, so far: what doing it again costs
  // Of its canvas at birth, in PAGE_PAPER_PARTs of a unit; 0: it has none, or not yet.
  _Atomic uint32_t paper_width, paper_height;
  // How broad a line is that is drawn on it now, in the same parts; 0: not known.
  _Atomic uint32_t dab;
  _Atomic uint32_t taken_up; // 1: it has its order, and goes on to the exercise
  // [player's sound thread]
  _Alignas(64) _Atomic uint64_t sound_busy_since_us;
  _Atomic uint64_t sound_block; // blocks run
  // [player's main thread] A picture is ready. The driver waits at commit_bell, copies the
  // rectangles out of the frame, then sets shown = commit and, if awaits_shown, rings the
  // ring's bell. The player draws the next one only then.
  _Alignas(64) _Atomic uint32_t commit_bell; // +1 and wake: commit, wants_ticks, emitted
  _Atomic uint32_t commit;                   // number of the newest picture, from 1
  _Atomic uint32_t rect_count;
  _Atomic uint64_t commit_seq;   // last slot taken into this picture
  _Atomic uint32_t awaits_shown; // 1: there is more to draw once this one is shown
  page_rect rects[PAGE_RECTS];
  _Alignas(64) _Atomic uint32_t shown; // [driver]
  // Reports: single producer player main thread, single consumer keeper.
  _Alignas(64) _Atomic uint64_t reports_written;
  _Alignas(64) _Atomic uint64_t reports_taken; // [keeper]
  page_report reports[PAGE_REPORTS];
} player_page;

// ---- The frame: XRGB32 (CAIRO_FORMAT_RGB24) after its head, rows of width * 4 bytes ------
typedef struct frame_head {
  uint32_t width, height; // pixels, at most 8192; checked against the map's size
} frame_head;
enum { FRAME_HEAD = 64 };
#define FRAME_BYTES(w, h) (FRAME_HEAD + (size_t)4 * (w) * (h))

// ---- The wave page: sound program asks for blocks, the player answers --------------------
enum { WAVE_SLOTS = 128, WAVE_FRAMES = 64 };
typedef struct wave_page {
  _Alignas(64) _Atomic uint32_t asked; // [sound] blocks wanted in all; +n and wake
  _Atomic uint32_t late;               // [sound] blocks that did not come in time
  _Atomic uint32_t input_on;           // [sound] 1: `in` holds the microphone
  _Alignas(64) _Atomic uint32_t done;  // [player] blocks answered; wake
  float in[WAVE_SLOTS][2][WAVE_FRAMES];
  float out[WAVE_SLOTS][2][WAVE_FRAMES]; // block n (0, 1…) in slot n % WAVE_SLOTS
} wave_page;

// ---- The sound page: stage and sound program, so that Stop waits for nobody --------------
// hush is for the exercise; what is being spoken when it comes goes silent with it.
enum { CHIMES_WAITING = 8 };
enum {            // the sounds of the house
  CHIME_TICK = 1, // something was chosen
  CHIME_KEEP,     // saved by the client's own wish
  CHIME_PAUSE,
  CHIME_STEP, // a step changes
  CHIME_BREATH_IN,
  CHIME_BREATH_OUT,
};
typedef struct sound_page {
  _Alignas(64) _Atomic uint32_t hush; // [stage] 1: fade out within 300 ms and stay silent
  _Atomic uint32_t volume;            // [stage] 0..1000, 1000 = 0 dB of our own ceiling
  _Alignas(64) _Atomic uint32_t peak; // [sound] 0..1000 of the last 100 ms, after limiter
  _Atomic uint32_t running;           // [sound] 1: a device plays; 0: silent clock
  _Alignas(64) _Atomic uint32_t voice_volume; // [stage] as volume, of what is spoken
  _Atomic uint32_t chimes; // [stage] wanted in all: +1 once its kind stands
  _Atomic uint32_t chime[CHIMES_WAITING]; // [stage] CHIME_… of the nth in n % that
  _Alignas(
    64) _Atomic uint32_t microphone; // [keeper] 1: it records, so only the wave sounds
} sound_page;

// ---- The note page: a microphone and its keeper (memfd) ---------------------------------
enum { NOTE_RATE = 48000, NOTE_RING = 4 * NOTE_RATE };
enum { NOTE_BEGIN = 1, NOTE_END, NOTE_LISTEN, NOTE_QUIET, NOTE_LET_GO };
typedef struct note_page {
  _Alignas(
    64) _Atomic uint32_t written;      // [sound] frames so far; frame n in n % NOTE_RING
  _Atomic uint32_t level;              // [sound] peak of the last 100 ms, 0..1000
  _Alignas(64) _Atomic uint32_t taken; // [keeper]
  int32_t frames[NOTE_RING];           // mono, 24 bits, -8388608..8388607
} note_page;

// ---- The tape room: what the tapes of one creation hold (memfd, sparse) -----------------
// The keeper makes it with a performance and hands it over with each order, so that what one
// player wrote is there for the next. A tape is a list of chunks, which stands in the
// player's state; a chunk is given out once and never again, so that all there is has a
// limit. What is written over is put down first: a player that is brought back from a state
// undoes what the blocks after it wrote, and then runs those blocks again.
enum {
  TAPE_CHUNK_FRAMES = 32768, // 2 channels, interleaved
  TAPE_CHUNKS = 8191,        // 93 minutes
  TAPE_UNDO_FRAMES = 64,
  TAPE_UNDOS = 65536,
};
typedef struct tape_undo {
  uint64_t block;                     // the sound block that wrote over it
  uint32_t chunk, at, frames, unused; // chunk from 1, first frame in it
  float samples[TAPE_UNDO_FRAMES][2];
} tape_undo;
typedef struct tape_room_page {
  uint32_t id;                          // [keeper] tells rooms apart; never 0
  _Alignas(64) _Atomic uint32_t chunks; // [player] given out so far
  _Atomic uint64_t undos;               // [player] put down so far, n in n % TAPE_UNDOS
  _Atomic uint64_t undos_lost;          // [player] those before this one are gone
  _Alignas(4096) tape_undo undo[TAPE_UNDOS];
  _Alignas(4096) float samples[TAPE_CHUNKS][TAPE_CHUNK_FRAMES][2];
} tape_room_page;

// ---- The piece room: what a canvas has put away (memfd, sparse) -------------------------
// A player that saves, or undoes far back, puts pieces (core/studio/piece.h) here, each after
// the one before it. The keeper brings them into a file, where they keep their places, so that
// they outlive everything; those that are there are gone from the room, and read in the file.
#define PIECE_ROOM_BYTES ((uint64_t)4 << 30)
#define PIECE_ROOM_WAITING \
  ((uint64_t)1 << 30)             // at most so much is on its way to the file
enum { PIECE_ROOM_FIRST = 4096 }; // bytes of the head, in the room and in the file
typedef struct piece_room_page {
  _Alignas(64) _Atomic uint64_t written; // [player] bytes, in all
  _Alignas(64) _Atomic uint64_t filed;   // [keeper] of them those that are in the file
} piece_room_page;

#endif
