#!/bin/bash
# The power goes while input runs at 1000 Hz: all programs end at once, what lay in memory is
# gone, and every file has what was last brought to disk and nothing after it. What was done up
# to a moment before is in the journal, and the desk closes the session as interrupted.
. "$(dirname "$0")/kills.bash"
CUTS=${CUTS:-5}
cp "$BUILD/tests/fake_desk" "$home/gesto-desk"
export FORGETS_LOG=$TMPDIR/synced FAKE_DO=$TMPDIR/do FAKE_HEARD=$TMPDIR/heard HOME=$TMPDIR BROWSER=true
everybody() { echo "$warden"; keeper_of; named gesto-stage; named gesto-player; named gesto-sound; }

worst=0 least=99999
all_cut=0
for ((i = 0; i < CUTS; i++)); do
  export FAKE_LOG=$TMPDIR/log-$i
  LD_PRELOAD=$BUILD/tests/forgets.so "$home/gesto" session >"$TMPDIR/out" 2>>"$TMPDIR/err" &
  warden=$!
  input_runs 5000 0
  report $? "cut $((i + 1)): input runs"
  sleep "0.$((RANDOM % 10))"
  # shellcheck disable=SC2046
  kill -9 $(everybody) 2>/dev/null
  wait "$warden" 2>/dev/null
  warden=
  cut=$(forget)
  all_cut=$((all_cut + cut))
  name=$(awk '$1 == "session" {print $2; exit}' "$FAKE_LOG")
  written=$(grep -c '^seq' "$FAKE_LOG")
  printf 'list\nfinish %s\n' "$name" >"$FAKE_DO"
  slots_of "$GESTO_ARCHIVE/.live/$name"/creations/*/process*.journal >"$TMPDIR/kept"
  kept=$(sort -u "$TMPDIR/kept" | wc -l)
  lost=$((written - kept))
  [ "$lost" -le "$worst" ] || worst=$lost
  echo "# $written ms of input, the last $lost of it lost, $cut bytes that were not on disk" | tee -a "$TMPDIR/err"
  [ "$lost" -ge "$least" ] || least=$lost
  # A third of a second on a quiet machine; one that is held up brings things to disk later.
  [ "$lost" -le 3000 ]
  report $? "cut $((i + 1)): all is there but the last moment ($lost ms)"
  sort -n "$TMPDIR/kept" | uniq | head -n "$kept" | awk 'NR > 1 && $1 != last + 1 { bad = 1 } { last = $1 } END { exit bad }'
  report $? "cut $((i + 1)): and nothing in between is missing"
  : >"$FAKE_HEARD"
  timeout 300 "$home/gesto" >"$TMPDIR/out" 2>>"$TMPDIR/err"
  report $? "cut $((i + 1)): the desk closes it"
  folder=$(sed -n 's/^said 0 1 //p' "$FAKE_HEARD")
  grep -q '"interrupted": *true' "$folder/session.json" 2>/dev/null &&
    "$home/gesto" verify "$folder" >>"$TMPDIR/err" 2>&1 && ls "$folder"/creations/01-draw/artwork.png >/dev/null
  report $? "cut $((i + 1)): as interrupted, with its picture"
done
[ "$least" -le 1000 ]
report $? "that is a second at most where the disk is quick ($least ms)"
[ "$all_cut" -gt 0 ]
report $? "something was cut ($all_cut bytes; worst: $worst ms)"
echo "1..$n"
