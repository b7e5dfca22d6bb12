# What the scripts share that drive the client's window for real: programs in a folder of
# their own (the window's with the tests' door), a screen whose pixels lie in a file, the tree
# of what shows. Sourced. Input is that of the X server, but for `door` and `press`.
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
for tool in Xvfb xdotool jq; do
  command -v $tool >/dev/null || { echo "ok 1 - a window # SKIP $tool is not here"; exit 0; }
done
TMPDIR=${TMPDIR:-$(mktemp -d)}
export XDG_STATE_HOME=${XDG_STATE_HOME:-$TMPDIR/state} XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$TMPDIR}
export XDG_CACHE_HOME=$TMPDIR/cache GESTO_ARCHIVE=$TMPDIR/archive GESTO_SCALE=1
# A program that a busy machine holds up is not taken for one that hangs.
export GESTO_PATIENCE=${GESTO_PATIENCE:-10}
export GESTO_TEST_INPUT=$TMPDIR/door
# Whoever finds no session bus would start one, which writes into the home folder.
[ -n "$OWN_BUS" ] || export DBUS_SESSION_BUS_ADDRESS=disabled:
home=$TMPDIR/programs
mkdir -p "$home/plugins" "$TMPDIR/screen" && mkfifo "$GESTO_TEST_INPUT" &&
  exec 7<>"$GESTO_TEST_INPUT" || exit 1
cp "$BUILD/tests/gesto-stage-test" "$home/gesto-stage"
for part in "$BUILD"/gesto "$BUILD"/gesto-*; do
  [ -x "$part" ] && [ "$(basename "$part")" != gesto-stage ] && cp "$part" "$home/"
done
ln -sfn "$(realpath "$BUILD/assets")" "$home/assets"
ln -sfn "$BUILD/words" "$home/words"
: >"$TMPDIR/err"
screen=$TMPDIR/screen/Xvfb_screen0
gesto=

# The exercises on offer: paths below $BUILD. None: all that come with Gesto.
exercises() {
  local path word
  if [ $# -eq 0 ]; then
    cp -rL "$BUILD/plugins" "$BUILD/plugins.conf" "$home/"
    return
  fi
  for path in "$@"; do
    word=$(basename "$path" .so)
    cp "$BUILD/$path" "$home/plugins/"
    printf '[%s]\npath = %s.so\n' "$word" "$word"
  done >"$home/plugins.conf"
}

n=0
is() { # name, command... that must succeed
  n=$((n + 1))
  if "${@:2}"; then echo "ok $n - $1${TIMES:+ at $SECONDS s}"; else
    echo "not ok $n - $1"
    { echo "what shows: $(tree | jq -r '.. | .label? // empty' 2>/dev/null | head -n 12 | tr '\n' '|')"
      tail -n 8 "$TMPDIR/err"; } | sed 's/^/# /'
  fi
}

open_screen() { # [width x height]
  exec {display_number}< <(exec Xvfb -displayfd 1 -screen 0 "${1:-1280x800}x24" \
    -fbdir "$TMPDIR/screen" -nolisten tcp 2>/dev/null)
  xvfb=$!
  read -r -t 120 -u "$display_number" number || { echo "not ok 1 - Xvfb starts"; exit 1; }
  export DISPLAY=:$number
}
close_all() {
  [ -z "$gesto" ] || kill "$gesto" 2>/dev/null
  [ -z "$gesto" ] || becomes 2 ended
  [ -z "$xvfb" ] || kill "$xvfb" 2>/dev/null
}
trap close_all EXIT

begin() { # arguments of `gesto session`
  "$home/gesto" session "$@" >"$TMPDIR/out" 2>>"$TMPDIR/err" &
  gesto=$!
}
ended() { ! kill -0 "$gesto" 2>/dev/null; }
folder() { tail -n 1 "$TMPDIR/out"; } # of the session, once it has ended

door() { printf '%s\n' "$1" >&7; }
press() { door "{\"do\":\"press\",\"id\":\"$1\"}"; }
key() { xdotool key --delay 20 "$@"; }
tree() { # what stands in the window after all that was done before; each in a file of its own
  local to=$TMPDIR/tree.$BASHPID.$RANDOM
  door "{\"do\":\"tree\",\"to\":\"$to\"}"
  for _ in {1..500}; do [ -e "$to" ] && break; sleep 0.02; done
  cat "$to" 2>/dev/null
  rm -f "$to"
}
# Seconds are those of a quiet machine of today; a slow or busy one has six times as long.
becomes() { # seconds, command...: until it holds
  local until=$((SECONDS + 6 * $1))
  while [ $SECONDS -lt $until ]; do "${@:2}" && return 0; sleep 0.1; done
  return 1
}
shows() { tree | grep -qE -- "$1"; }
shows_not() { ! shows "$1"; }
has() { shows "\"id\":\"$1\""; }
rect_of() { # id: x y w h, in layout pixels
  tree | jq -r --arg id "$1" '[.. | objects | select(.id? == $id) | .rect][0] // empty | map(round) | join(" ")'
}
focus() { tree | jq -r '[.. | objects | select(.state? | index("focused"))][0].id // empty' 2>/dev/null; }
focus_is() { [ "$(focus)" = "$1" ]; }
to() { # id: on with Tab until it has the focus; once round at most
  local first now
  first=$(focus) now=$first
  while [ "$now" != "$1" ]; do
    key Tab
    now=$(focus)
    [ "$now" != "$first" ] || return 1
  done
}
quietly() { "$@" >/dev/null 2>>"$TMPDIR/err"; }
paper() { # there is an exercise, and its picture shows: it takes what is drawn
  tree | jq -e '[.. | objects | select(.id? == "area")][0] | . != null and
    ((.state // []) | index("empty") | not)' >/dev/null
}
. tests/end-to-end/processes.bash
keeper() { children "$gesto" gesto | head -n 1; }
program() { children "$(keeper)" "$1" | head -n 1; } # gesto-stage, gesto-sound
player() { # the one that has an exercise, not those that wait for their turn
  local pid
  for pid in $(children "$(keeper)" gesto-player); do
    grep -q '/plugins/.*\.so' "/proc/$pid/maps" 2>/dev/null && echo "$pid"
  done
}
