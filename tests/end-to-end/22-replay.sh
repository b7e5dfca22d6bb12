#!/bin/bash
# A creation is a journal of gestures: made again from it, in another process, at full speed and
# paced, it gives the same files; printed as a script and played, it gives them again.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
export GESTO_ARCHIVE=$TMPDIR/archive XDG_CACHE_HOME=$TMPDIR/cache
export XDG_STATE_HOME=${XDG_STATE_HOME:-$TMPDIR/state} XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$TMPDIR}
# A program that a busy machine holds up is not taken for one that hangs.
export GESTO_PATIENCE=${GESTO_PATIENCE:-10}
gesto=$BUILD/gesto out=$TMPDIR/out err=$TMPDIR/err
n=0
report() {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
    echo "not ok $n - $2"
    sed 's/^/# out: /' "$out"
    sed 's/^/# err: /' "$err"
  fi
}
is() { # name, command...
  "${@:2}" >"$out" 2>"$err"
  report $? "$1"
}
says() { # name, exit code, words, command...
  "${@:4}" >"$out" 2>"$err"
  [ $? -eq "$2" ] && cat "$out" "$err" | grep -qF -- "$3"
  report $? "$1"
}
play() { # script...: the folder of the session
  "$gesto" play "$@" 2>"$err" | tail -1
}
# Two contacts at once, a control, an undo, a pause, views of the paper and moments between the
# events.
cat >"$TMPDIR/draw.jsonl" <<'END'
{"gesto":"gestures/1","exercise":"org.gesto.draw","stage":[640,400],"seed":"18446744073709551615"}
{"t":0.1,"down":[100,100],"pressure":0.5,"tilt":[0.25,-0.5],"tool":"pen","source":1}
{"t":0.15,"down":[400,300],"pressure":0.5,"tool":"finger","source":2}
{"t":0.2,"move":[200,180],"pressure":0.75,"tool":"pen","source":1}
{"t":0.22,"move":[420,200],"pressure":0.5,"tool":"finger","source":2}
{"t":0.3,"move":[300,120],"pressure":0.25,"tool":"pen","source":1}
{"t":0.35,"up":[430,100],"tool":"finger","source":2}
{"t":0.4,"up":[320,140],"tool":"pen","source":1}
{"t":0.6,"pause":true}
{"t":0.6,"resume":true}
{"t":0.7,"action":"undo"}
{"t":0.75,"view":[3.5,200.0625,150]}
{"t":0.8,"down":[50,350],"pressure":0.9,"tool":"mouse","source":3}
{"t":0.9,"move":[600,30],"pressure":0.9,"tool":"mouse","source":3}
{"t":1.0,"cancel":[600,30],"tool":"mouse","source":3}
{"t":1.1,"down":[320,20],"pressure":0.9,"tool":"mouse","source":3}
{"t":1.2,"move":[320,380],"pressure":0.9,"tool":"mouse","source":3}
{"t":1.25,"view":[1.21,0,0]}
{"t":1.3,"up":[320,390],"tool":"mouse","source":3}
{"t":1.4,"view":[1,0,0]}
{"t":2.0,"close":{"keep":"keep","process":true,"title":"Sea"}}
END
python3 - >"$TMPDIR/loop.jsonl" <<'END'
import json
def line(**k): print(json.dumps(k))
line(gesto="gestures/1", exercise="org.gesto.loop", stage=[1280, 800], seed=9)
line(t=0.2, control="tempo", value=100)
line(t=0.5, action="record")
for i in range(12):
    t, x, y = round(0.6 + i * 0.3, 6), 100 + i * 97 % 1000, 300 + i * 53 % 400
    line(t=t, down=[x, y], pressure=0.5, tool="finger", source=1)
    line(t=round(t + 0.15, 6), up=[x, y], tool="finger", source=1)
line(t=4.5, action="play")
line(t=7.0, close={"keep": "keep", "process": True, "title": "Loop"})
END

for what in draw loop; do
  session=$(play "$TMPDIR/$what.jsonl") creation=$session/creations/01-$what
  is "$what: played" test -f "$creation/process.journal"
  says "$what: at full speed it equals the record" 0 'equals the record' "$gesto" replay "$creation"
  cp "$out" "$TMPDIR/said"
  [ "$what" != draw ] || is "draw: its picture says in words what it shows" \
    python3 - "$creation" <<'END'
