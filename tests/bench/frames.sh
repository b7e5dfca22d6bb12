#!/bin/bash
# Runs tests/tools/time_frames.c where it finds the programs: beside them.
BUILD=$(realpath "${BUILD:-build}")
ln -f "$BUILD/tests/time_frames" "$BUILD/time_frames.$$" || exit 1
"$BUILD/time_frames.$$" 2>"$BUILD/time_frames.err"
code=$?
[ $code -eq 0 ] || cat "$BUILD/time_frames.err" >&2
rm -f "$BUILD/time_frames.$$" "$BUILD/time_frames.err"
exit $code
