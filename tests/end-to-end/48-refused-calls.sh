#!/bin/bash
# A disk that refuses one call, each in turn: what was played is never lost without a word. Either
# all of it is in a closed session, or a sentence says what is not, and the next start finds it.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
home=$TMPDIR/programs
mkdir -p "$home" && cp "$BUILD/tests/faulty_gesto" "$home/gesto" && cp "$BUILD/gesto-player" "$home/" &&
  cp -rL "$BUILD/plugins" "$home/" && ln -s "$(realpath "$BUILD/assets")" "$home/assets" || exit 1
printf '[draw]\npath = draw.so\n' >"$home/plugins.conf"
export XDG_CACHE_HOME=$TMPDIR/cache FAULT_CALLS=$TMPDIR/calls
script=$TMPDIR/script.jsonl
cat >"$script" <<'END'
{"gesto":"gestures/1","exercise":"org.gesto.draw","stage":[400,300],"seed":1}
{"t":0.1,"down":[50,50],"pressure":0.5,"source":1}
{"t":0.2,"move":[60,60],"pressure":0.5,"source":1}
{"t":0.25,"move":[90,60],"pressure":0.5,"source":1}
{"t":0.3,"up":[160,70],"source":1}
{"t":0.4,"close":{"keep":"keep","process":true,"title":"Sea"}}
END
# A program that a busy machine holds up is not taken for one that hangs.
export GESTO_PATIENCE=${GESTO_PATIENCE:-10}
SLOTS=10 # each with the time that passes before it, and a moment at the end
own=$TMPDIR/own
export GESTO_ARCHIVE=$own/archive XDG_STATE_HOME=$own/state XDG_RUNTIME_DIR=$own/run

play() { # nth, errno: $code, $made
  rm -rf "$own" && mkdir -p "$own/state" "$own/run" && chmod 700 "$own/run"
  FAULT="$1 $2" timeout -k 1 120 "$home/gesto" play "$script" >"$own/out" 2>"$own/err"
  code=$?
  made=$(tail -n 1 "$own/out")
}
slots_in() { # folder of a session
  local journal
  for journal in "$1"/creations/*/process*.journal; do
    python3 tests/end-to-end/read_session.py --slots "$journal" 2>/dev/null
  done | sort -u | wc -l
}
is_whole() {
  "$BUILD/gesto" verify "$made" >"$own/verify" 2>&1 &&
    cmp -s "$made"/creations/01-draw/artwork.png "$TMPDIR/artwork.png" &&
    "$BUILD/gesto" journal "$made/creations/01-draw" 2>/dev/null | cmp -s - "$TMPDIR/told.jsonl"
}
# Some of it is missing, and it was said. What is still open is taken up by the next start.
is_said() {
  local live
  grep -q '^gesto: ' "$own/err" || return 1
  if [ -n "$made" ]; then "$BUILD/gesto" verify "$made" >"$own/verify" 2>&1 || return 1; fi
  live=$(find "$own/archive/.live" -mindepth 1 -maxdepth 1 -printf '%f\n' 2>/dev/null | head -n 1)
  [ -n "$live" ] || return 0
  "$home/gesto" play "$script" >"$own/out" 2>>"$own/err" || return 1
  live=$(find "$own/archive" -type d -name "$live" | head -n 1)
  [ "$(slots_in "$live")" -eq $SLOTS ]
}

play 0 0 # what an exercise declares is remembered from here on
play 0 0
[ "$code" -eq 0 ] && [ "$(slots_in "$made")" -eq $SLOTS ] && cp "$made/creations/01-draw/artwork.png" "$TMPDIR/" &&
  "$BUILD/gesto" journal "$made/creations/01-draw" >"$TMPDIR/told.jsonl" 2>/dev/null &&
  echo "ok 1 - without a fault all is kept" || echo "not ok 1 - without a fault all is kept"
calls=$(cat "$FAULT_CALLS")
n=1
for error in 28 5; do # ENOSPC, EIO
  bad= kept=0 said=0
  for ((nth = error % 5; nth <= calls; nth += 5)); do
    play $nth $error
    if [ "$code" -eq 0 ] && is_whole; then
      kept=$((kept + 1))
    elif [ "$code" -eq 1 ] && is_said; then
      said=$((said + 1))
    else
      bad="$bad $nth"
      { echo "call $nth, errno $error: ended with $code, made ${made:-nothing}"; head -n 4 "$own/err"; } |
        sed 's/^/# /'
    fi
  done
  n=$((n + 1))
  [ -z "$bad" ] && [ $kept -gt 0 ] && [ $said -gt 0 ] &&
    echo "ok $n - errno $error: $kept times all was kept, $said times it was said what was not" ||
    echo "not ok $n - errno $error: not after the calls$bad"
done
echo "1..$n"
