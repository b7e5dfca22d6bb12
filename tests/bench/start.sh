#!/bin/bash
# Runs tests/tools/time_start.c on a screen of its own, whose pixels lie in a file.
BUILD=$(realpath "${BUILD:-build}")
command -v Xvfb >/dev/null || { echo "start.sh: Xvfb is not here: no row" >&2; exit 0; }
work=$(mktemp -d) || exit 1
trap 'kill "$server" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
Xvfb -displayfd 5 -screen 0 1920x1080x24 -fbdir "$work" -nocursor -noreset \
  5>"$work/display" 2>/dev/null &
server=$!
for _ in {1..100}; do [ -s "$work/display" ] && break; sleep 0.05; done
DISPLAY=:$(cat "$work/display") "$BUILD/tests/time_start" "$work/Xvfb_screen0" \
  "$BUILD/gesto-stage" "$BUILD/tests/bare_window"
