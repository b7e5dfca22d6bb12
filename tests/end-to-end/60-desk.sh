#!/bin/bash
# The therapist's window for real, under Xvfb, with the mouse: a session is listed with its
# picture, made again from its record, and a new one begun for a client and closed.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
export XDG_STATE_HOME=${XDG_STATE_HOME:-$TMPDIR/state} XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$TMPDIR}
export XDG_CACHE_HOME=$TMPDIR/cache GESTO_ARCHIVE=$TMPDIR/archive
n=0
ok() { # code, name
  n=$((n + 1))
  [ "$1" -eq 0 ] && echo "ok $n - $2" || { echo "not ok $n - $2"; sed 's/^/# /' "$TMPDIR/err"; }
}

exec {display_number}< <(exec Xvfb -displayfd 1 -screen 0 1280x800x24 -nolisten tcp 2>/dev/null)
xvfb=$!
read -r -t 20 -u "$display_number" number || { echo "not ok 1 - Xvfb starts"; exit 1; }
export DISPLAY=:$number
trap 'kill "$gesto" 2>/dev/null; sleep 0.5; kill "$xvfb" 2>/dev/null' EXIT

colours() { # geometry: how many colours are seen there
  import -window root -crop "$1" +repage -format '%k' info: 2>/dev/null || echo 0
}
windows() { xdotool search --onlyvisible --name '^Gesto$' 2>/dev/null | wc -l; }
becomes() { # seconds, command...: until it holds
  local until=$((SECONDS + $1))
  while [ $SECONDS -lt $until ]; do "${@:2}" && return 0; sleep 0.1; done
  return 1
}
colourful() { [ "$(colours "$1")" -gt "$2" ]; }
press() { xdotool mousemove "$1" "$2" sleep 0.1 click 1; }
window_count_is() { [ "$(windows)" -eq "$1" ]; }

"$BUILD/gesto" play tests/demo/painting.jsonl --client Juno >"$TMPDIR/folder" 2>"$TMPDIR/err"
ok $? "a session to look back at"
"$BUILD/gesto" >"$TMPDIR/out" 2>>"$TMPDIR/err" &
gesto=$!
becomes 20 window_count_is 1
ok $? "the desk opens, with a title that says nothing of anyone"
becomes 20 colourful 208x130+372+158 500
ok $? "the session is listed with its picture"

press 434 384
becomes 20 colourful 900x560+190+110 5000
ok $? "the work is made again from its record and shown"
press 80 48
becomes 10 colourful 208x130+372+158 500
ok $? "back to the list"

press 160 110
xdotool type --delay 30 Ines
press 160 184
becomes 20 window_count_is 2
ok $? "a session begins in a window of its own"
becomes 20 colourful 300x200+110+215 50
ok $? "the client is offered what there is"
press 250 350
becomes 20 colourful 110x680+1130+100 12
ok $? "the exercise begins"
sleep 0.5
xdotool mousemove 300 300 mousedown 1
for i in $(seq 1 40); do xdotool mousemove $((300 + i * 8)) $((300 + (i * 37) % 90)); done
xdotool mouseup 1
becomes 10 colourful 600x200+260+250 8
ok $? "what the pointer draws is seen"
press 1188 44
sleep 1
press 565 531
becomes 10 colourful 340x150+80+230 8
ok $? "closing shows what was made"
press 137 508
sleep 0.3
press 1106 744
listed() { "$BUILD/gesto" list --json 2>/dev/null | grep -q '"Ines"'; }
becomes 20 listed
ok $? "the session is closed under the client's name"
"$BUILD/gesto" verify >/dev/null 2>>"$TMPDIR/err"
ok $? "all that lies in the archive holds"
echo "1..$n"
