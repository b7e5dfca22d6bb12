#!/bin/bash
# A session that was cut off, with its snapshots whole, flipped, torn, swapped or gone, and so
# with the pieces that they name: it is taken up from the newest that is of use, or from the
# journal alone, and comes out the same, also where a step is undone of which no piece is left.
. "$(dirname "$0")/kills.bash"
cp "$BUILD/tests/fake_desk" "$home/gesto-desk"
export FAKE_DO=$TMPDIR/do FAKE_HEARD=$TMPDIR/heard HOME=$TMPDIR BROWSER=true
everybody() { echo "$warden"; keeper_of; named gesto-stage; named gesto-player; named gesto-sound; }
desk() { # lines to do
  printf '%s\n' "$@" >"$FAKE_DO"
  : >"$FAKE_HEARD"
  timeout 300 "$home/gesto" >"$TMPDIR/out" 2>>"$TMPDIR/err"
}
frames() { # kind, journal: what frames of that kind hold
  python3 - "$@" <<'END'
import sys
sys.path.insert(0, "tests/end-to-end")
from read_session import Journal, load
for kind, payload in Journal(load(sys.argv[2])).frames():
    if kind == int(sys.argv[1]):
        print(payload.decode())
END
}
files() { ls "$GESTO_ARCHIVE"/.live/*/creations/01-draw/snapshots 2>/dev/null | grep ^snap- | sort -t- -k2 -n; }

begin
for ((i = 0; i < 12000; i++)); do
  [ "$(files | wc -l)" -ge 2 ] && break
  sleep 0.02
done
input_runs "$(seqs)" 0
# shellcheck disable=SC2046
kill -9 $(everybody) 2>/dev/null
wait "$warden" 2>/dev/null
warden=
name=$(awk '$1 == "session" {print $2; exit}' "$FAKE_LOG")
desk list # what was in the ring is in the journal now
files | head -n -2 | while read -r one; do rm "$GESTO_ARCHIVE"/.live/*/creations/01-draw/snapshots/"$one"; done
older=$(files | head -n 1) newer=$(files | tail -n 1)
[ -n "$older" ] && [ "$older" != "$newer" ]
report $? "a session was cut off with two snapshots"
mv "$GESTO_ARCHIVE" "$TMPDIR/kept"

flip() { # file: a bit in every part of it
  python3 - "$1" <<'END'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
for at in range(len(data) // 2, len(data), 2000):
    data[at] ^= 16
open(sys.argv[1], "wb").write(data)
END
}
harm() { # what
  cd "$GESTO_ARCHIVE/.live/$name/creations/01-draw/snapshots" || return 1
  case $1 in
  whole) ;;
  flipped) flip "$newer" ;;
  torn) truncate -s 1000 "$newer" ;;
  missing) rm "$newer" ;;
  swapped) cp "$older" "$newer" ;;
  both) flip "$newer" && truncate -s 60 "$older" ;;
  gone) rm -r ../snapshots ;;
  pieces-flipped) flip pieces ;;
  pieces-torn) truncate -s 5000 pieces ;;
  pieces-gone) rm pieces ;;
  esac
  cd - >/dev/null || return 1
}
take() { # what was done to them
  rm -rf "$TMPDIR/archive"
  cp -r "$TMPDIR/kept" "$TMPDIR/archive"
  export GESTO_ARCHIVE=$TMPDIR/archive
  harm "$1"
}

for what in gone whole flipped torn missing swapped both pieces-flipped pieces-torn pieces-gone; do
  take $what
  desk "finish $name"
  folder=$(sed -n 's/^said 0 1 //p' "$FAKE_HEARD")
  mkdir -p "$TMPDIR/made-$what"
  cp "$folder"/creations/01-draw/{artwork.png,state} "$TMPDIR/made-$what/"
  report $? "$what: it is finished"
  cmp "$TMPDIR/made-gone/artwork.png" "$TMPDIR/made-$what/artwork.png" &&
    cmp "$TMPDIR/made-gone/state" "$TMPDIR/made-$what/state"
  report $? "$what: picture and state are those of the whole journal"
done 2>>"$TMPDIR/err"

go_on() { # what, snapshot wanted
  local revived
  take "$1"
  rm -f "$FAKE_STOP"
  export FAKE_LOG=$TMPDIR/log-$1
  (
    input_runs 0 0
    touch "$FAKE_STOP"
  ) &
  desk "resume $name"
  folder=$(awk '$1 == "closed" {print $2}' "$FAKE_LOG")
  creation=$folder/creations/01-draw
  revived=$(frames 5 "$creation/process.journal")
  echo "$revived" >>"$TMPDIR/err"
  [ "$(echo "$revived" | sed 's/.*"snapshot":"*\([^"}]*\).*/\1/')" = "$2" ]
  report $? "$1: going on, it comes back from $2"
  "$home/gesto" replay "$creation" >"$TMPDIR/said" 2>>"$TMPDIR/err" &&
    grep -q '^artwork.png: equals the record' "$TMPDIR/said"
  report $? "$1: its journal gives what was made"
}
go_on whole "$newer"
go_on flipped "$older"
go_on both null
