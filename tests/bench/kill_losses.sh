#!/bin/bash
# How much of what a hand did is lost at worst. A hand draws at 1000 Hz, and each time at a moment
# of chance all programs are killed (kill -9): what was given until then, by its own times, and is
# in no journal after the next start. The same where the power goes: what lay in memory alone is
# gone, and every file ends where it was last brought to disk.
TMPDIR=$(mktemp -d /tmp/gb.XXXXXX) || exit 1
KILLS=${KILLS:-20}
. "$(dirname "$0")/../end-to-end/kills.bash"
trap 'touch "$FAKE_STOP"; [ -z "$warden" ] || kill -9 "$warden" 2>/dev/null; sleep 0.5; rm -rf "$TMPDIR"' EXIT
export FORGETS_LOG=$TMPDIR/synced
RANDOM=20
everybody() { echo "$warden"; keeper_of; named gesto-stage; named gesto-player; named gesto-sound; }

draw_and_kill() { # log
  export FAKE_LOG=$1
  LD_PRELOAD=$preload begin
  input_runs 0 0 || return 1
  sleep "0.$(printf %02d $((RANDOM % 100)))"
  # shellcheck disable=SC2046
  kill -9 $(everybody) 2>/dev/null
  wait "$warden" 2>/dev/null
  warden=
}

# A start that takes nothing up brings what is left to the journals.
rescue() {
  local last=$FAKE_LOG
  export FAKE_LOG=$TMPDIR/rescue
  touch "$FAKE_STOP"
  LD_PRELOAD=$preload begin
  wait_for_end
  rm -f "$FAKE_STOP"
  FAKE_LOG=$last
}

# In ms: the hand gives one sample in each.
lost() { # log
  local name
  name=$(awk '$1 == "session" {print $2; exit}' "$1")
  slots_of "$GESTO_ARCHIVE/.live/$name"/creations/*/process*.journal | sort -u >"$TMPDIR/kept"
  grep '^seq' "$1" | awk '{print $2}' | sort -u | comm -23 - "$TMPDIR/kept" | wc -l
}

row() { # name, goal, function that takes away more
  local i ms worst=0
  export GESTO_ARCHIVE=$TMPDIR/$1
  for ((i = 0; i < KILLS; i++)); do
    : >"$TMPDIR/log"
    draw_and_kill "$TMPDIR/log" || { echo "$1: nothing was drawn" >&2; return 1; }
    "$3" >"$TMPDIR/cut"
    rescue
    ms=$(lost "$TMPDIR/log")
    [ "$ms" -le "$worst" ] || worst=$ms
  done
  printf '%-32s %-30s %-38s %-8s %-9s %s\n' "$1" "$worst ms at worst of $KILLS" - - "<=$2" \
    "$([ "$worst" -le "$2" ] && echo met || echo missed)"
}

preload=
row killed-input-lost 100 :
preload=$BUILD/tests/forgets.so
row power-cut-input-lost 300 forget
