#!/bin/bash
# What sounds lies in tapes that outlive the player: killed again and again, also while it lays
# layers over each other, it comes back from a small snapshot to the very same samples.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
export XDG_STATE_HOME=${XDG_STATE_HOME:-$TMPDIR/state} XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$TMPDIR}
export GESTO_ARCHIVE=$TMPDIR/archive XDG_CACHE_HOME=$TMPDIR/cache
# A program that a busy machine holds up is not taken for one that hangs.
export GESTO_PATIENCE=${GESTO_PATIENCE:-10}
gesto=$BUILD/gesto
n=0
report() { # code, name
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
    echo "not ok $n - $2"
    cat "$TMPDIR/err" "$TMPDIR/out" 2>/dev/null | tail -n 20 | sed 's/^/# /'
  fi
}
# Notes with long tails, layer after layer, one taken back: 100 s in a third of the time.
python3 - >"$TMPDIR/loop.jsonl" <<'END'
import json
def line(**k): print(json.dumps(k))
line(gesto="gestures/1", exercise="org.gesto.loop", stage=[1280, 800], seed=9)
line(t=0.1, control="tempo", value=120)
t = 0.5
events = []
for i in range(300):
    x, y = 100 + i * 97 % 1000, 300 + i * 53 % 400
    events.append((t, dict(down=[x, y], pressure=0.5, tool="finger", source=1)))
    events.append((round(t + 0.2, 6), dict(up=[x, y], tool="finger", source=1)))
    t = round(t + 0.31, 6)
for at, name in ((2, "record"), (7, "play"), (12, "layer"), (22, "layer"), (33, "undo"),
                 (40, "layer"), (55, "layer"), (70, "layer"), (90, "play")):
    events.append((at + 0.05, dict(action=name)))
for at, what in sorted(events, key=lambda e: e[0]):
    line(t=at, **what)
line(t=100.0, close={"keep": "keep", "process": True, "title": "Loop"})
END

"$gesto" play --speed 4 "$TMPDIR/loop.jsonl" >"$TMPDIR/out" 2>"$TMPDIR/err" &
playing=$!
trap 'kill -9 $playing 2>/dev/null' EXIT
snapshots() { ls "$GESTO_ARCHIVE"/.live/*/creations/*/snapshots 2>/dev/null; }
player() { # the one that has the exercise
  local stat pid comm parent
  for stat in /proc/[0-9]*/stat; do
    read -r pid comm _ parent _ 2>/dev/null <"$stat" || continue
    [ "$parent" = "$playing" ] && grep -q plugins/loop.so "/proc/$pid/maps" && echo "$pid"
  done
}
wait_for_snapshot() { # what is there already
  local i now
  for ((i = 0; i < 6000; i++)); do
    now=$(snapshots)
    [ -n "$now" ] && [ "$now" != "$1" ] && return 0
    kill -0 "$playing" 2>/dev/null || return 1
    sleep 0.02
  done
  return 1
}
killed=0 largest=0 before=
for pause in 1.3 0.7; do
  wait_for_snapshot "$before" || break
  sleep "$pause"
  size=$(cat "$GESTO_ARCHIVE"/.live/*/creations/*/snapshots/* | wc -c)
  [ "$size" -le "$largest" ] || largest=$size
  for ((i = 0; i < 3000; i++)); do [ -n "$(player)" ] && break; sleep 0.02; done
  kill -9 "$(player)" && killed=$((killed + 1))
  before=$(snapshots)
done
[ "$killed" -eq 2 ]
report $? "a player that had tapes was killed twice, after snapshots"
[ "$largest" -gt 0 ] && [ "$largest" -lt 100000 ]
report $? "two snapshots are smaller than 100 kB"
wait "$playing"
report $? "the script was played to its end"
session=$(tail -n 1 "$TMPDIR/out") creation=$session/creations/01-loop
[ "$(grep -aoE '"snapshot":"snap-[0-9]+"' "$creation/process.journal" | wc -l)" -eq 2 ] &&
  ! grep -aq '"snapshot":null' "$creation/process.journal"
report $? "it came back from a snapshot each time"
"$gesto" replay "$creation" >"$TMPDIR/out" 2>>"$TMPDIR/err"
report $? "a replay of everything gives the same samples"
[ "$(grep -c 'flac: equals the record' "$TMPDIR/out")" -ge 2 ]
report $? "mix and loops are among them"
[ -f "$creation/mix.flac" ]
report $? "the mix is kept"
