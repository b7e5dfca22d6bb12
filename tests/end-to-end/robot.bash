# A whole session by robot.py: from the welcome to the farewell, drawing and looping included,
# in a real window. Sourced with `way` and `by`, the word that the record has for the hand,
# and `access`, the client's settings. What is left is a closed session that holds.
. "$(dirname "${BASH_SOURCE[0]}")/window.bash"
exercises
open_screen
quietly "$home/gesto" play tests/demo/move.jsonl --client Juno
printf '{"access":%s}\n' "$access" >"$TMPDIR/room.json"
is "the room of the client is set" quietly "$home/gesto" room Juno --set "$TMPDIR/room.json"
begin --client Juno
is "from welcome to farewell" timeout 600 python3 tests/end-to-end/robot.py "$way" \
  "$GESTO_TEST_INPUT" "$TMPDIR" 2>>"$TMPDIR/err"
becomes 10 ended || { echo "Bail out! the robot is lost"; exit 1; }
is "the window closes" becomes 10 ended
wait "$gesto"
is "and the session ends well" [ $? -eq 0 ]
session=$(folder)
gesto=
is "it is closed and holds" quietly "$home/gesto" verify "$session"
said() { jq -r ".creations[] | [.name, .consent, .process] | @csv" "$session/session.json" | tr -d '"' | tr '\n' ' '; }
is "with what the client said ($(said))" [ "$(said)" = "01-draw,keep,true 02-loop,private,false " ]
works() { (cd "$session/creations" && ls */* | grep -cE '\.(png|flac)$'); }
is "the works are there ($(works))" [ "$(works)" -ge 2 ]
drawn() { "$home/gesto" journal "$session/creations/01-draw" --with-client 2>>"$TMPDIR/err"; }
is "lines were drawn, by that hand ($(drawn | grep -c '"down"'))" \
  [ "$(drawn | grep '"down"' | grep -c "\"$by\"")" -ge 1 ]
is "and are made again from the record" quietly "$home/gesto" replay "$session/creations/01-draw"
echo "1..$n"
