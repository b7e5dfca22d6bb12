#!/bin/bash
# plugins.conf: what is wrong with one exercise is said in one sentence that names the file and
# the remedy; the others load.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
export XDG_CACHE_HOME=$TMPDIR/cache GESTO_CONF=$TMPDIR/plugins.conf
# A program that a busy machine holds up is not taken for one that hangs.
export GESTO_PATIENCE=${GESTO_PATIENCE:-10}
gesto=$BUILD/gesto out=$TMPDIR/out err=$TMPDIR/err
n=0
report() {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
    echo "not ok $n - $2"
    sed 's/^/# /' "$out" "$err"
  fi
}
refused() { # name, words, lines of the section
  printf '[odd]\n%s\n[draw]\npath = draw.so\ntitle = Draw\n' "$3" >"$GESTO_CONF"
  "$gesto" exercises >"$out" 2>"$err"
  [ $? -eq 1 ] && [ "$(wc -l <"$out")" -eq 2 ] && grep '^odd ' "$out" | grep -qF -- "$2" &&
    grep -q '^org.gesto.draw .*loads$' "$out"
  report $? "$1"
}
draw=$BUILD/plugins/draw.so
hash=$(sha256sum "$draw" | cut -d' ' -f1)
odd=${hash//[0-9]/0}

printf '[draw]\npath = draw.so\ntitle = Draw\nsha256 = %s\ncolour = unknown\n' "$hash" >"$GESTO_CONF"
"$gesto" exercises >"$out" 2>"$err" && grep -q '^org.gesto.draw .*loads$' "$out"
report $? "an exercise with its hash and a key of a later version loads"
"$gesto" exercises --json >"$out" 2>"$err" &&
  python3 -c 'import json,sys; e = json.load(open(sys.argv[1]))[0]
assert e["id"] == "org.gesto.draw" and e["loads"] is True and e["version"] and e["title"] == "Draw"' "$out"
report $? "and --json says the same"
rm -rf "$XDG_CACHE_HOME"
"$gesto" exercises >"$out" 2>"$err" && ls "$XDG_CACHE_HOME"/gesto/probe-"$hash"* >>"$out" 2>&1
report $? "what was learnt is remembered by the file's hash"
: >"$(ls "$XDG_CACHE_HOME"/gesto/probe-"$hash"*)"
"$gesto" exercises >"$out" 2>"$err" && grep -q '^org.gesto.draw .*loads$' "$out"
report $? "a damaged memory of it is made again"

refused "a missing file" 'none.so is not there' 'path = none.so'
refused "a changed hash says the new one" "$hash" "path = draw.so
sha256 = $odd"
refused "a way out of the folder" 'leads out of the plugins folder' 'path = ../gesto'
refused "no path" 'names no file' 'title = Odd'
refused "a line that is none" 'line 3 cannot be understood' 'path = loop.so
what is this'
refused "two exercises in one section" 'has two paths' 'path = move.so
path = loop.so'
cp /dev/null "$TMPDIR/empty.so"
lone=$TMPDIR/house
mkdir -p "$lone/plugins" && cp "$BUILD"/gesto "$BUILD"/gesto-player "$lone/" && ln -s "$PWD/assets" "$lone/assets"
cp "$draw" "$lone/plugins/draw.so" && cp "$draw" "$lone/plugins/twin.so"
echo 'not code at all' >"$lone/plugins/odd.so"
gesto=$lone/gesto
refused "a file that is no exercise" 'odd.so' 'path = odd.so'
# The memory that an exercise may have is a limit of its process.
printf '[draw]\npath = draw.so\nmemory = 300\n' >"$GESTO_CONF"
cat >"$TMPDIR/slow.jsonl" <<'END'
{"gesto":"gestures/1","exercise":"org.gesto.draw","stage":[640,400],"seed":7}
{"t":0.1,"down":[100,100],"source":1}
{"t":120.0,"up":[100,100],"source":1}
{"t":120.0,"close":{"keep":"let-go","process":false}}
END
GESTO_ARCHIVE=$TMPDIR/archive XDG_STATE_HOME=$TMPDIR/state XDG_RUNTIME_DIR=$TMPDIR \
  "$gesto" play "$TMPDIR/slow.jsonl" --speed 1 >"$out" 2>"$err" &
playing=$!
limited=1
for _ in $(seq 2000); do
  for player in $(pgrep -P $playing gesto-player); do
    grep -q '^Max data size *314572800 *314572800' "/proc/$player/limits" 2>/dev/null && limited=0
  done
  [ $limited -eq 0 ] && break
  sleep 0.05
done
kill $playing
wait $playing 2>/dev/null
# Sanitizers need all the room there is.
nm "$gesto" 2>/dev/null | grep -q __asan_init && limited=0
report $limited "an exercise gets the memory that its entry says"
printf '[draw]\npath = draw.so\n[twin]\npath = twin.so\n' >"$GESTO_CONF"
"$gesto" exercises >"$out" 2>"$err"
[ $? -eq 1 ] && grep '^twin ' "$out" | grep -q 'is the same exercise as'
report $? "the same exercise twice: the second is refused"
for broken in "$BUILD"/broken/*.so; do
  [ -e "$broken" ] || continue
  cp "$broken" "$lone/plugins/" && base=$(basename "$broken")
  printf '[odd]\npath = %s\n[draw]\npath = draw.so\n' "$base" >"$GESTO_CONF"
  "$gesto" exercises >"$out" 2>"$err"
  code=$?
  grep -q '^org.gesto.draw .*loads$' "$out" &&
    { [ $code -eq 0 ] || grep '^odd ' "$out" | grep -qF "$base"; }
  report $? "beside $base the others load, and a refusal names the file"
done
# Foreign code runs when its file is opened: it is given two seconds, in a player of its own.
cat >"$TMPDIR/odd.c" <<'END'
#include <stdlib.h>
__attribute__((constructor)) static void begin(void) { HOW; }
END
unset GESTO_PATIENCE
for how in 'for (;;) ' 'exit(0)' 'abort()' '*(volatile int *)8 = 1'; do
  gcc -shared -fPIC -w -D"HOW=$how" "$TMPDIR/odd.c" -o "$lone/plugins/odd.so"
  refused "a file that does \"$how\" as it is opened" odd.so 'path = odd.so'
done
gcc -shared -fPIC -w -D'HOW=for (;;) ' "$TMPDIR/odd.c" -o "$lone/plugins/odd.so"
refused "one that never gets done says so" 'did not finish loading' 'path = odd.so'
printf '[draw]\npath = \xff.so\n' >"$GESTO_CONF"
"$gesto" exercises >"$out" 2>"$err"
[ $? -eq 1 ] && [ "$(wc -l <"$err")" -eq 1 ] && grep -q UTF-8 "$err"
report $? "a plugins.conf that is no text is refused as a whole"
GESTO_CONF=$TMPDIR/none.conf "$gesto" exercises >"$out" 2>"$err"
[ $? -eq 1 ] && [ "$(wc -l <"$err")" -eq 1 ] && grep -q none.conf "$err"
report $? "and one that is not there"
echo "1..$n"
