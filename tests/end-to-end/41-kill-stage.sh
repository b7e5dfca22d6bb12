#!/bin/bash
# kill -9 of the stage while input runs at 1000 Hz.
. "$(dirname "$0")/kills.bash"
stage() { named gesto-stage; }
kill_again_and_again stage stage 0.2 comes
[ "$(grep -c '^stage' "$FAKE_LOG")" -eq $((KILLS + 1)) ]
report $? "stage killed: a window was opened again each time"
end_and_check stage
