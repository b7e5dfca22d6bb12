#!/bin/bash
# The therapist looks back at the recorded painting in a real window, under Xvfb, with pointer
# and keys: what shows at a moment is, pixel for pixel, what `gesto replay` makes of it; and the
# same way as lines, and as pictures for a film.
. "$(dirname "$0")/window.bash"
command -v import >/dev/null || { echo "ok 1 - a replay # SKIP import is not here"; exit 0; }
exercises plugins/draw.so
open_screen
# The stage of then is as large as the page's picture is, so that nothing is scaled.
at=24,88 size=840x518
painting() {
  local w=${size%x*} h=${size#*x}
  head -n 1 tests/demo/painting.jsonl | jq -c ".stage = [$w, $h]"
  tail -n +2 tests/demo/painting.jsonl |
    jq -c "if .action == \"undo\" then .t += 0.05 else . end | (.down, .move, .up) |= (if . then [.[0] * $w / 1280, .[1] * $h / 800] else empty end)"
}
painting >"$TMPDIR/painting.jsonl"
"$home/gesto" play "$TMPDIR/painting.jsonl" --client Juno >"$TMPDIR/folder" 2>"$TMPDIR/err"
creation=$(cat "$TMPDIR/folder")/creations/01-draw
is "a painting to look back at" test -f "$creation/process.journal"

# ---- As lines, and as pictures
"$home/gesto" replay "$creation" --strokes --json >"$TMPDIR/strokes" 2>>"$TMPDIR/err"
strokes() { jq -e "$1" "$TMPDIR/strokes" >/dev/null; }
is "its strokes are told" strokes 'length == 30'
is "one after the other" strokes '[.[].stroke] == [range(1; 31)] and ([.[].from] | . == sort)'
is "with what was in the hand" strokes '.[0].tool == "Wash" and .[29].tool == "Ink" and .[29].colour == "#22302f"'
is "and which one was taken back" strokes '[.[] | select(.taken_back).stroke] == [14]'
lines() { [ "$("$home/gesto" replay "$creation" --strokes | grep -c "$1")" -eq "$2" ]; }
is "the same as lines, with the one that was taken back" lines 'taken back' 1
frames() { quietly "$home/gesto" replay "$creation" --frames "$TMPDIR/$1" --speed 32 --fps 5 "${@:2}"; }
is "a time-lapse is written as pictures" frames film
pixels() { convert "$1" -alpha off -crop "${2:-${size}+0+0}" +repage -depth 8 rgb:- 2>/dev/null; }
same() { cmp -s <(pixels "$1" "$3") <(pixels "$2" "$4"); }
film=("$TMPDIR"/film/frame-*.png)
is "the last is the picture that was kept" same "${film[-1]}" "$creation/artwork.png"
is "the first is empty paper" test "$(convert "${film[0]}" -format %k info:)" -eq 1
is "as many as fit the time without pauses" test "${#film[@]}" -ge 5 -a "${#film[@]}" -le 6
is "a folder that has some is left alone" test "$(frames film; echo $?)" -eq 1
is "without what was taken back" frames less --without-undone
less=("$TMPDIR"/less/frame-*.png)
is "it ends the same" same "${less[-1]}" "$creation/artwork.png"
says() { # status, words, arguments
  "$home/gesto" replay "$creation" "${@:3}" >"$TMPDIR/said" 2>&1
  [ $? -eq "$1" ] && grep -qF -- "$2" "$TMPDIR/said"
}
is "a stroke that is not there is said" says 1 'there are 30' --at-stroke 31 --to "$TMPDIR/none.png"
is "what is no number, too" says 2 'the number of a stroke' --at-stroke two
is "what does not go together" says 2 'do not go together' --at 3 --at-stroke 2
is "what cannot be, either" says 2 'do not go together' --frames "$TMPDIR/none" --speed max
is "what says nothing alone" says 2 'says nothing without --frames' --fps 10
is "nor a moment that is not written" says 2 '--at says nothing without --to' --at 3
is "nor a work" says 2 '--work says nothing without --to' --work artwork
is "strokes have no pace" says 2 '--strokes and --speed do not go together' --strokes --speed 2
is "numbers are as people write them" says 2 'takes seconds' --at 0x10 --to "$TMPDIR/none.png"
is "a folder that cannot be made is said" says 1 'name a new one' --frames "$creation/creation.json"

# ---- In the window
inner=$(( ${size%x*} - 24 ))x$(( ${size#*x} - 24 )) # within its rounded edge
inside=$inner+12+12 there=$inner+$(( ${at%,*} + 12 ))+$(( ${at#*,} + 12 ))
by_hand() { # name, arguments: what the command makes of a moment
  quietly "$home/gesto" replay "$creation" --to "$TMPDIR/$1.png" "${@:2}"
}
equals() { # name: the window shows it now
  import -window root "$TMPDIR/root.png" 2>/dev/null && same "$TMPDIR/root.png" "$TMPDIR/$1.png" "$there" "$inside"
}
ln -s "$creation/artwork.png" "$TMPDIR/whole.png"
by_hand stroke-10 --at-stroke 10
by_hand stroke-9 --at-stroke 9
by_hand stroke-14 --at-stroke 14
by_hand undone --at 25.3
by_hand middle --at 15.5035
"$home/gesto" >"$TMPDIR/out" 2>>"$TMPDIR/err" &
gesto=$!
colourful() { [ "$(import -window root -crop "$1" +repage -format %k info: 2>/dev/null || echo 0)" -gt "$2" ]; }
is "the session is listed" becomes 20 colourful 208x130+372+223 500
xdotool mousemove 434 428 click 1
is "it plays, and comes to its end" becomes 30 equals whole
key Home
sleep 0.3
steps() { for _ in $(seq "$1"); do key "$2"; sleep 0.15; done; }
steps 10 Right
is "ten strokes on: as after the tenth" becomes 15 equals stroke-10
key Left
is "one back: as after the ninth" becomes 10 equals stroke-9
key Right
is "on again: the same as before" becomes 10 equals stroke-10
steps 4 Right
is "one that is taken back later is drawn, too" becomes 10 equals stroke-14
different() { ! same "$TMPDIR/$1.png" "$TMPDIR/$2.png"; }
is "which is another picture than without it" different stroke-14 undone
key Tab Tab Tab Tab Tab Tab Tab space # past what plays it, to what is left out
is "without what was taken back it is gone" becomes 10 equals undone
xdotool mousemove 444 700 mousedown 1 mousemove 600 700 mousemove 300 700 mousemove 444 700 mouseup 1
is "by pointer, to and fro, to the middle" becomes 15 equals middle
key End
is "and to the end" becomes 15 equals whole
[ -z "$KEEP_PICTURE" ] || import -window root "$KEEP_PICTURE"
echo "1..$n"
