#!/bin/bash
# A whole session with the keyboard alone, under Xvfb: choosing, playing pads that an exercise
# draws itself, recording a loop, Pause, Stop, closing with a title, farewell. Then Draw: each
# of its tools is reached. The window's program has the tests' door, through which only its
# tree is read; all input is keys of the X server.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
for tool in Xvfb xdotool; do
  command -v $tool >/dev/null || { echo "ok 1 - keys # SKIP $tool is not here"; exit 0; }
done
TMPDIR=${TMPDIR:-$(mktemp -d)}
export XDG_STATE_HOME=${XDG_STATE_HOME:-$TMPDIR/state} XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$TMPDIR}
export XDG_CACHE_HOME=$TMPDIR/cache GESTO_ARCHIVE=$TMPDIR/archive GESTO_SCALE=1
export GESTO_TEST_INPUT=$TMPDIR/door GESTO_PATIENCE=${GESTO_PATIENCE:-10}
home=$TMPDIR/programs
mkdir -p "$home" && mkfifo "$GESTO_TEST_INPUT" && exec 7<>"$GESTO_TEST_INPUT" || exit 1
cp "$BUILD/tests/gesto-stage-test" "$home/gesto-stage"
for part in gesto gesto-player gesto-sound plugins plugins.conf; do
  cp -rL "$BUILD/$part" "$home/"
done
ln -sfn "$(realpath "$BUILD/assets")" "$home/assets"

n=0
is() { # name, command... that must succeed
  n=$((n + 1))
  if "${@:2}"; then echo "ok $n - $1"; else
    echo "not ok $n - $1"
    { echo "the focus is at $(focus)"; tail -n 5 "$TMPDIR/err"; } | sed 's/^/# /'
  fi
}

exec {display_number}< <(exec Xvfb -displayfd 1 -screen 0 1280x800x24 -nolisten tcp 2>/dev/null)
xvfb=$!
read -r -t 20 -u "$display_number" number || { echo "not ok 1 - Xvfb starts"; exit 1; }
export DISPLAY=:$number
trap 'kill "$gesto" 2>/dev/null; sleep 0.5; kill "$xvfb" 2>/dev/null' EXIT

key() { xdotool key --delay 20 "$@"; }
tree() { # what stands in the window now; each answer in a file of its own
  local to=$TMPDIR/tree.$BASHPID.$RANDOM
  printf '{"do":"tree","to":"%s"}\n' "$to" >&7
  for _ in {1..500}; do [ -e "$to" ] && break; sleep 0.02; done
  cat "$to" 2>/dev/null
  rm -f "$to"
}
words='"([^"\\]|\\.)*"'
head="\"id\":\"[^\"]*\",\"role\":\"[a-z]*\",\"label\":$words(,\"detail\":$words)?"
ids() { sed 's/^"id":"\([^"]*\)".*/\1/'; }
focus() { tree | grep -oE "$head,\"state\":\[\"focused\"" | ids; }
can_focus() { tree | grep -oE "$head,\"state\":\[[^]]*\"focusable\"" | ids | sort; }
becomes() { # seconds, command...: until it holds
  local until=$((SECONDS + $1))
  while [ $SECONDS -lt $until ]; do "${@:2}" && return 0; sleep 0.1; done
  return 1
}
shows() { tree | grep -qE -- "$1"; }
shows_not() { ! shows "$1"; }
focus_is() { [ "$(focus)" = "$1" ]; }
moved_from() { [ "$(focus)" != "$1" ]; }
to() { # id: on with Tab until it has the focus; once round at most
  local now first
  first=$(focus)
  now=$first
  while [ "$now" != "$1" ]; do
    key Tab
    becomes 5 moved_from "$now"
    now=$(focus)
    [ "$now" != "$first" ] || return 1
  done
}
round() { # all that Tab comes by, once round
  local now first k
  first=$(focus)
  now=$first
  for ((k = 0; k < 150; k++)); do
    echo "$now"
    key Tab
    becomes 5 moved_from "$now" || return
    now=$(focus)
    [ "$now" = "$first" ] && return
  done
}
reaches_all() {
  local all
  all=$(can_focus)
  [ -n "$all" ] && [ "$(round | sort)" = "$all" ]
}
begin() {
  "$home/gesto" session "$@" >"$TMPDIR/out" 2>>"$TMPDIR/err" &
  gesto=$!
}
quietly() { "$@" >/dev/null 2>>"$TMPDIR/err"; }
ended() { ! kill -0 "$gesto" 2>/dev/null; }
: >"$TMPDIR/err"

begin --client Juno
is "the welcome comes first" becomes 30 focus_is feeling
is "Tab comes by all of it" reaches_all
key Up
to wish && xdotool type --delay 30 "Slowly"
to continue && key Return
is "one can choose" becomes 10 focus_is card-org.gesto.draw
is "Tab comes by all that there is to choose" reaches_all
key Right
is "an arrow goes to the next card" becomes 5 focus_is card-org.gesto.loop
key Return
is "the places that Loop draws itself are offered" \
  becomes 20 shows '"id":"spot-400","role":"button","label":"Pad '
