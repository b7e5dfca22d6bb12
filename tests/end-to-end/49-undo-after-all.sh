#!/bin/bash
# Painted for a while, all programs killed, taken up again, a player ended, all of it undone,
# closed: made again from the journal it is the same. Then any moment of a creation: it is what
# it is without its snapshots, and so it is where a step cannot be read that is to be undone.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
export GESTO_ARCHIVE=$TMPDIR/archive XDG_CACHE_HOME=$TMPDIR/cache GESTO_PATIENCE=10
export XDG_STATE_HOME=${XDG_STATE_HOME:-$TMPDIR/state} XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$TMPDIR}
gesto=$BUILD/gesto
n=0
is() { # name, command...
  n=$((n + 1))
  if "${@:2}" >"$TMPDIR/out" 2>"$TMPDIR/err"; then echo "ok $n - $1"; else
    echo "not ok $n - $1"
    tail -n 5 "$TMPDIR/out" "$TMPDIR/err" | sed 's/^/# /'
  fi
}
ln -f "$BUILD/tests/time_two_hours" "$BUILD/time_two_hours.$$"
trap 'rm -f "$BUILD/time_two_hours.$$"' EXIT
is "killed, taken up, undone and closed, it equals its journal" \
  "$BUILD/time_two_hours.$$" "$gesto" "$PWD/tests/demo/painting.jsonl" 40

# Ten strokes a second that are much work, then all but five of them undone. A snapshot is made
# on the way; how many strokes it holds is up to the machine, more than those five by far.
python3 - >"$TMPDIR/strokes.jsonl" <<'EOF'
import json
def line(**k): print(json.dumps(k))
line(gesto="gestures/1", exercise="org.gesto.draw", stage=[640, 400], seed=7)
line(t=0.2, control="brush", value="wash")
line(t=0.2, control="size", value=300)
t = 0.5
for i in range(40):
    for k in range(8):
        what = "down" if k == 0 else "up" if k == 7 else "move"
        line(t=round(t, 6), tool="pen", pressure=0.6, source=1,
             **{what: [30 + i * 13 + k * 4, 40 + (i * 67 + k * 9) % 300]})
        t += 0.01
    t += 0.02
t += 2
for i in range(35):
    line(t=round(t, 6), action="undo")
    t += 0.01
for i in range(20):
    line(t=round(t, 6), action="redo")
    t += 0.01
line(t=round(t + 1, 6), close={"keep": "keep", "process": True, "title": "Sea"})
EOF
session=$("$gesto" play "$TMPDIR/strokes.jsonl" --speed 1 2>"$TMPDIR/err" | tail -n 1)
creation=$session/creations/01-draw
snapshots() { find "$1/snapshots" -name 'snap-*' | wc -l; }
is "there are snapshots" [ "$(snapshots "$creation")" -gt 0 ]
is "and the pieces that they name" [ -s "$creation/snapshots/pieces" ]
is "the manifest holds for them" "$gesto" verify "$session"
is "another reader finds its way in them" grep -qE 'pieces: [1-9][0-9]* tiles, [1-9][0-9]* steps' \
  <(PYTHONDONTWRITEBYTECODE=1 python3 tests/end-to-end/read_session.py "$session")
cp -r "$session" "$TMPDIR/flipped"
printf x | dd of="$TMPDIR/flipped/creations/01-draw/snapshots/pieces" bs=1 seek=9000 conv=notrunc 2>/dev/null
names_it() { ! "$gesto" verify "$TMPDIR/flipped" >"$TMPDIR/said" 2>&1 && grep -q 'snapshots/pieces' "$TMPDIR/said"; }
is "a byte that changed is named" names_it
end=$(jq .seconds "$creation/creation.json")
cp -r "$creation" "$TMPDIR/without" && rm -r "$TMPDIR/without/snapshots"
cp -r "$creation" "$TMPDIR/harmed"
# Every step, and no tile: then it is only known to be harmed when it is undone.
steps=$(python3 - "$TMPDIR/harmed/snapshots/pieces" <<'EOF'
import struct, sys
data = bytearray(open(sys.argv[1], "rb").read())
at, steps = 4096, 0
while at + 16 <= len(data):
    packed, size, check, kind = struct.unpack_from("<4I", data, at)
    if kind == 2:
        data[at + 16 + packed // 2] ^= 1
        steps += 1
    at += (16 + packed + 7) // 8 * 8
open(sys.argv[1], "wb").write(data)
print(steps)
EOF
)
is "steps that will be undone are among the pieces ($steps)" [ "$steps" -gt 5 ]
for t in 3 5.1 7.9 8.2 "$end"; do
  for of in "$creation" "$TMPDIR/without" "$TMPDIR/harmed"; do
    "$gesto" replay "$of" --at "$t" --to "$TMPDIR/$(basename "$of").png" >/dev/null 2>>"$TMPDIR/err"
  done
  is "at $t s it is as without snapshots" cmp "$TMPDIR/01-draw.png" "$TMPDIR/without.png"
  is "at $t s it is so where steps are harmed" cmp "$TMPDIR/harmed.png" "$TMPDIR/without.png"
done
is "as a whole it is what is in the record" "$gesto" replay "$TMPDIR/harmed"
echo "1..$n"
