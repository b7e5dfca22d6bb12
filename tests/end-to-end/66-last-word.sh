#!/bin/bash
# Between Finish and farewell: what was chosen for the works is carried out at Finish, and holds
# whoever is killed before the last word: the keeper alone, or all of it at once.
. "$(dirname "$0")/window.bash"
exercises plugins/draw.so
cp "$BUILD/tests/fake_desk" "$home/gesto-desk"
export FAKE_DO=$TMPDIR/do FAKE_HEARD=$TMPDIR/heard
open_screen

live() { ls -d "$GESTO_ARCHIVE"/.live/*/ 2>/dev/null | head -n 1; }
said_of() { jq -c "[.consent, .process, .chosen, .title]" "$1/creation.json" 2>/dev/null; }
is_kept() { [ "$(said_of "$1")" = '["keep",true,true,"Sea"]' ]; }
is_gone() { [ ! -e "$1" ]; }
keys_are() { [ "$(grep -c '^[0-9]' "$GESTO_ARCHIVE/keys/$(basename "$session")")" -eq "$1" ]; }
recorded() { [ "$(jq -c '[.creations[].consent]' "$session/session.json")" = '["keep","let go"]' ]; }
stroke() { # y
  local k
  door "{\"do\":\"pen\",\"phase\":\"down\",\"finger\":0,\"x\":400,\"y\":$1,\"pressure\":0.6}"
  for k in 1 2 3 4 5; do
    door "{\"do\":\"pen\",\"phase\":\"move\",\"finger\":0,\"x\":$((400 + k * 40)),\"y\":$1,\"pressure\":0.6}"
  done
  door "{\"do\":\"pen\",\"phase\":\"up\",\"finger\":0,\"x\":600,\"y\":$1,\"pressure\":0.6}"
}
drawn() { # and is in the record
  shows '"id":"saved","role":"text","label":"Saved"' && shows_not '"id":"control-undo"[^}]*"disabled"'
}
draw_one() {
  becomes 30 paper && becomes 20 shows '"label":"Pencil"' && stroke "$1" && becomes 10 drawn
}
to_last_word() { # two drawings, one kept with how it was made, one let go, then Finish
  begin --client Juno --exercise org.gesto.draw
  draw_one 300 && press pause && becomes 10 has other && press other &&
    becomes 30 has card-org.gesto.draw && press card-org.gesto.draw &&
    draw_one 400 && press stop && becomes 10 has finish && press finish &&
    becomes 30 has made-1-let-go && becomes 30 shows_not '"id":"coming"' &&
    press made-0-title && door '{"do":"text","text":"Sea"}' && press made-0-keep &&
    becomes 5 has made-0-process && press made-0-process && press made-1-let-go &&
    press finish && becomes 20 focus_is feeling
}

is "what was made is kept or let go of, and Finish pressed" to_last_word
[ -n "$(live)" ] || exit 1
session=$(live)
one=$(ls -d "$session"creations/01-*/) two=${session}creations/02-draw
is "the session is still open" grep -q '"state": *"open"' "$session/session.json"
is "what is kept is kept already" becomes 10 is_kept "$one"
is "what was let go of is gone already" becomes 10 is_gone "$two"
is "with its key" becomes 10 keys_are 1
is "the record says so" becomes 10 recorded

window=$(program gesto-stage) lost=$(keeper)
another_keeper() { [ -n "$(keeper)" ] && [ "$(keeper)" != "$lost" ]; }
kill -9 "$lost"
is "the keeper is killed, and the page stays" becomes 10 focus_is feeling
is "another takes its place" becomes 10 another_keeper
sleep 1
kill -9 "$(keeper)" "$window"
is "the window is away" becomes 5 is_gone "/proc/$window/exe"
is "keeper and window are killed, and it is asked again" becomes 20 focus_is feeling
key Right
to_done() { press "done" && becomes 20 focus_is leave; }
is "another takes over, and the last word is heard" to_done
key Return
is "the window is gone" becomes 20 ended
closed=$(ls -d "$GESTO_ARCHIVE"/clients/*/sessions/*/ | head -n 1)
is "what was kept is kept" is_kept "$closed"creations/01-draw
is "with how it was made" test -s "$closed"creations/01-draw/process.journal
is "the last word is in the record" \
  test "$(jq -r '.facts.check_out.feeling.pleasant | type' "$closed/session.json")" = number
is "all of it holds" quietly "$home/gesto" verify

is "once more as far as the last word" to_last_word
session=$(live)
becomes 10 is_gone "$session/creations/02-draw"
kill -9 "$(program gesto-stage)" "$gesto" "$(keeper)" 2>/dev/null
wait "$gesto" 2>/dev/null
name=$(basename "$session")
is "all is killed at once, and the session waits" test -d "$session"
printf 'finish %s\n' "$name" >"$FAKE_DO"
quietly timeout 300 "$home/gesto"
closed=$(ls -d "$GESTO_ARCHIVE"/clients/*/sessions/"$name"/)
is "the desk closes it" test -d "$closed"
is "what was kept is kept, though nobody said it twice" \
  is_kept "$closed"creations/01-draw
is "with how it was made" test -s "$closed"creations/01-draw/process.journal
is "what was let go of stays gone" is_gone "$closed"creations/02-draw
is "the answers that were given are there, and no draft" \
  test "$(jq -c '[.facts.draft, (.facts.check_out.questions | length), .interrupted]' "$closed/session.json")" = '[null,4,true]'
is "and a third time" to_last_word
name=$(basename "$(live)")
kill -TERM "$(program gesto-stage)"
is "a window that is closed before the last word closes the session" becomes 20 ended
closed=$(ls -d "$GESTO_ARCHIVE"/clients/*/sessions/"$name"/)
is "as it was chosen" is_kept "$closed"creations/01-draw
is "all of it holds" quietly "$home/gesto" verify
echo "1..$n"
