#!/bin/bash
# kill -9 of the player while input runs at 1000 Hz.
. "$(dirname "$0")/kills.bash"
# The one that plays is the one that has been there longest.
playing() { named gesto-player | oldest; }
kill_again_and_again player playing 0.1 comes
the_window_stayed player
end_and_check player
[ "$(grep -c '^gone' "$FAKE_LOG")" -ge $((KILLS / 2)) ]
report $? "player killed: the stage was told"
