#!/bin/bash
# What stays after each answer at closing, file by file; and that of what was let go of, and of a
# wish that was typed and skipped, no byte is found again, also if all ends in the middle of
# Finish. One session makes five works: keep, keep with how it was made, private, let go, and one
# without an answer.
. "$(dirname "$0")/window.bash"
mkdir -p "$TMPDIR/own" && export HOME=$TMPDIR/own # all of it is searched
exercises exercises/steady.so
: >"$TMPDIR/none"
open_screen

click() { # a mouse, so that the fields want no keys on the screen
  local x y w h
  read -r x y w h < <(rect_of "$1")
  [ -n "$h" ] && xdotool mousemove $((x + w / 2)) $((y + h / 2)) click 1
}
must() { "$@" || { echo "not ok $((n + 1)) - $* # $(tree | jq -r '.. | .id? // empty' | head -n 40 | tr '\n' ' ')"; tail -n 5 "$TMPDIR/err"; exit 1; }; }
make_one() { # how many there will be
  becomes 20 has card-org.gesto.test.steady && press card-org.gesto.test.steady
  becomes 20 paper || return 1
  local x y
  read -r x y _ < <(rect_of area)
  door "{\"do\":\"touch\",\"phase\":\"down\",\"finger\":1,\"x\":$((x + 20 + $1 * 30)),\"y\":$((y + 50)),\"pressure\":0.5}"
  door "{\"do\":\"touch\",\"phase\":\"up\",\"finger\":1,\"x\":$((x + 20 + $1 * 30)),\"y\":$((y + 50)),\"pressure\":0.5}"
  sleep 1 # so that it has sounded, on a busy machine too
  press pause
  becomes 10 has other && press other
}
live() { find "$GESTO_ARCHIVE/.live" -mindepth 1 -maxdepth 1 | head -n 1; }
files() { (cd "$1" && find . -type f ! -path '*/snapshots/*' ! -path '*/assets/*' -printf '%P ' | tr ' ' '\n' | sort | tr '\n' ' '); }
answer() { # by touch, with a title for each
  PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=tests/end-to-end python3 - "$GESTO_TEST_INPUT" "$TMPDIR" <<'END'
import sys
from robot import Screen, Touch
screen = Screen(*sys.argv[1:])
hand = Touch(screen)
for n, answers in enumerate((["keep"], ["keep", "process"], ["private"], ["let-go"], [])):
    hand.press("made-%d-title" % n)
    screen.until("a field to write in", lambda now: "focused" in now["made-%d-title" % n]["state"])
    screen.tell(do="text", text="Zqtitle%d" % n)
    for each in answers:
        one = "made-%d-%s" % (n, each)
        hand.press(one)
        screen.until(one, lambda now: "selected" in now[one]["state"])
END
}
# What is only in the folder of one creation: pieces of all of its files.
learn() { # folder, file to keep the pieces in
  python3 - "$1" "$GESTO_ARCHIVE" "$2" <<'END'
import os, sys
own, archive, to = sys.argv[1:]
def all_files(top):
    return [os.path.join(d, f) for d, _, fs in os.walk(top) for f in fs]
mine = [open(f, "rb").read() for f in all_files(own)]
others = [open(f, "rb").read() for f in all_files(archive)
          if not f.startswith(own) and not f.endswith(".reserve")]
pieces = set()
for bytes_of in mine:
    for k in range(1, 24):
        at = len(bytes_of) * k // 24
        piece = bytes_of[at:at + 24]
        if len(piece) == 24 and len(set(piece)) > 8 and not any(piece in o for o in others):
            pieces.add(piece)
pieces = sorted(pieces)[::max(1, len(pieces) // 24)]
with open(to, "wb") as f:
    f.write(b"".join(pieces))
print("%d files, %d pieces" % (len(mine), len(pieces)))
END
}
found() { # file of pieces, words...: what of them lies anywhere
  python3 - "$@" "$GESTO_ARCHIVE" "$XDG_RUNTIME_DIR" "$XDG_STATE_HOME" "$XDG_CACHE_HOME" /dev/shm "${HOME:-/none}" <<'END'
import os, sys
kept = open(sys.argv[1], "rb").read()
words = [a for a in sys.argv[2:] if not a.startswith("/")]
places = [a for a in sys.argv[2:] if a.startswith("/")]
pieces = [kept[i:i + 24] for i in range(0, len(kept), 24)] + [w.encode() for w in words]
seen, hits = set(), []
for place in places:
    for d, _, fs in os.walk(place):
        for f in fs:
            p = os.path.realpath(os.path.join(d, f))
            if p in seen or p == os.path.realpath(sys.argv[1]) or not os.path.isfile(p): continue
            if os.path.basename(p) in ("Xvfb_screen0", ".reserve") or "/programs/" in p: continue
            if p.startswith("/dev/shm") and os.stat(p).st_mtime < os.stat(sys.argv[1]).st_mtime: continue
            seen.add(p)
            try: data = open(p, "rb").read()
            except OSError: continue
            hits += ["%s in %s" % (x, p) for x in pieces if x in data]
print("\n".join(sorted(set(hits))[:5]))
sys.stderr.write("%d files searched for %d pieces\n" % (len(seen), len(pieces)))
END
}
nowhere() { local f; f=$(found "$@" 2>>"$TMPDIR/err"); [ -z "$f" ] || { echo "# $f"; false; }; }
session_of_five() {
  begin "$@"
  becomes 30 has skip || return 1
  click wish
  must becomes 10 shows '"id":"wish"[^}]*"focused"'
  door '{"do":"text","text":"Zqwish of today"}'
  sleep 1.3 # it is in the draft, on disk
  press skip
  local k
  for k in 1 2 3 4 5; do must make_one $k; done
  becomes 20 has finish && press finish
  becomes 20 shows '"id":"made-4-keep"' && becomes 20 shows_not '"id":"coming"'
  must answer
  sleep 1.3
}

is "five works, each answered for" session_of_five --client Juno
before=$(files "$(live)")
whole="creation.json facts.json layers.flac all-of-it.flac"
echo "# $before" | cut -c1-400
for k in 1 2 3 4 5; do
  is "before: work $k has journal and works" grep -q "creations/0$k-steady/process.journal" <<<"$before"
done
is "before: a key for each" [ "$(grep -c '^[0-9]* [0-9a-f]\{64\}$' "$GESTO_ARCHIVE/keys/$(basename "$(live)")")" -eq 5 ]
learn "$(live)/creations/04-steady" "$TMPDIR/pieces" >"$TMPDIR/learnt" 2>>"$TMPDIR/err"
is "before: there is much to be known again ($(cat "$TMPDIR/learnt"))" [ "$(wc -c <"$TMPDIR/pieces")" -ge 240 ]
is "before: and it is found" [ -n "$(found "$TMPDIR/pieces" Zqtitle3 2>/dev/null)" ]
press finish
becomes 20 has skip && press skip
becomes 20 has leave && press leave
is "the session ends" becomes 30 ended
session=$(folder)
is "it holds" quietly "$home/gesto" verify "$session"
of() { files "$session/creations/$1" 2>/dev/null; }
finished=$(of 01-steady)
echo "# $finished"
is "keep: creation.json, its works, its state" \
  [ "$(tr ' ' '\n' <<<"$finished" | grep -cE '^(creation.json|.*\.(png|flac)|steady.json|state)$')" -eq "$(wc -w <<<"$finished")" ]
is "keep: picture, sounds and facts are there" \
  [ "$(tr ' ' '\n' <<<"$finished" | grep -cE '\.(png|flac)$|steady.json')" -ge 4 ]
is "keep, and how I made it: the same and the journal" \
  [ "$(of 02-steady)" = "$(tr ' ' '\n' <<<"$finished process.journal" | grep . | sort | tr '\n' ' ')" ]
is "private: as keep" [ "$(of 03-steady)" = "$finished" ]
is "let go: nothing" [ ! -e "$session/creations/04-steady" ]
is "without an answer: as private" [ "$(of 05-steady)" = "$finished" ]
is "session.json says so of each" [ "$(jq -r '[.creations[] | .consent] | join(",")' "$session/session.json")" = "keep,keep,private,let go,private" ]
is "of what was let go it has exercise and minutes alone" \
  [ "$(jq -r '[.creations[3] | keys[]] | sort | join(",")' "$session/session.json")" = "consent,exercise,minutes,number" ]
keys=$GESTO_ARCHIVE/keys/$(basename "$session")
is "its key is gone" [ "$(sed -nE 's/^([0-9]+) [0-9a-f]{64}$/\1/p' "$keys" | tr '\n' ' ')" = "1 2 3 5 " ]
is "no byte of it is found anywhere" nowhere "$TMPDIR/pieces" Zqtitle3
is "nor of a wish that was skipped" nowhere "$TMPDIR/none" "Zqwish"
is "titles of what stays are where they belong alone" \
  [ "$(grep -rl Zqtitle0 "$GESTO_ARCHIVE" | grep -v catalogue | xargs -n1 basename)" = creation.json ]

# All ends in the middle of Finish. What is let go of then is gone when anything is next begun
# with that session, and the rest is private.
is "five works again" session_of_five --client Juno
live=$(live)
learn "$live/creations/04-steady" "$TMPDIR/pieces" >"$TMPDIR/learnt" 2>>"$TMPDIR/err"
everybody="$gesto $(keeper) $(program gesto-stage) $(program gesto-sound) $(children "$(keeper)" gesto-player | tr '\n' ' ')"
press finish
given() { grep -q '"given"' "$live/session.json" || [ ! -e "$live/creations/04-steady" ]; }
until=$((SECONDS + 120)) # without a pause: it is to be caught in the middle
while [ $SECONDS -lt $until ]; do given && break; done
# shellcheck disable=SC2086
kill -9 $everybody 2>/dev/null
wait "$gesto" 2>/dev/null
gesto=
is "all ended before it was closed" [ -d "$live" ]
cp "$BUILD/tests/fake_desk" "$home/gesto-desk"
echo "finish $(basename "$live")" >"$TMPDIR/do"
FAKE_DO=$TMPDIR/do FAKE_HEARD=$TMPDIR/heard is "it is closed from the desk" \
  quietly timeout 300 "$home/gesto"
session=$(sed -n 's/^said 0 1 //p' "$TMPDIR/heard")
is "as a session that holds" quietly "$home/gesto" verify "$session"
is "with what was answered ($(jq -r '[.creations[] | .consent] | join(",")' "$session/session.json"))" \
  [ "$(jq -r '[.creations[] | .consent] | join(",")' "$session/session.json")" = "keep,keep,private,let go,private" ]
is "no byte of it is found after that, either" nowhere "$TMPDIR/pieces" Zqtitle3 Zqwish
echo "1..$n"
