#!/bin/bash
# Lines in the client's window: a client whose hands shake finds smoothing set for that, the ink
# is under the hand all the while, and calmer than it once it lifts; a ruler; a shape filled by
# a touch; each is one step of undo, and all of it is made again from the record.
. "$(dirname "$0")/window.bash"
exercises plugins/draw.so
open_screen 1280x1100 # so tall that each tool is in sight
cat >"$TMPDIR/first.jsonl" <<'END'
{"gesto":"gestures/1","exercise":"org.gesto.draw","stage":[400,300],"seed":7}
END
quietly "$home/gesto" play --client Juno "$TMPDIR/first.jsonl"
echo '{"access": {"steady": "strong"}}' >"$TMPDIR/shakes.json"
quietly "$home/gesto" room Juno --set "$TMPDIR/shakes.json"

ink() { # x y w h: rows that hold ink in that part of the screen, the first and the last; its columns
  python3 - "$screen" "$@" <<'END'
import struct, sys
x, y, w, h = map(int, sys.argv[2:6])
with open(sys.argv[1], "rb") as f: dump = f.read()
word = lambda n: struct.unpack_from(">I", dump, 4 * n)[0]
start, stride = word(0) + word(19) * 12, word(12)
dark = lambda c, r: max(dump[(at := start + r * stride + c * 4):at + 3]) < 160
found = [(c, r) for r in range(y, y + h) for c in range(x, x + w) if dark(c, r)]
rows, columns = [r for _, r in found], [c for c, _ in found]
print(*(min(rows), max(rows), min(columns), max(columns)) if found else (0, 0, 0, 0))
END
}
inked() { [ "$(ink "$@")" != "0 0 0 0" ]; }
bare() { ! inked "$@"; }
chosen() { shows "\"id\":\"control-$1\"[^}]*\"selected\""; }
from_the_line() { # key: chosen in the group
  has "control-$1" || { press group-smoothing && becomes 10 has "control-$1"; }
  press "control-$1" && becomes 10 chosen "$1"
  key Escape
  becomes 10 shows_not "control-$1"
}
# Across at y in two seconds, up and down by 6 ten times in each. Stays down.
shake_across() {
  door "{\"do\":\"stroke\",\"points\":[$(awk -v y="$1" 'BEGIN {
    for (ms = 0; ms <= 2000; ms += 10)
      printf "%s[%d,%d,%d]", ms ? "," : "", ms, 300 + ms / 5, y + (ms % 100 < 50 ? 6 : -6) }')]}"
}
lift_at() { door "{\"do\":\"pen\",\"phase\":\"up\",\"finger\":1,\"x\":700,\"y\":$1}"; }

begin --client Juno --exercise org.gesto.draw
becomes 30 has control-brush-ink
press group-smoothing
is "who shakes finds the smoothing for that" becomes 10 chosen smoothing-steady
key Escape
becomes 10 shows_not control-smoothing-steady
press control-colour-22302f
press control-brush-ink
becomes 10 chosen brush-ink
shake_across 300
is "while the hand is down there is ink beneath it" becomes 5 inked 694 286 12 28
lift_at 300
# The line is there in its whole length, and as high as that at most; or higher.
measure() { read -r top bottom left right < <(ink "$@") && [ "$left" -le 404 ] && [ "$right" -ge 595 ]; }
calm() { measure 400 270 200 60 && [ $((bottom - top)) -le 9 ]; }
shaken() { measure 400 270 200 60 && [ $((bottom - top)) -gt 9 ]; }
is "a tremor of 12 px is not in the line" becomes 5 calm
key ctrl+z
is "the line is one step back" becomes 5 bare 300 270 420 60

is "without smoothing" from_the_line smoothing-off
shake_across 300
lift_at 300
is "the tremor is there" becomes 5 shaken

is "a ruler" from_the_line ruler-straight
shake_across 420
is "shows its line while the hand is down" becomes 5 inked 690 400 20 40
lift_at 420
level() { measure 280 390 440 60 && [ $((bottom - top)) -le 8 ]; }
is "which is level" becomes 5 level
long() { measure 280 390 440 60 && [ "$left" -le 304 ] && [ "$right" -ge 696 ]; }
is "and as long as the way" becomes 5 long

is "no ruler" from_the_line ruler-off
for side in "300 520 500 520" "500 520 500 660" "500 660 300 660" "300 660 300 526"; do
  read -r x y x2 y2 <<<"$side"
  xdotool mousemove "$x" "$y" mousedown 1 mousemove $(((x + x2) / 2)) $(((y + y2) / 2)) \
    sleep 0.05 mousemove "$x2" "$y2" sleep 0.05 mouseup 1
done
press control-more && becomes 10 has control-more-fill && press control-more-fill
is "filling is among the other tools" becomes 10 shows '"id":"control-more"[^}]*"selected"'
bare_inside=$(ink 390 580 20 20)
xdotool mousemove 400 590 click 1
is "a touch fills the shape" becomes 5 inked 390 580 20 20
is "which was bare" [ "$bare_inside" = "0 0 0 0" ]
is "and nothing beyond its gap" bare 520 530 120 120
key ctrl+z
is "one step of undo" becomes 5 bare 390 580 20 20
key ctrl+shift+z
becomes 5 inked 390 580 20 20

press stop
becomes 10 has finish && press finish
becomes 30 has made-0-keep && press made-0-keep
becomes 10 has made-0-process && press made-0-process
becomes 10 shows '"id":"made-0-process"[^}]*"selected"' && press finish
becomes 20 has skip && press skip
becomes 20 has leave && press leave
is "the session is over" becomes 30 ended
gesto=
is "it is made again from the record" quietly "$home/gesto" replay --with-client "$(folder)"/creations/01-draw
echo "1..$n"
