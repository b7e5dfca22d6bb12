#!/bin/bash
# A player that somebody has taken over: it floods, lies, breaks what it shares, stays when it
# should go. Whatever it does, a keeper ends in time and says so in plain sentences, and what is
# in the archive can be read.
# In a room of its own where that can be had: a keeper that is led to kill too much kills in it.
if [ -z "$EVIL_ROOM" ]; then
  export EVIL_ROOM=1
  room="--pid --fork --mount-proc --kill-child"
  # shellcheck disable=SC2086
  if unshare $room true 2>/dev/null; then exec unshare $room bash "$0"; fi
  # shellcheck disable=SC2086
  if unshare --user --map-current-user $room true 2>/dev/null; then
    exec unshare --user --map-current-user $room bash "$0"
  fi
fi
. "$(dirname "$0")/kills.bash"
unset GESTO_PATIENCE
cp "$BUILD/tests/evil_player" "$home/gesto-player"
printf '[draw]\npath = draw.so\n' >"$home/plugins.conf"
slow=
nm "$BUILD/gesto" 2>/dev/null | grep -q __asan_init && slow=1
cat >"$TMPDIR/script.jsonl" <<'END'
{"gesto":"gestures/1","exercise":"org.gesto.draw","stage":[400,300],"seed":1}
{"t":0.1,"down":[50,50],"pressure":0.5,"source":1}
{"t":0.5,"move":[60,60],"pressure":0.5,"source":1}
{"t":0.8,"up":[60,70],"source":1}
{"t":1.0,"close":{"keep":"keep","process":true,"title":""}}
END

# Nothing that steers a terminal, whole letters only, and not without end.
plain() { # file
  ! LC_ALL=C grep -qaP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]' "$1" &&
    iconv -f utf-8 -t utf-8 "$1" >/dev/null && [ "$(wc -l <"$1")" -le 700 ]
}
small() { [ "$(du -sk "$1/archive" | cut -f1)" -le 40000 ]; }
# Of what a play leaves: ended by itself in time, in plain words, closed, whole, in its place.
holds() { # folder, exit code
  local why= made
  [ "$2" -le 1 ] || why="ended with code $2"
  plain "$1/out" && plain "$1/err" || why="$why; not plain"
  made=$(tail -n 1 "$1/out")
  [ -f "$made/MANIFEST" ] && [[ $made == $1/archive/* ]] || why="$why; not closed"
  "$BUILD/gesto" --archive "$1/archive" verify "$made" >"$1/verify" 2>&1 || why="$why; not whole"
  [ -z "$(ls -A "$1/archive/.live")" ] || why="$why; left open"
  small "$1" || why="$why; large"
  [ -z "$why" ] && return 0
  { echo "${why#; }"; head -c 3000 "$1/err" "$1/verify" | tr -c '\n -~' '?'; } >"$TMPDIR/err"
  return 1
}

rooms=$TMPDIR/rooms
play_with() { # word, seconds, options...: plays with a player that does the word
  local own=$rooms/$1
  mkdir -p "$own/state" "$own/run" && chmod 700 "$own/run"
  cp -rl "$home" "$own/programs" 2>/dev/null || cp -r "$home" "$own/programs"
  echo "$1" >"$own/programs/evil"
  GESTO_ARCHIVE=$own/archive XDG_STATE_HOME=$own/state XDG_CACHE_HOME=$own/cache \
    XDG_RUNTIME_DIR=$own/run timeout -k 1 "$2" "$own/programs/gesto" \
    play "$TMPDIR/script.jsonl" "${@:3}" >"$own/out" 2>"$own/err"
  echo $? >"$own/code"
}
judge() { # word
  holds "$rooms/$1" "$(cat "$rooms/$1/code")"
  report $? "$1"
  rm -rf "${rooms:?}/$1"
}

# What takes its time to be noticed runs beside the rest.
waiting="never-ready never-loaded never-takes probe-hangs"
[ -z "$slow" ] || waiting="never-takes probe-hangs"
printing=stderr # with a sanitizer, what a player prints is let through
[ -z "$slow" ] || printing=
pids=()
for word in $waiting; do
  play_with "$word" 350 &
  pids+=($!)
done
for word in as-it-should ends-at-once garbage garbage-first with-fds link-shut $printing \
  refused-stays refused-words gave-up-again never-caught-up busy-for-ever never-listens \
  declared-deep declared-objects declared-nonsense declared-escapes declared-other \
  works-huge works-beyond works-writable works-changed works-names works-kinds works-facts \
  works-of-nothing works-many works-many-done works-title-bytes save-mad quit-ignored \
  farewell-stays link-closed-stays kills-itself kills-itself-early \
  reports-mad reports-flood reports-far page-random done-far seals frame \
  flood-log flood-control flood-asset flood-asset-names flood-work flood-want flood-done \
  flood-saved flood-loaded flood-ready flood-caught flood-spots flood-refused \
  flood-farewell flood-decoded flood-say flood-cue flood-gave-up probe-refuses probe-deep probe-long probe-escapes; do
  case $word in
  flood-* | garbage | stderr | reports-*) play_with "$word" 60 --speed 1 ;;
  *) play_with "$word" 60 ;;
  esac
  judge "$word"
done
wait "${pids[@]}"
for word in $waiting; do judge "$word"; done

# With a window: it is not held up, and the session can be left and closed. As nobody is given
# patience here, a machine that stands still may cost one of them its window.
lost=0
for word in flood-control flood-spots flood-say flood-asset garbage page-random reports-flood frame seals \
  kills-itself never-listens works-writable quit-ignored; do
  echo "$word" >"$home/evil"
  export GESTO_ARCHIVE=$TMPDIR/live-$word FAKE_LOG=$TMPDIR/log-$word
  rm -f "$FAKE_STOP"
  : >"$TMPDIR/err"
  begin
  for ((i = 0; i < 3000 && $(seqs) < 500; i++)); do
    grep -q '^gone' "$FAKE_LOG" 2>/dev/null && break
    sleep 0.02
  done
  [ "$(seqs)" -ge 500 ] || grep -q '^gone' "$FAKE_LOG"
  report $? "$word live: input runs, or the exercise is set aside"
  touch "$FAKE_STOP"
  wait_for_end
  folder=$(tail -n 1 "$TMPDIR/out")
  windows=$(grep -c '^stage' "$FAKE_LOG")
  lost=$((lost + windows - 1))
  [ -f "$folder/MANIFEST" ] && [ "$lost" -le 1 ] && plain "$TMPDIR/err" && all_there "$FAKE_LOG" "$folder"/creations/*/process*.journal
  report $? "$word live: the window stays to the end, no slot is missing"
  rm -rf "$GESTO_ARCHIVE"
done
echo "1..$n"
