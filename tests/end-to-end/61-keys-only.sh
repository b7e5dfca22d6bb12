#!/bin/bash
# A whole session with the keyboard alone, under Xvfb: choosing, playing pads that an exercise
# draws itself, recording a loop, Pause, Stop, closing with a title, farewell. Then Draw: each
# of its tools is reached. The window's program has the tests' door, through which only its
# tree is read; all input is keys of the X server.
. "$(dirname "$0")/window.bash"
exercises
open_screen

words='"([^"\\]|\\.)*"'
head="\"id\":\"[^\"]*\",\"role\":\"[a-z]*\",\"label\":$words(,\"detail\":$words)?"
ids() { sed 's/^"id":"\([^"]*\)".*/\1/'; }
can_focus() { tree | grep -oE "$head,\"state\":\[[^]]*\"focusable\"" | ids | sort; }
moved_from() { [ "$(focus)" != "$1" ]; }
round() { # all that Tab comes by, once round
  local now first k
  first=$(focus)
  now=$first
  for ((k = 0; k < 150; k++)); do
    echo "$now"
    key Tab
    now=$(focus)
    [ "$now" = "$first" ] && return
  done
}
reaches_all() {
  local all
  all=$(can_focus)
  [ -n "$all" ] && [ "$(round | sort)" = "$all" ]
}

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
sleep 1.2
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
