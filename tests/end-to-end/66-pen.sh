#!/bin/bash
# Pens by XInput 2, read beside SDL from a real X server: its own test pointer stands for one.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
for tool in Xvfb xdotool; do
  command -v $tool >/dev/null || { echo "ok 1 - a pen # SKIP $tool is not here"; exit 0; }
done
TMPDIR=${TMPDIR:-$(mktemp -d)}
exec {display_number}< <(exec Xvfb -displayfd 1 -screen 0 800x600x24 -nolisten tcp 2>/dev/null)
xvfb=$!
trap 'kill "$echo" "$xvfb" 2>/dev/null' EXIT
read -r -t 120 -u "$display_number" number || { echo "not ok 1 - Xvfb starts"; exit 1; }
export DISPLAY=:$number
"$BUILD/tests/pen_echo" >"$TMPDIR/said" 2>"$TMPDIR/err" &
echo=$!
for _ in {1..3000}; do grep -q '^pens' "$TMPDIR/said" && break; sleep 0.02; done

n=0
is() { # name, command...
  n=$((n + 1))
  if "${@:2}"; then echo "ok $n - $1"; else
    echo "not ok $n - $1"
    { head -n 12 "$TMPDIR/said"; cat "$TMPDIR/err"; } | sed 's/^/# /'
  fi
}
is "one pen is found" grep -qx 'pens 1' "$TMPDIR/said"

xdotool mousemove 100 100
for stroke in 1 2 3; do
  xdotool mousemove 100 $((100 * stroke)) mousedown 1
  for ((x = 101; x <= 300; x++)); do echo "mousemove $x $((100 * stroke))"; done | xdotool -
  xdotool mouseup 1 click 3
done
for _ in {1..3000}; do kill -0 "$echo" 2>/dev/null || break; sleep 0.02; done
wait "$echo"
is "it ends by itself" test $? -eq 0
moves() { [ "$(grep -c "^move [0-9]* ${1}00\$" "$TMPDIR/said")" -eq 200 ]; }
every_move() { moves 1 && moves 2 && moves 3; }
is "each of 600 moves came, in its place" every_move
is "three strokes began and ended, and the other button began none" \
  test "$(grep -c '^down' "$TMPDIR/said") $(grep -c '^up' "$TMPDIR/said")" = "3 3"
in_order() { grep '^move [0-9]* 200$' "$TMPDIR/said" | awk '{print $2}' | sort -nc 2>/dev/null; }
is "in order" in_order
echo "1..$n"
