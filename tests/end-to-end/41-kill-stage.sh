#!/bin/bash
# kill -9 of the stage while input runs at 1000 Hz.
. "$(dirname "$0")/kills.bash"
stage() { named gesto-stage; }
kill_again_and_again stage stage 0.2 comes
[ "$(grep -c '^stage' "$FAKE_LOG")" -eq $((KILLS + 1)) ]
report $? "stage killed: a window was opened again each time"
end_and_check stage

# One that hangs is ended and started anew on the calm page; a polite end closes the session.
unset GESTO_PATIENCE
export FAKE_HANG=$TMPDIR/hang FAKE_LOG=$TMPDIR/log-hang
rm -f "$FAKE_STOP"
begin
input_runs 0 0
touch "$FAKE_HANG"
for ((i = 0; i < 3000; i++)); do
  [ "$(grep -c '^stage' "$FAKE_LOG")" -ge 2 ] && break
  sleep 0.02
done
rm -f "$FAKE_HANG"
input_runs "$(seqs)" 1
report $? "stage hangs: another one goes on"
kill -TERM "$warden"
wait_for_end
report $? "asked to end by a signal: gesto ends well"
folder=$(tail -n 1 "$TMPDIR/out")
[ -f "$folder/MANIFEST" ] && [ -z "$(ls -A "$GESTO_ARCHIVE/.live")" ]
report $? "asked to end by a signal: the session is closed"
