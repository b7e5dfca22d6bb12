#!/bin/bash
# A drawing that nobody touches costs nothing: once the last stroke is kept, neither the keeper
# nor the window nor the exercise wakes. And a hand that comes back is met at once.
. "$(dirname "$0")/window.bash"
. "$(dirname "$0")/processes.bash"
exercises plugins/draw.so
open_screen

wakes() { # how often each of their threads has slept
  local pid
  for pid in "${watched[@]}"; do cat "/proc/$pid/task/"*/status; done 2>/dev/null |
    awk '/^voluntary/ { n += $2 } END { print n + 0 }'
}
rests() { # nobody wakes for three seconds
  local before
  before=$(wakes)
  sleep 3
  [ "$before" -gt 0 ] && [ "$(wakes)" = "$before" ]
}
stroke() { xdotool mousemove 500 "$1" mousedown 1 mousemove 560 "$1" mousemove 620 "$1" mouseup 1; }

begin --exercise org.gesto.draw
is "there is a paper" becomes 60 has control-brush-ink
keeper=$(children "$gesto" gesto)
watched=("$keeper" $(children "$keeper" gesto-stage) $(children "$keeper" gesto-player))
is "the keeper, the window and the exercise run" test "${#watched[@]}" -ge 3
stroke 400
is "after a stroke all of them come to rest" becomes 90 rests
before=$(wakes)
stroke 450
woke() { [ "$(wakes)" -gt "$before" ]; }
is "the next one wakes them" becomes 10 woke
is "and then they rest again" becomes 90 rests
echo "1..$n"
