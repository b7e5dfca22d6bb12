#!/bin/bash
# A loop that is replayed as fast as it was made is heard, in step; one that goes faster is not.
. "$(dirname "$0")/heard.bash"

tries() { grep -qs -e '-[-]try' /proc/[0-9]*/cmdline; }
inside() {
  local loop
  cp "$BUILD/tests/fake_desk" "$home/gesto-desk"
  export FAKE_DO=$TMPDIR/do FAKE_HEARD=$TMPDIR/heard
  loop=$("$home/gesto" play tests/demo/loop.jsonl --client Juno 2>"$TMPDIR/err" | tail -n 1)/creations/01-loop
  printf '%s\n' "hear $loop" "replay $loop" >"$FAKE_DO"
  "$home/gesto" >"$TMPDIR/out" 2>>"$TMPDIR/err" &
  gesto=$!
  for _ in {1..1200}; do # its device is there once it is wanted, tried first and opened then
    ! tries && jack_lsp 2>/dev/null | grep -q PortAudio:out_0 && ! tries && break
    sleep 0.05
  done
  jack_rec -f "$TMPDIR/heard.wav" -d 9 -b 24 PortAudio:out_0 PortAudio:out_1 >/dev/null 2>&1
  wait "$gesto"
}
listen_in "$@"

facts all
long=$(awk '/^sound / { if (!n++) first = $2; last = $3 } END { print n ? last - first : 99 }' "$TMPDIR/all.facts")
is "a loop that is replayed as it was made is heard ($(of all peak))" holds "$(of all peak) > -60"
is "without a click ($(of all bend))" without_click "$(of all bend)" 0.01
is "for as long as it goes on so ($long)" holds "$long > 2 && $long < 7.5"
is "both came to their end" test "$(grep -c '^progress 1' "$TMPDIR/heard")" -eq 2
echo "1..$n"
