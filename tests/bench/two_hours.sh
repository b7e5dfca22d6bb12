#!/bin/bash
# Runs tests/tools/time_two_hours.c where it finds the programs: beside them.
BUILD=$(realpath "${BUILD:-build}")
ln -f "$BUILD/tests/time_two_hours" "$BUILD/time_two_hours.$$" || exit 1
"$BUILD/time_two_hours.$$" "$BUILD/gesto" "$PWD/tests/demo/painting.jsonl" ${TWO_HOURS:+"$TWO_HOURS"} \
  2>"$BUILD/time_two_hours.err"
code=$?
[ $code -eq 0 ] || cat "$BUILD/time_two_hours.err" >&2
rm -f "$BUILD/time_two_hours.$$" "$BUILD/time_two_hours.err"
exit $code
