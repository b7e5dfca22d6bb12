#!/bin/bash
# From Stop to the calm page and to silence, and from a window that hangs to the calm page: the
# figures of tests/end-to-end/63-stop.sh, each with what is allowed.
cd "$(dirname "$0")/../.." || exit 1
home=$(mktemp -d /tmp/gb.XXXXXX) && mkdir "$home/run" && chmod 700 "$home/run" || exit 1
trap 'chmod -R u+rwX "$home"; rm -rf "$home"' EXIT
BENCH=1 TMPDIR=$home HOME=$home XDG_RUNTIME_DIR=$home/run XDG_STATE_HOME=$home/state \
  tests/end-to-end/63-stop.sh 3>&1 >"$home/log" 2>&1 || cat "$home/log" >&2
! grep -q '^not ok' "$home/log"
