#!/bin/bash
# Light safety in a real window: an exercise whose whole area flashes between black and white
# 30 times a second. What stands on the screen is read back and counted by watch_light.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
command -v Xvfb >/dev/null || { echo "ok 1 - light # SKIP Xvfb is not here"; exit 0; }
TMPDIR=${TMPDIR:-$(mktemp -d)}
export XDG_STATE_HOME=${XDG_STATE_HOME:-$TMPDIR/state} XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$TMPDIR}
export XDG_CACHE_HOME=$TMPDIR/cache GESTO_ARCHIVE=$TMPDIR/archive GESTO_SCALE=1
export GESTO_TEST_INPUT=$TMPDIR/door GESTO_PATIENCE=${GESTO_PATIENCE:-10}
home=$TMPDIR/programs
mkdir -p "$home/plugins" "$TMPDIR/screen" && mkfifo "$GESTO_TEST_INPUT" &&
  exec 7<>"$GESTO_TEST_INPUT" || exit 1
cp "$BUILD/tests/gesto-stage-test" "$home/gesto-stage"
for part in gesto gesto-player gesto-sound; do cp "$BUILD/$part" "$home/"; done
cp "$BUILD/broken/strobe.so" "$BUILD/plugins/draw.so" "$home/plugins/"
printf '[%s]\npath = %s.so\n' strobe strobe draw draw >"$home/plugins.conf"
ln -sfn "$(realpath "$BUILD/assets")" "$home/assets"

n=0
is() { # name, command... that must succeed
  n=$((n + 1))
  if "${@:2}"; then echo "ok $n - $1"; else
    echo "not ok $n - $1"
    tail -n 8 "$TMPDIR/light" "$TMPDIR/err" 2>/dev/null | sed 's/^/# /'
  fi
}

exec {display_number}< <(exec Xvfb -displayfd 1 -screen 0 1280x800x24 -fbdir "$TMPDIR/screen" \
  -nolisten tcp 2>/dev/null)
xvfb=$!
read -r -t 20 -u "$display_number" number || { echo "not ok 1 - Xvfb starts"; exit 1; }
export DISPLAY=:$number
trap 'kill "$gesto" 2>/dev/null; sleep 0.5; kill "$xvfb" 2>/dev/null' EXIT

press() { printf '{"do":"press","id":"%s"}\n' "$1" >&7; }
tree() {
  local to=$TMPDIR/tree.$RANDOM
  printf '{"do":"tree","to":"%s"}\n' "$to" >&7
  for _ in {1..500}; do [ -e "$to" ] && break; sleep 0.02; done
  cat "$to" 2>/dev/null
  rm -f "$to"
}
becomes() { # seconds, command...: until it holds
  local until=$((SECONDS + $1))
  while [ $SECONDS -lt $until ]; do "${@:2}" && return 0; sleep 0.1; done
  return 1
}
shows() { tree | grep -qE -- "$1"; }
watch() { # seconds: the middle of the area, which the page's own look does not reach
  "$BUILD/tests/watch_light" "$TMPDIR/screen/Xvfb_screen0" "$1" 180 140 804 504 \
    >"$TMPDIR/light" 2>>"$TMPDIR/err"
}
seen() { sed -n "s/^$1 //p" "$TMPDIR/light"; }
flow() { find "$TMPDIR/archive" -name session.journal -exec grep -ao '{"fact":"light-eased[^}]*}' {} +; }
flow_says() { flow | grep -qE '"creation":1,"t":[0-9]+,"times":[0-9]+}'; }

"$home/gesto" session >"$TMPDIR/out" 2>"$TMPDIR/err" &
gesto=$!
is "the exercises are offered" becomes 30 shows '"id":"card-org.gesto.broken.strobe"'
watch 9 &
watcher=$!
sleep 0.5
press card-org.gesto.broken.strobe
is "the one that flashes begins" becomes 20 shows '"id":"area"'
is "what was on the screen is looked at" wait "$watcher"
is "often enough ($(seen looks) looks)" [ "$(seen looks)" -ge 270 ]
is "its first changes show ($(seen changes))" [ "$(seen changes)" -ge 2 ]
is "then it holds: at most three flashes in any second" [ "$(seen changes)" -le 6 ]
is "no more than a quarter flashed more often ($(seen share))" \
  [ "$(seen share | tr -d .)" -le 0250 ]
is "nor red ($(seen red))" [ "$(seen red | tr -d .)" -le 0250 ]
is "the journal says that light was eased" becomes 10 flow_says

press stop
is "Stop is there" becomes 20 shows 'All has stopped'
press back
is "and so is the exercise" becomes 20 shows '"id":"area"'
watch 4
is "which holds the limits again ($(seen changes))" [ "$(seen changes)" -le 6 ]
press stop
is "the session goes on" becomes 20 shows 'All has stopped'
press finish
becomes 20 shows '"id":"made-0-private"' && press made-0-private && sleep 0.3 && press finish
is "to its farewell" becomes 30 shows 'Close the window'
press leave
ended() { ! kill -0 "$gesto" 2>/dev/null; }
becomes 20 ended || kill "$gesto"
wait "$gesto"
is "and ends well" [ $? -eq 0 ]
folder=$(tail -n 1 "$TMPDIR/out")
holds() { "$home/gesto" verify "$folder" >>"$TMPDIR/err" 2>&1; }
is "what it left holds" holds
is "a strobe that went on was named once in ten seconds at most ($(flow | wc -l))" \
  [ "$(flow | wc -l)" -le 4 ]
echo "1..$n"
