#!/bin/bash
# What light safety must not touch: a painting of half a minute in two seconds, its lines taken
# back and brought again eight times a second, then rubbed out, as fast. Nothing of it is eased.
. "$(dirname "$0")/window.bash"
exercises
open_screen
eased() { find "$TMPDIR/archive" -name session.journal -exec grep -ao '{"fact":"light-eased[^}]*}' {} + | wc -l; }
paint() { # puts the pen's way into the door
  read -r x y w h < <(rect_of area)
  python3 - "$x" "$y" "$w" "$h" <<'END' >&7
import json, sys, time
x, y, w, h = map(int, sys.argv[1:])
SPEED, phases = 15, {"down": "down", "move": "move", "up": "up"}
begun, first, pressure = time.time(), None, 0.5
for line in open("tests/demo/painting.jsonl"):
    o = json.loads(line)
    phase = next((p for p in phases if p in o), None)
    if not phase: continue
    first = o["t"] if first is None else first
    wait = begun + (o["t"] - first) / SPEED - time.time()
    if wait > 0: time.sleep(wait)
    pressure = o.get("pressure", pressure)
    print(json.dumps(dict(do="pen", phase=phase, finger=1, x=x + o[phase][0] * w / 1280,
                          y=y + o[phase][1] * h / 800, pressure=pressure)), flush=True)
END
}
hammer() { # takes back and brings again, eight times a second
  for _ in {1..12}; do
    xdotool key ctrl+z; sleep 0.1
    xdotool key ctrl+y; sleep 0.1
  done
}
begin
becomes 30 has skip && press skip
becomes 30 has card-org.gesto.draw && press card-org.gesto.draw
is "Draw begins" becomes 30 has control-brush-ink
becomes 10 paper
paint
hammer
tools=$(tree | jq -r '.. | objects | .id? // empty' | grep -E '^control-(brush|tool)-(eraser|rub)' | head -n 1)
is "there is something to rub out with ($tools)" [ -n "$tools" ]
press "$tools"
paint
hammer
press stop
becomes 10 has finish && press finish
becomes 30 has made-0-keep && press made-0-keep
becomes 10 has made-0-process && press made-0-process
becomes 10 shows '"id":"made-0-process"[^}]*"selected"' && press finish
becomes 20 has skip && press skip
becomes 20 has leave && press leave
is "the session is over" becomes 30 ended
lines=$("$home/gesto" journal --with-client "$(folder)"/creations/01-draw 2>>"$TMPDIR/err" | grep -c '"down"')
is "all of its lines are in the record ($lines)" [ "$lines" -ge 60 ]
is "and not one was held up ($(eased) times)" [ "$(eased)" -eq 0 ]
echo "1..$n"
