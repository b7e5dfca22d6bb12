#!/bin/bash
# Twelve minutes of noise, which no encoder makes small, are kept as one file.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
export XDG_STATE_HOME=${XDG_STATE_HOME:-$TMPDIR/state} XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$TMPDIR}
export GESTO_ARCHIVE=$TMPDIR/archive XDG_CACHE_HOME=$TMPDIR/cache
# A program that a busy machine holds up is not taken for one that hangs.
export GESTO_PATIENCE=${GESTO_PATIENCE:-10}
MINUTES=${MINUTES:-12}
n=0
report() { # code, name
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
    echo "not ok $n - $2"
    tail -n 15 "$TMPDIR/err" "$TMPDIR/out" | sed 's/^/# /'
  fi
}
home=$TMPDIR/programs
mkdir -p "$home/plugins"
cp "$BUILD/gesto" "$BUILD/gesto-player" "$home/"
cp "$BUILD/exercises/hiss.so" "$home/plugins/"
ln -s "$PWD/assets" "$home/assets"
printf '[hiss]\npath = hiss.so\n' >"$home/plugins.conf"
cat >"$TMPDIR/hiss.jsonl" <<END
{"gesto":"gestures/1","exercise":"org.gesto.test.hiss","stage":[640,400],"seed":5}
{"t":$((MINUTES * 60)),"close":{"keep":"keep","process":true,"title":"Hiss"}}
END
"$home/gesto" play "$TMPDIR/hiss.jsonl" >"$TMPDIR/out" 2>"$TMPDIR/err"
report $? "$MINUTES minutes were played"
creation=$(tail -n 1 "$TMPDIR/out")/creations/01-hiss
ls -l "$creation" >>"$TMPDIR/err"
size=$(stat -c %s "$creation/hiss.flac")
[ "$size" -gt $((MINUTES * 60 * 48000 * 5)) ]
report $? "its sound is kept, all of it"
[ -f "$creation/after.json" ] && [ -z "$(find "$creation" -name '.*.new')" ]
report $? "what came after it is kept, too, and nothing is left over"
python3 - "$creation" $((MINUTES * 60 * 48000)) "$size" <<'END' 2>>"$TMPDIR/err"
import json, struct, sys
works = json.load(open(sys.argv[1] + "/creation.json"))["works"]
flac = open(sys.argv[1] + "/hiss.flac", "rb").read(42)
frames = struct.unpack(">Q", flac[18:26])[0] & (1 << 36) - 1
assert [w["kind"] for w in works] == ["sound", "facts"], works
assert works[0]["frames"] == frames and works[0]["bytes"] == int(sys.argv[3]), works
assert int(sys.argv[2]) - 64 <= frames <= int(sys.argv[2]), frames
END
report $? "creation.json and the file agree on its length"
"$home/gesto" replay "$creation" >"$TMPDIR/out" 2>"$TMPDIR/err"
report $? "made again it is the same"
"$home/gesto" verify "$(dirname "$creation")/.." >"$TMPDIR/out" 2>"$TMPDIR/err"
report $? "the session's manifest holds"
