#!/bin/bash
# Runs tests/tools/time_frames.c and time_ends.c where they find the programs: beside them.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
run() { # program, arguments...
  local place=$BUILD/$1.$$ code
  ln -f "$BUILD/tests/$1" "$place" || return 1
  "$place" "${@:2}" 2>"$place.err"
  code=$?
  [ $code -eq 0 ] || tail -n 20 "$place.err" >&2
  rm -f "$place" "$place.err"
  return $code
}
# With it an exercise is not set aside that is killed more often than ten times a minute.
export GESTO_PATIENCE=10
run time_frames && run time_ends tests/demo/painting.jsonl