is "the focus is among them" becomes 5 focus_is spot-100
is "Tab comes by every place, tool and button" reaches_all

key Right
is "an arrow goes from the lanes to the pads" becomes 5 focus_is spot-415
key space Right space Right space
is "and on from pad to pad" becomes 5 focus_is spot-417
xdotool keydown space
sleep 0.6
xdotool keyup space

key Escape
is "Pause by key" becomes 5 focus_is carry-on
is "Tab comes by all of its sheet, and Stop" reaches_all
to change && key Return
is "what can be changed opens by key" becomes 5 shows '"id":"section-easier"'
is "and all of it is reached" reaches_all
to look-evening && key space
is "the look changes by key" \
  becomes 5 shows '"id":"look-evening","role":"option","label":"Evening","state":\["focused","selected"'
to "done" && key Return
becomes 5 focus_is carry-on && key Return
is "carrying on comes back to the same pad" becomes 5 focus_is spot-417

to spot-300 && key Return
is "the disc is pressed by key" becomes 10 shows '"label":"Record disc, (counting|recording)"'
is "it counts and records" becomes 20 shows '"label":"Record disc, recording"'
key Right
becomes 5 moved_from spot-300 && key space Right space
to spot-300 && key Return
is "a loop goes round" becomes 30 shows '"id":"spot-200","role":"button"'
is "the focus stayed at the disc while places came" focus_is spot-300

key shift+Escape
is "Stop by key" becomes 5 focus_is finish
is "Tab comes by all of the calm page" reaches_all
to finish && key Return
is "closing shows what was made" becomes 30 shows '"id":"made-0-keep"'
becomes 30 shows_not '"id":"coming"'
key Tab
is "Tab comes by all of closing" reaches_all
to made-0-title && xdotool type --delay 30 "My round"
to made-0-keep && key space
is "it is kept by key" becomes 5 shows '"id":"made-0-process"'
to made-0-process && key space
is "and how it was made, too" \
  becomes 5 shows '"id":"made-0-process".{0,80}"focused","selected"'
to question-2 && key Right
to finish && key Return
is "the feeling is asked once more" becomes 20 focus_is feeling
is "Tab comes by all of that, too" reaches_all
key Down
to "done" && key Return
is "farewell" becomes 20 focus_is leave
key Return
is "the window is closed by key" becomes 20 ended

session=$(tail -n 1 "$TMPDIR/out")
creation=$(dirname "$(find "${session:-/none}" -name process.journal 2>/dev/null | head -n 1)")
is "the work has the title" grep -rqs '"My round"' "$session"
"$home/gesto" journal "$creation" --with-client >"$TMPDIR/script" 2>>"$TMPDIR/err"
count() { grep -c -- "$1" "$TMPDIR/script"; }
downs=$(count '"down"')
is "what was played is in the record ($downs presses)" test "$downs" -eq 8
is "it is known that a key did it" test "$(count '"switch"')" -ge 8
held=$(awk -F'[:,]' '/"down"/ { d = $2 } /"up"/ { if ($2 - d > m) m = $2 - d }
  END { printf "%d", m * 1000 }' "$TMPDIR/script")
is "a pad is held for as long as its key ($held ms)" test "$held" -ge 400
is "the same is made again from it" quietly "$home/gesto" replay "$creation"
is "all that lies in the archive holds" quietly "$home/gesto" verify

begin --client Juno --exercise org.gesto.draw
is "an exercise that was asked for opens at once" becomes 30 shows '"id":"control-brush-'
is "its paper has the focus" becomes 20 focus_is area
round | sort >"$TMPDIR/reached"
tools=$(grep -c '^control-' "$TMPDIR/reached")
is "Tab comes by each of the tools of Draw ($tools)" \
  test "$tools" -ge 20 -a "$(can_focus)" = "$(cat "$TMPDIR/reached")"
tool=$(grep '^control-brush-' "$TMPDIR/reached" | tail -n 1)
to "$tool" && key space
is "and it is chosen by key" becomes 5 shows "\"id\":\"$tool\".{0,60}\"focused\",\"selected\""
key shift+Escape
becomes 5 focus_is finish && key Return
becomes 30 shows '"id":"page-scroll"' && becomes 30 shows_not '"id":"coming"'
key Tab
to skip && key Return
becomes 20 focus_is feeling && to skip && key Return
becomes 20 focus_is leave && key Return
is "nothing need be drawn" becomes 20 ended
unknown() { ! "$home/gesto" session --exercise org.gesto.none >/dev/null 2>"$TMPDIR/said"; }
is "an unknown exercise is not begun" unknown
is "and that is said" grep -q 'no exercise "org.gesto.none"' "$TMPDIR/said"
echo "1..$n"
