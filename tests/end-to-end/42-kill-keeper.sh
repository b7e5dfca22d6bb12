#!/bin/bash
# kill -9 of the keeper while input runs at 1000 Hz.
. "$(dirname "$0")/kills.bash"
kill_again_and_again keeper keeper_of 0.25 comes
the_window_stayed keeper
end_and_check keeper