import json, sys
about = json.load(open(sys.argv[1] + "/creation.json"))["works"][0]["about"]
assert about.startswith("A drawing in "), about
png = open(sys.argv[1] + "/artwork.png", "rb").read()
assert b"iTXtDescription\0\0\0\0\0" + about.encode() in png
END
  is "$what: all of it" bash -c "test -s '$TMPDIR/said' && ! grep -v 'equals the record' '$TMPDIR/said'"
  begun=$(date +%s%N)
  says "$what: paced, too" 0 'equals the record' "$gesto" replay "$creation" --speed 2
  length=$(("$(date +%s%N)" - begun))
  is "$what: which takes its time" test $length -ge 900000000
  "$gesto" journal "$creation" >"$TMPDIR/$what-2.jsonl" 2>"$err"
  is "$what: its journal is a script" grep -q '"close":{"keep":"keep"' "$TMPDIR/$what-2.jsonl"
  again=$(play "$TMPDIR/$what-2.jsonl")/creations/01-$what
  for file in "$creation"/*.{png,flac} "$creation/facts.json"; do
    [ -e "$file" ] && is "$what: played again, ${file##*/} is the same" cmp "$file" "$again/${file##*/}"
  done
  "$gesto" journal "$again" >"$TMPDIR/$what-3.jsonl"
  is "$what: and so is its script" cmp "$TMPDIR/$what-2.jsonl" "$TMPDIR/$what-3.jsonl"
done

creation=$(dirname "$(find "$GESTO_ARCHIVE" -name artwork.png | head -1)")
is "--to writes the picture" "$gesto" replay "$creation" --to "$TMPDIR/whole.png"
is "which is the one of the record" cmp "$TMPDIR/whole.png" "$creation/artwork.png"
is "--at writes the picture of a moment" "$gesto" replay "$creation" --at 0.25 --to "$TMPDIR/part.png"
is "which is another" bash -c "test -s '$TMPDIR/part.png' && ! cmp -s '$TMPDIR/part.png' '$creation/artwork.png'"
is "--at the end it is the whole one" "$gesto" replay "$creation" --at 2 --to "$TMPDIR/end.png"
is "byte for byte" cmp "$TMPDIR/end.png" "$creation/artwork.png"
says "a kind that is not in it" 1 'no such work' "$gesto" replay "$creation" --to "$TMPDIR/x.flac"
is "leaves no file" test ! -e "$TMPDIR/x.flac"
says "a folder that is not there" 1 'could not be written' "$gesto" replay "$creation" --to "$TMPDIR/none/x.png"

cp -r "$creation" "$TMPDIR/other"
cp "$TMPDIR/part.png" "$TMPDIR/other/artwork.png"
says "a record that differs is named" 1 'artwork.png: differs from the record' "$gesto" replay "$TMPDIR/other"
rm "$TMPDIR/other/artwork.png"
says "one that lacks a file, too" 1 'artwork.png: is not in the record' "$gesto" replay "$TMPDIR/other"
cp "$creation/artwork.png" "$TMPDIR/other/"
journal=$TMPDIR/other/process.journal
truncate -s $(($(stat -c %s "$journal") - 60)) "$journal"
says "a journal without its end: as far as it goes, and it is said" 0 'damaged' \
  "$gesto" replay "$TMPDIR/other" --at 99 --to "$TMPDIR/torn.png"
is "a picture comes of it" test -s "$TMPDIR/torn.png"
says "journal says it, too" 1 'damaged' "$gesto" journal "$TMPDIR/other"
head -c 40 "$creation/process.journal" >"$journal"
says "no more than a stump" 1 'cannot be read' "$gesto" replay "$TMPDIR/other"
rm "$journal"
says "no journal" 1 'was not kept' "$gesto" replay "$TMPDIR/other"

printf '[move]\npath = move.so\n' >"$TMPDIR/none.conf"
export GESTO_CONF=$TMPDIR/none.conf
says "an exercise that is not installed" 1 'org.gesto.draw' "$gesto" replay "$creation"
says "its journal is printed with numbers, and it is said" 0 'by their numbers' "$gesto" journal "$creation"
is "with all its gestures" test "$(grep -c '"source":' "$out")" -eq 13
echo "1..$n"
