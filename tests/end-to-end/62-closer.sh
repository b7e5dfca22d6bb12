#!/bin/bash
# Closer to the paper in a real window: a line that is drawn there lies where it was drawn, two
# fingers carry the paper and draw nothing, one press leads back, nothing is taken for flashing,
# and all of it is made again from the record.
. "$(dirname "$0")/window.bash"
exercises
open_screen
dark() { # x y: is that pixel of the screen darker than paper is?
  python3 - "$screen" "$1" "$2" <<'END'
import struct, sys
with open(sys.argv[1], "rb") as f: dump = f.read()
word = lambda n: struct.unpack_from(">I", dump, 4 * n)[0]
at = word(0) + word(19) * 12 + int(sys.argv[3]) * word(12) + int(sys.argv[2]) * 4
sys.exit(0 if max(dump[at:at + 3]) < 160 else 1)
END
}
light() { ! dark "$@"; }
zoomed() { tree | jq -e '[.. | objects | select(.id? == "closer-whole")] | length > 0' >/dev/null; }
whole() { ! zoomed; }
touch() { door "{\"do\":\"touch\",\"phase\":\"$1\",\"finger\":$2,\"x\":$3,\"y\":$4,\"pressure\":0.5}"; }
pen() { door "{\"do\":\"pen\",\"phase\":\"$1\",\"finger\":1,\"x\":$2,\"y\":$3,\"pressure\":0.9}"; }
wheel() { # how often, at x y
  local k to=()
  for ((k = 0; k < $1; k++)); do to+=(click 4); done
  xdotool mousemove "$2" "$3" keydown ctrl "${to[@]}" keyup ctrl
}
begin
becomes 30 has skip && press skip
becomes 30 has card-org.gesto.draw && press card-org.gesto.draw
is "Draw begins with the whole paper" becomes 30 has control-brush-ink
becomes 10 paper && whole || { echo "Bail out! nothing can be drawn on"; exit 1; }
press control-colour-22302f
press control-brush-ink
x=400 y=400

wheel 4 $x $y
is "ctrl and the wheel come closer" becomes 5 zoomed
xdotool mousemove $x $y mousedown 1 mousemove $((x + 60)) $y mousemove $((x + 120)) $y mouseup 1
is "a line shows beneath the hand" becomes 5 dark $((x + 100)) $y
xdotool mousemove $((x + 100)) $y click 7 # as two fingers on a touchpad do
is "the wheel carries the paper to the side" becomes 5 dark $((x - 30)) $y
is "as far as it turned" becomes 5 light $((x + 100)) $y
xdotool click 6 click 5
is "and up" becomes 5 dark $((x + 100)) $((y - 48))
press closer-whole
is "one press leads back" becomes 5 whole
is "and the line lies where it was drawn" becomes 5 dark $((x + 50)) $y
is "half as long" becomes 5 light $((x + 80)) $y

wheel 4 $x $y
becomes 5 zoomed
before=$(program gesto-stage)
kill -9 "$before"
another() { local now; now=$(program gesto-stage); [ -n "$now" ] && [ "$now" != "$before" ] && has area && whole; }
is "a window that is opened anew shows the whole paper" becomes 20 another
is "with the line in its place" becomes 10 dark $((x + 50)) $y
is "and no closer" becomes 5 light $((x + 80)) $y

touch down 1 500 250; touch down 2 700 250
for k in {1..20}; do touch move 1 $((500 - 5 * k)) 250; touch move 2 $((700 + 5 * k)) 250; sleep 0.02; done
touch up 1 400 250; touch up 2 800 250
is "two fingers come closer" becomes 5 zoomed
is "the way back is reached by key" to closer-whole
key Return
is "and leads back" becomes 5 whole
is "and they have drawn nothing" light 500 250

pen down 300 600; pen move 420 600; pen up 420 600
touch down 1 300 660; for k in {1..6}; do touch move 1 $((300 + 20 * k)) 660; done; touch up 1 420 660
is "a pen draws" becomes 5 dark 360 600
is "the hand beside it does not" light 360 660
sleep 1.2
touch down 1 300 700; for k in {1..6}; do touch move 1 $((300 + 20 * k)) 700; done; touch up 1 420 700
is "without a pen a finger draws" becomes 5 dark 360 700

# Lines that lie so densely that panning over them would flash.
press control-brush-brush
for ((at = 110; at < 780; at += 40)); do
  touch down 1 150 $at
  for ((k = 160; k < 1090; k += 30)); do touch move 1 $k $at; done
  touch up 1 1090 $at
done
wheel 4 620 430
becomes 5 zoomed
{ echo "mousedown 2"
  for ((k = 0; k < 120; k++)); do
    echo "mousemove 620 $((k / 20 % 2 ? 530 - 10 * (k % 20) : 330 + 10 * (k % 20)))"; sleep 0.012
  done
  echo "mouseup 2"; } | xdotool -
eased() { find "$TMPDIR/archive" -name session.journal -exec grep -ao '{"fact":"light-eased[^}]*}' {} + | wc -l; }
press closer-whole
becomes 5 whole

press stop
becomes 10 has finish && press finish
becomes 30 has made-0-keep && press made-0-keep
becomes 10 has made-0-process && press made-0-process
becomes 10 shows '"id":"made-0-process"[^}]*"selected"' && press finish
becomes 20 has skip && press skip
becomes 20 has leave && press leave
is "the session is over" becomes 30 ended
gesto=
made=$(folder)/creations/01-draw
"$home/gesto" journal --with-client "$made" >"$TMPDIR/script" 2>>"$TMPDIR/err"
is "the first mark of two fingers was taken back" test "$(grep -c '"cancel"' "$TMPDIR/script")" -eq 1
# Closer and back four times; how many there are on the way is up to the machine.
is "views are in the record ($(grep -c '"view"' "$TMPDIR/script"))" test "$(grep -c '"view"' "$TMPDIR/script")" -ge 7
is "nothing was held up ($(eased))" test "$(eased)" -eq 0
is "it is made again from the record" quietly "$home/gesto" replay "$made"
again=$("$home/gesto" play "$TMPDIR/script" 2>>"$TMPDIR/err" | tail -n 1)/creations/01-draw
is "and from the script" cmp -s "$made/artwork.png" "$again/artwork.png"
echo "1..$n"
