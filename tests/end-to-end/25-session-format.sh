#!/bin/bash
# What the programs wrote is read by a reader that was made from docs/session-format.md alone.
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GESTO_ARCHIVE=$folder/archive XDG_STATE_HOME=$folder/state
reader=tests/end-to-end/read_session.py
n=0
is() { # name, then a command that must succeed
  n=$((n + 1))
  if "${@:2}" >"$folder/said" 2>&1; then echo "ok $n - $1"; else
    echo "not ok $n - $1"
    sed 's/^/# /' "$folder/said"
  fi
}
not() { ! "$@"; }
named() { # verify fails and names the file
  local said
  ! said=$("$BUILD/gesto" verify "$session" 2>&1) && grep -qF "$1" <<<"$said"
}

"$BUILD/gesto" play tests/demo/painting.jsonl tests/demo/loop.jsonl tests/demo/move.jsonl \
  >"$folder/played" 2>"$folder/why"
session=$(tail -1 "$folder/played")
is "a session was played" test -f "$session/MANIFEST"
is "gesto verify holds" "$BUILD/gesto" verify "$GESTO_ARCHIVE"
is "the reader holds the archive" python3 "$reader" "$GESTO_ARCHIVE"
for creation in "$session"/creations/*/; do
  name=$(basename "$creation")
  "$BUILD/gesto" journal "$creation/process.journal" >"$folder/ours" 2>>"$folder/why"
  python3 "$reader" --script "$creation/process.journal" >"$folder/theirs" 2>>"$folder/why"
  is "$name: both read the same gestures" python3 "$reader" --same "$folder/ours" "$folder/theirs"
  is "$name: and there are some" test "$(wc -l <"$folder/theirs")" -gt 3
done
while IFS= read -r file; do
  printf '\x5a' | cmp -s -n 1 -i "0:9" - "$session/$file" && byte='\x5b' || byte='\x5a'
  head -c 10 "$session/$file" | tail -c 1 >"$folder/was"
  printf '%b' "$byte" | dd of="$session/$file" bs=1 seek=9 conv=notrunc status=none
  is "a byte of $file changed: gesto names it" named "$file"
  is "a byte of $file changed: the reader sees it" not python3 "$reader" "$session"
  dd if="$folder/was" of="$session/$file" bs=1 seek=9 conv=notrunc status=none
done < <(cd "$session" && find . -type f -size +9c | sed 's|^\./||' | sort)
is "put back, all holds again" "$BUILD/gesto" verify "$GESTO_ARCHIVE"
echo "1..$n"
