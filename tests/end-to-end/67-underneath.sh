#!/bin/bash
# A picture to begin on, in the client's window: chosen, drawn over, not rubbed out, taken back
# and had again; the client's own picture among them; and what is kept shows what was seen.
. "$(dirname "$0")/window.bash"
command -v convert >/dev/null || { echo "ok 1 - a picture # SKIP convert is not here"; exit 0; }
exercises plugins/draw.so
open_screen 1440x1100 # so tall that each tool is in sight
convert -size 40x40 xc:'#30a030' "$TMPDIR/green.png"
cat >"$TMPDIR/first.jsonl" <<'END'
{"gesto":"gestures/1","exercise":"org.gesto.draw","stage":[400,300],"seed":7}
END
quietly "$home/gesto" play --client Juno "$TMPDIR/first.jsonl"
quietly "$home/gesto" room Juno --picture "$TMPDIR/green.png"

line='#8D9694' # that starters are drawn with
part() { # of a picture, that has a colour: file, colour; in thousandths
  convert "$1" -fuzz 4% -fill black +opaque "$2" -fill white -opaque "$2" \
    -format '%[fx:round(1000*mean)]' info:
}
paper() { # what is to be seen of it, beside the choices
  convert "xwd:$screen" -crop "500x600+140+120" +repage "$TMPDIR/paper.png"
  part "$TMPDIR/paper.png" "$1"
}
lined() { [ "$(paper "$line")" -ge 3 ]; }
bare() { [ "$(paper "$line")" -eq 0 ]; }
green() { [ "$(paper '#30A030')" -ge 300 ]; }
chosen() { shows "\"id\":\"control-under-$1\"[^}]*\"selected\""; }
stroke() { # down the paper, over the lines
  xdotool mousemove 160 260 mousedown 1
  for ((k = 1; k <= 40; k++)); do xdotool mousemove $((160 + 12 * k)) $((260 + 6 * (k % 9))); done
  xdotool mouseup 1
}
choose() {
  has "control-under-$1" || { press group-paper && becomes 10 has "control-under-$1"; }
  press "control-under-$1"
  becomes 10 chosen "$1"
}

begin --client Juno --exercise org.gesto.draw
is "Draw begins on bare paper" becomes 30 has control-brush-ink
becomes 10 bare
is "a starter is chosen" choose circle
is "and lies there" becomes 10 lined
is "the client's own picture is among the choices" choose own-picture
is "and lies there, too" becomes 10 green
key Escape
becomes 10 shows_not control-under-circle
stroke
kill -9 "$(keeper)"
is "it lies there still when the keeper is killed" becomes 20 green
key ctrl+z
is "a starter again" choose circle
is "takes its place" becomes 10 lined
key Escape
becomes 10 shows_not control-under-circle
press control-brush-ink
stroke
before=$(paper "$line")
press control-brush-rub-out
for _ in 1 2 3; do stroke; done
not_less() { [ "$(paper "$line")" -ge "$before" ]; }
is "it is drawn over, and stays where that is rubbed out" becomes 10 not_less
for _ in 1 2 3 4 5; do key ctrl+z; done
is "undo goes back to the picture before" becomes 10 green
for _ in 1 2; do key ctrl+z; done
is "and to bare paper" becomes 10 bare
press group-paper
is "what is chosen goes along" becomes 10 chosen nothing
key Escape
becomes 10 shows_not control-under-circle
for _ in 1 2 3 4; do key ctrl+y; done
is "and all of it is done again" becomes 10 lined

key shift+Escape
becomes 10 has finish && press finish
becomes 30 has made-0-keep && press made-0-keep
becomes 10 has made-0-process && press made-0-process
becomes 10 shows '"id":"made-0-process"[^}]*"selected"' && press finish
becomes 20 has skip && press skip
becomes 20 has leave && press leave
is "the session is over" becomes 30 ended
work=$(folder)/creations/01-draw
is "the picture that is kept shows it, to another program" \
  test "$(part "$work/artwork.png" "$line")" -ge 3
is "and is made again from the record" quietly "$home/gesto" replay "$work" --with-client
echo "1..$n"
