#!/bin/bash
# A long drawing whose player is killed late: it comes back from a snapshot, what it makes is
# what an undisturbed one makes, and its journal gives the same again. Snapshots stay, and are
# listed, where how it was made stays, and nowhere else.
. "$(dirname "$0")/kills.bash"
trap '[ -z "$gesto" ] || kill -9 "$gesto" 2>/dev/null' EXIT
warden= gesto=

# The recorded painting again and again, each time a little elsewhere.
painting() { # events, process
  python3 - "$1" "$2" <<'END'
import json, sys
lines = [json.loads(line) for line in open("tests/demo/painting.jsonl", encoding="utf-8")]
count, turn = 0, 0
print(json.dumps(lines[0]))
while count < int(sys.argv[1]):
    for line in lines[1:-1]:
        line = dict(line, t=round(line["t"] + 30 * turn, 6))
        for word in {"down", "move", "up"} & set(line):
            x, y = line[word]
            line[word] = [min(x + turn * 37 % 97, 1279), min(y + turn * 53 % 89, 799)]
        print(json.dumps(line))
        count += 1
    turn += 1
close = dict(lines[-1]["close"], process=sys.argv[2] == "true")
print(json.dumps({"t": 30 * turn + 2, "close": close}))
END
}
painting 12000 true >"$TMPDIR/long.jsonl"
painting 6000 false >"$TMPDIR/short.jsonl"

play() { # script, words...: in the background, so that its player can be killed
  "$BUILD/gesto" play "$@" >"$TMPDIR/out" 2>>"$TMPDIR/err" &
  gesto=$!
}
newest() { # of the snapshots of the session in progress; 0: none
  local name most=0
  for name in "$GESTO_ARCHIVE"/.live/*/creations/01-draw/snapshots/snap-*; do
    [ -e "$name" ] && [ "${name##*-}" -gt "$most" ] && most=${name##*-}
  done
  echo "$most"
}
wait_for_snapshot() { # slot that is in it, or a later one
  local i
  for ((i = 0; i < 3000; i++)); do
    [ "$(newest)" -ge "$1" ] && return 0
    kill -0 "$gesto" 2>/dev/null || break
    sleep 0.02
  done
  echo "no snapshot of slot $1 or later" >>"$TMPDIR/err"
  return 1
}
ends() {
  wait "$gesto"
  local code=$?
  gesto=
  folder=$(tail -n 1 "$TMPDIR/out")
  return $code
}
frames() { # kind, journal: what frames of that kind hold
  python3 - "$@" <<'END'
import sys
sys.path.insert(0, "tests/end-to-end")
from read_session import Journal, load
for kind, payload in Journal(load(sys.argv[2])).frames():
    if kind == int(sys.argv[1]):
        print(payload.decode())
END
}
is() { # name, command...
  "${@:2}" >>"$TMPDIR/err" 2>&1
  report $? "$1"
}
the_player() { children "$gesto" gesto-player | sort -n | head -n 1; }

play "$TMPDIR/long.jsonl"
ends
report $? "twelve thousand events, undisturbed"
whole=$folder/creations/01-draw

play "$TMPDIR/long.jsonl" --speed 24
wait_for_snapshot 5000
report $? "paced, snapshots come"
kill -9 "$(the_player)"
wait_for_snapshot 9500
report $? "after its player was killed, they come again"
kill -9 "$(the_player)"
ends
report $? "killed twice, it ends well"
creation=$folder/creations/01-draw
frames 5 "$creation/process.journal" >"$TMPDIR/revived"
cat "$TMPDIR/revived" >>"$TMPDIR/err"
[ "$(wc -l <"$TMPDIR/revived")" -eq 2 ]
report $? "the journal says that it came back twice"
[ "$(grep -c '"snapshot":"snap-[0-9]*"' "$TMPDIR/revived")" -eq 2 ]
report $? "each time from a snapshot"
[ "$(tail -n 1 "$TMPDIR/revived" | sed 's/.*snap-\([0-9]*\).*/\1/')" -ge 9500 ]
report $? "the second time from a late one"
is "nothing was left out" test -z "$(frames 4 "$creation/process.journal" 2>&1)"
is "its picture is the one of the undisturbed drawing" cmp "$creation/artwork.png" "$whole/artwork.png"
is "its state, too" cmp "$creation/state" "$whole/state"
"$BUILD/gesto" replay "$creation" >"$TMPDIR/said" 2>>"$TMPDIR/err"
report $? "its journal gives it again"
is "all of it" bash -c "test -s '$TMPDIR/said' && ! grep -v 'equals the record' '$TMPDIR/said'"

ls "$creation/snapshots" >"$TMPDIR/snapshots"
cat "$TMPDIR/snapshots" >>"$TMPDIR/err"
is "two snapshots stay with how it was made" test "$(wc -l <"$TMPDIR/snapshots")" -eq 2
is "and no other file beside them" test -z "$(grep -v '^snap-[0-9]*$' "$TMPDIR/snapshots")"
listed=$(grep -c " creations/01-draw/snapshots/snap-" "$folder/MANIFEST")
is "the MANIFEST lists them" test "$listed" -eq 2
frames 6 "$creation/process.journal" >"$TMPDIR/named"
told=0
while read -r name; do
  grep -q "\"file\":\"$name\"" "$TMPDIR/named" && told=$((told + 1))
done <"$TMPDIR/snapshots"
is "the journal names them" test $told -eq 2
is "gesto verify holds" "$BUILD/gesto" verify "$folder"
is "and so does a reader made from the page alone" python3 tests/end-to-end/read_session.py "$folder"

play "$TMPDIR/short.jsonl" --speed 24
wait_for_snapshot 1
report $? "one that is kept without how it was made has snapshots while it lasts"
ends
report $? "it ends well"
ls -A "$folder/creations/01-draw" >"$TMPDIR/left"
cat "$TMPDIR/left" >>"$TMPDIR/err"
is "its finished files stay" grep -qx artwork.png "$TMPDIR/left"
is "and nothing of how it was made" test -z "$(grep -vxE 'artwork.png|creation.json|state' "$TMPDIR/left")"
is "nor is any of it listed" test -z "$(grep -E 'snap-|journal$' "$folder/MANIFEST" | grep -v session.journal)"
