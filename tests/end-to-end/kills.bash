# What the kill tests share: a stage that needs no screen, programs found by name below the
# warden, and whether every slot that was in the ring is in a journal. Sourced.
# KILLS: how often each victim (50).
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
KILLS=${KILLS:-50}
export XDG_STATE_HOME=${XDG_STATE_HOME:-$TMPDIR/state} XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$TMPDIR}
export XDG_CACHE_HOME=$TMPDIR/cache GESTO_PATIENCE=${GESTO_PATIENCE:-10} # see window.bash
export GESTO_ARCHIVE=$TMPDIR/archive FAKE_LOG=$TMPDIR/log FAKE_STOP=$TMPDIR/stop
ulimit -c 0
: >"$TMPDIR/err"

home=$TMPDIR/programs
mkdir -p "$home"
cp "$BUILD/gesto" "$home/gesto"
cp "$BUILD/tests/fake_stage" "$home/gesto-stage"
for part in gesto-player gesto-sound plugins plugins.conf; do
  [ -e "$BUILD/$part" ] && cp -rL "$BUILD/$part" "$home/"
done
ln -sfn "$(realpath "$BUILD/assets")" "$home/assets"
trap 'touch "$FAKE_STOP"; [ -z "$warden" ] || kill -9 "$warden" 2>/dev/null; sleep 0.2' EXIT

n=0
report() { # code, name
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
    echo "not ok $n - $2"
    tail -n 15 "$TMPDIR/err" | sed 's/^/# /'
  fi
}

. tests/end-to-end/processes.bash
keeper_of() { children "$warden" gesto | head -n 1; }
# Those that a dead keeper left behind belong to the warden.
named() { # name
  local keeper
  keeper=$(keeper_of)
  [ -z "$keeper" ] || children "$keeper" "$1"
  children "$warden" "$1"
}

# The one of these that has been there longest; numbers of processes begin again at some point.
oldest() { # pids on stdin
  local pid
  while read -r pid; do
    sed "s/.*) //" "/proc/$pid/stat" 2>/dev/null | awk -v pid="$pid" '{print $20, pid}'
  done | sort -n | awk 'NR == 1 {print $2}'
}

begin() {
  "$home/gesto" session >"$TMPDIR/out" 2>>"$TMPDIR/err" &
  warden=$!
}
seqs() { local c; c=$(grep -c '^seq' "$FAKE_LOG" 2>/dev/null); echo "${c:-0}"; }
players() { local c; c=$(grep -c '^player' "$FAKE_LOG" 2>/dev/null); echo "${c:-0}"; }
# Input runs again: at least 60 more slots than before, and more players came, within 120 s.
input_runs() { # slots before, players before
  local until=$((SECONDS + 120))
  while [ $SECONDS -lt $until ]; do
    [ "$(seqs)" -gt $(($1 + 60)) ] && [ "$(players)" -gt "$2" ] && return 0
    sleep 0.02
  done
  echo "no more input after $1 slots and $2 players" >>"$TMPDIR/err"
  return 1
}
wait_for_end() {
  local until=$((SECONDS + 240))
  while [ $SECONDS -lt $until ]; do
    kill -0 "$warden" 2>/dev/null || break
    sleep 0.02
  done
  wait "$warden"
  warden=
}
slots_of() { # journals...
  local journal
  for journal in "$@"; do [ -e "$journal" ] && python3 tests/end-to-end/read_session.py --slots "$journal"; done |
    awk '{print $1}' | sort
}
# Every slot of the log is in the journals.
all_there() { # log, journals...
  local missing
  slots_of "${@:2}" | uniq >"$TMPDIR/journalled"
  grep '^seq' "$1" | awk '{print $2}' | sort -u >"$TMPDIR/written"
  missing=$(comm -23 "$TMPDIR/written" "$TMPDIR/journalled" | wc -l)
  echo "$(wc -l <"$TMPDIR/written") slots were written, $missing are missing" >>"$TMPDIR/err"
  [ "$missing" -eq 0 ] && [ -s "$TMPDIR/written" ]
}
none_twice() { [ -z "$(slots_of "$@" | uniq -d)" ]; }

# Kills a victim again and again while input runs; `comes`: a player comes each time after it.
kill_again_and_again() { # name for people, function that prints pids, pause, comes
  local good=0 i before had pids
  begin
  input_runs 0 0 || good=1
  for ((i = 0; i < KILLS && good == 0; i++)); do
    sleep "$3"
    pids=$($2)
    before=$(seqs)
    had=$(players)
    [ "$4" = comes ] || had=0
    if [ -z "$pids" ]; then
      echo "there is no $1 to be killed" >>"$TMPDIR/err"
      good=1
      break
    fi
    # shellcheck disable=SC2086
    kill -9 $pids 2>/dev/null
    input_runs "$before" "$had" || good=1
  done
  report $good "$1 killed $KILLS times: the exercise goes on each time"
}

end_and_check() { # name for people
  touch "$FAKE_STOP"
  wait_for_end
  report $? "$1 killed: gesto ends well"
  folder=$(tail -n 1 "$TMPDIR/out")
  [ -f "$folder/MANIFEST" ]
  report $? "$1 killed: the session is closed"
  all_there "$FAKE_LOG" "$folder"/creations/*/process*.journal
  report $? "$1 killed: no slot is missing"
  none_twice "$folder"/creations/*/process.journal
  report $? "$1 killed: no slot is there twice"
  "$BUILD/gesto" --archive "$GESTO_ARCHIVE" verify "$folder" >>"$TMPDIR/err" 2>&1
  report $? "$1 killed: gesto verify holds"
  [ -z "$(ls -A "$GESTO_ARCHIVE/.live")" ]
  report $? "$1 killed: nothing is left in progress"
}
the_window_stayed() { # name for people
  [ "$(grep -c '^stage' "$FAKE_LOG")" -eq 1 ]
  report $? "$1 killed: the window stayed"
}

# The power goes, after everybody was killed who ran with forgets.so: memory is empty, and the
# archive is as the disk has it. Says how many bytes that takes away.
forget() {
  rm -rf "$XDG_RUNTIME_DIR/gesto"
  python3 - "$GESTO_ARCHIVE" "$FORGETS_LOG" <<'END'
import os, sys
size = {}
for line in open(sys.argv[2]):
    inode, n = map(int, line.split())
    size[inode] = n
cut = 0
for d, _, files in os.walk(sys.argv[1]):
    for f in files:
        path = os.path.join(d, f)
        s = os.lstat(path)
        keep = size.get(s.st_ino, 0)
        if f == ".reserve" or keep >= s.st_size: continue
        cut += s.st_size - keep
        os.truncate(path, keep)
print(cut)
END
}
