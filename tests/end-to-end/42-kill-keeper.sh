#!/bin/bash
# kill -9 of the keeper while input runs at 1000 Hz. Nobody else can have the archive meanwhile.
. "$(dirname "$0")/kills.bash"
python3 tests/end-to-end/lock_watch.py "$GESTO_ARCHIVE/.lock" "$TMPDIR/lock" &
watcher=$!
kill_again_and_again keeper keeper_of 0.25 comes
kill "$watcher" 2>/dev/null
[ "$(cat "$TMPDIR/lock")" = held ]
report $? "keeper killed: the archive stayed locked"
the_window_stayed keeper
end_and_check keeper
