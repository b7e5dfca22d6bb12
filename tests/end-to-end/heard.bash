# What the scripts share that listen to a session: a JACK server of our own in a namespace of its
# own, programs with a window that a script speaks for, what is recorded and measured. Sourced;
# `inside` is the function that runs with the server, once for the script.
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
export TMPDIR XDG_STATE_HOME=$TMPDIR/state XDG_RUNTIME_DIR=$TMPDIR GESTO_ARCHIVE=$TMPDIR/archive
# A program that a busy machine holds up is not taken for one that hangs.
export GESTO_PATIENCE=${GESTO_PATIENCE:-10}
export TALK=$TMPDIR/talk TALK_LOG=$TMPDIR/log
home=$TMPDIR/programs
n=0
is() { # name, command... that must succeed
  n=$((n + 1))
  if "${@:2}"; then echo "ok $n - $1"; else
    echo "not ok $n - $1"
    { tail -n 30 "$TALK_LOG"; cat "$TMPDIR/err" "$TMPDIR"/*.facts; } 2>/dev/null | cut -c1-160 | sed 's/^/# /'
  fi
}
facts() { "$BUILD/tests/sound_facts" "$TMPDIR/heard.wav" "${@:2}" >"$TMPDIR/$1.facts"; }
of() { sed -n "s/^$2 //p" "$TMPDIR/$1.facts" | head -1; }
holds() { awk "BEGIN { exit !($1) }"; }
# A bend that steep is a click; a server that was late makes one of its own, and says so.
without_click() { holds "$1 < $2" || grep -qi xrun "$TMPDIR/jackd.log"; }
said() { sed -n "s/^\([0-9]*\) $1.*/\1/p" "$TALK_LOG" | head -1; } # ms of the first such line
tell() { echo "$*" >&7; } # the window's part
await() { # pattern in the log, how often
  local i
  for ((i = 0; i < 1800; i++)); do
    [ "$(grep -c -- "$1" "$TALK_LOG" 2>/dev/null)" -ge "${2:-1}" ] && return 0
    sleep 0.05
  done
  return 1
}
again() { # pattern, command...: does it and waits until the log has one more such line
  local had
  had=$(grep -c -- "$1" "$TALK_LOG")
  "${@:2}"
  await "$1" $((had + 1))
}
. tests/end-to-end/processes.bash
keeper() { children "$gesto" gesto | head -n 1; }
begin_session() { # and waits until a device plays
  "$home/gesto" session >"$TMPDIR/out" 2>"$TMPDIR/err" &
  gesto=$!
  await '"sound":true' || exit 9
}
sing_into_the_microphone() { # a tone, until be_silent
  local input
  input=$(jack_lsp | grep 'in_0' | head -1)
  jack_simple_client >/dev/null 2>&1 &
  tone=$!
  jack_disconnect system:capture_1 "$input"
  for _ in {1..600}; do
    jack_connect jack_simple_client:output1 "$input" && break
    sleep 0.1
  done
}
be_silent() {
  kill "$tone"
  wait "$tone" 2>/dev/null # its name is free for the next one
}

skip() {
  echo "ok 1 - what is heard # SKIP $1"
  echo "1..1"
  exit
}
listen_in() { # $0 again, with a JACK server, until the function inside() has ended
  if [ "${1-}" = inside ]; then
    mount -t tmpfs tmpfs /dev/shm || exit 9
    export JACK_DEFAULT_SERVER=gesto$$ JACK_NO_AUDIO_RESERVATION=1 JACK_NO_START_SERVER=1
    jackd -n "$JACK_DEFAULT_SERVER" -r -d dummy -r 48000 -p 1024 -C 2 -P 2 >"$TMPDIR/jackd.log" 2>&1 &
    local jack=$!
    jack_wait -s "$JACK_DEFAULT_SERVER" -w -t 60 >/dev/null 2>&1 || exit 9
    exec 7<>"$TALK"
    inside
    kill $jack
    exit 0
  fi
  command -v jackd jack_rec jack_wait jack_lsp jack_simple_client >/dev/null || skip "no JACK"
  unshare --mount --ipc true 2>/dev/null || skip "no namespaces"
  mkdir -p "$home"
  for part in "$BUILD"/gesto "$BUILD"/gesto-*; do [ -x "$part" ] && cp "$part" "$home/"; done
  cp "$BUILD/tests/talking_stage" "$home/gesto-stage"
  ln -sfn "$(realpath "$BUILD/assets")" "$home/assets"
  cp -rL "$BUILD/plugins" "$BUILD/plugins.conf" "$home/"
  mkfifo "$TALK" || exit 1
  unshare --mount --ipc "$0" inside 2>/dev/null
  [ $? -ne 9 ] || skip "the JACK server or its device did not start"
  folder=$(tail -n 1 "$TMPDIR/out")
}
