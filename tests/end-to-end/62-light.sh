#!/bin/bash
# Light safety in a real window: an exercise that flashes in many ways: all of its area, a
# quarter, a small block, its edge, red, red and blue, squares and rings that are reversed, its
# own panel. All of the window is read back from the screen and counted by watch_light, in any
# field of sight.
. "$(dirname "$0")/window.bash"
exercises broken/strobe.so
open_screen

watch() { # seconds
  "$BUILD/tests/watch_light" "$screen" "$1" 0 0 1280 800 >"$TMPDIR/light" 2>>"$TMPDIR/err"
}
seen() { sed -n "s/^$1 //p" "$TMPDIR/light"; }
flow() { find "$TMPDIR/archive" -name session.journal -exec grep -ao '{"fact":"light-eased[^}]*}' {} +; }
flow_says() { flow | grep -qE '"creation":1,"t":[0-9]+,"times":[0-9]+}'; }
is_safe() { # by name: what was watched
  echo "# $(tr '\n' ' ' <"$TMPDIR/light")"
  is "$1: no more than a quarter of any field flashed too often ($(seen share))" \
    [ "$(seen share | tr -d .)" -le 0250 ]
  is "$1: nor red ($(seen red))" [ "$(seen red | tr -d .)" -le 0250 ]
  is "$1: at most three flashes of the whole in any second ($(seen changes) changes)" \
    [ "$(seen changes)" -le 6 ]
}
choose_way() { # number
  local x y w h
  read -r x y w h <<<"$area"
  xdotool mousemove $((x + (2 * $1 + 1) * w / 32)) $((y + h / 2)) click 1
}

begin
is "the session begins" becomes 30 has skip
press skip
is "the exercises are offered" becomes 30 has card-org.gesto.broken.strobe
watch 10 &
watcher=$!
sleep 1.2 # what came with the page of cards is a second ago
press card-org.gesto.broken.strobe
is "the one that flashes begins" becomes 20 has area
area=$(rect_of area)
is "what was on the screen is looked at" wait "$watcher"
# Four flashes a second are eight changes; more than twice as many looks miss none.
is "often enough ($(seen looks) looks)" [ "$(seen looks)" -ge 180 ]
is_safe "all of it, 30 times a second"
is "the journal says that light was eased" becomes 10 flow_says
watch 12 &
watcher=$!
for way in 1 2 3 4 5 6 7 8 9; do
  choose_way $way
  sleep 1.3
done
wait "$watcher"
# How many of the first changes of each show is for test_flash_guard: they come within 70 ms.
is "something of nine ways shows ($(seen changes) changes)" [ "$(seen changes)" -ge 1 ]
is_safe "in nine ways"
is "what it sets on its panel shows, at its own pace" \
  becomes 5 shows '"label":"Toggle .","state":\["selected"'
press stop
is "Stop is there" becomes 20 has finish
press finish
is "closing" becomes 20 has made-0-private
press skip
becomes 20 has skip && press skip
is "and its farewell" becomes 30 has leave
press leave
is "it leaves" becomes 20 ended
wait "$gesto"
is "and ends well" [ $? -eq 0 ]
is "what it left holds" quietly "$home/gesto" verify "$(folder)"
is "a strobe that went on was named once in ten seconds at most ($(flow | wc -l))" \
  [ "$(flow | wc -l)" -le 4 ]
