#!/bin/bash
# kill -9 of the player and of all that wait to take its place, in one moment, while input runs
# at 1000 Hz: those that waited had no exercise yet, and their end is not held against it.
KILLS=${KILLS:-12}
. "$(dirname "$0")/kills.bash"
everyone() { named gesto-player | sort -u; }
kill_again_and_again "every player" everyone 0.1 comes
the_window_stayed "every player"
end_and_check "every player"
