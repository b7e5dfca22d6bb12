#!/bin/bash
# Runs tests/tools/time_recovery.c where it finds the programs: beside them.
BUILD=$(realpath "${BUILD:-build}")
ln -f "$BUILD/tests/time_recovery" "$BUILD/time_recovery.$$" || exit 1
"$BUILD/time_recovery.$$" tests/demo/painting.jsonl 2>"$BUILD/time_recovery.err"
code=$?
[ $code -eq 0 ] || cat "$BUILD/time_recovery.err" >&2
rm -f "$BUILD/time_recovery.$$" "$BUILD/time_recovery.err"
exit $code
