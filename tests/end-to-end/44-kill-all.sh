#!/bin/bash
# kill -9 of all programs at once while input runs at 1000 Hz: the next start brings what was
# in the ring into the journals, and each session can be taken up.
. "$(dirname "$0")/kills.bash"
everybody() { echo "$warden"; keeper_of; named gesto-stage; named gesto-player; named gesto-sound; }

good=0
for ((i = 0; i < KILLS && good == 0; i++)); do
  export FAKE_LOG=$TMPDIR/log-$i
  begin
  input_runs 0 0 || good=1
  # shellcheck disable=SC2046
  kill -9 $(everybody) 2>/dev/null
  wait "$warden" 2>/dev/null
done
report $good "all killed $KILLS times: the next start works"

touch "$FAKE_STOP"
export FAKE_LOG=$TMPDIR/log-last
begin
wait_for_end
report $? "all killed: a session after that ends well"
[ "$(ls "$GESTO_ARCHIVE/.live" | wc -l)" -eq "$KILLS" ]
report $? "all killed: each session is there to be taken up"
[ -z "$(ls -A "$XDG_RUNTIME_DIR/gesto" 2>/dev/null)" ]
report $? "all killed: nothing is left in memory"

missing=0
for ((i = 0; i < KILLS; i++)); do
  name=$(awk '$1 == "session" {print $2; exit}' "$TMPDIR/log-$i")
  all_there "$TMPDIR/log-$i" "$GESTO_ARCHIVE/.live/$name"/creations/*/process*.journal ||
    missing=$((missing + 1))
done
report $missing "all killed: no slot of any session is missing"
