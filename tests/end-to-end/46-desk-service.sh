#!/bin/bash
# The keeper behind the desk, with a desk that needs no screen: a session that was cut off is
# offered, finished or gone on with; pictures, replays and reports come when asked for.
. "$(dirname "$0")/kills.bash"
cp "$BUILD/tests/fake_desk" "$home/gesto-desk"
export FAKE_DO=$TMPDIR/do FAKE_HEARD=$TMPDIR/heard HOME=$TMPDIR BROWSER=true
everybody() { echo "$warden"; keeper_of; named gesto-stage; named gesto-player; named gesto-sound; }
cut_off() { # log: a session that is killed in its midst; its name goes to $name
  export FAKE_LOG=$TMPDIR/$1
  begin
  input_runs 400 0
  # shellcheck disable=SC2046
  kill -9 $(everybody) 2>/dev/null
  wait "$warden" 2>/dev/null
  name=$(awk '$1 == "session" {print $2; exit}' "$FAKE_LOG")
}
desk() { # lines to do
  printf '%s\n' "$@" >"$FAKE_DO"
  : >"$FAKE_HEARD"
  timeout 300 "$home/gesto" >"$TMPDIR/out" 2>>"$TMPDIR/err"
}
heard() { grep -q "$1" "$FAKE_HEARD" || { tail -n 3 "$FAKE_HEARD" | cut -c1-300 >>"$TMPDIR/err"; false; }; }

cut_off log-1
desk list
report $? "the desk opens and closes"
heard "\"live\":\[{\"name\":\"$name\""
report $? "a session that was cut off is offered"
ls "$GESTO_ARCHIVE"/.live/"$name"/creations/01-draw/process.journal >"$TMPDIR/journals" 2>&1
all_there "$FAKE_LOG" "$(cat "$TMPDIR/journals")"
report $? "all that was done is in its journal"

desk "finish $name"
report $? "finishing it ends well"
folder=$(sed -n 's/^said 0 1 //p' "$FAKE_HEARD")
[ -f "$folder/MANIFEST" ] && grep -q '"interrupted": *true' "$folder/session.json"
report $? "it is closed as interrupted"
[ "$(ls -A "$folder/creations/01-draw" | tr '\n' ' ')" = "artwork.ora artwork.png creation.json state " ] &&
  grep -q '"chosen": *false' "$folder/creations/01-draw/creation.json"
report $? "its picture was made from the journal; it is private, and nothing else of it stays"
"$home/gesto" verify "$folder" >>"$TMPDIR/err" 2>&1
report $? "gesto verify holds"
private=$folder/creations/01-draw

cut_off log-2
rm -f "$FAKE_STOP"
export FAKE_LOG=$TMPDIR/log-3
(
  for ((i = 0; i < 2400; i++)); do
    [ "$(players)" -ge 1 ] && break
    sleep 0.05
  done
  input_runs "$(seqs)" 0
  touch "$FAKE_STOP"
) &
desk "resume $name"
report $? "going on with a session ends well"
heard '^session 0' && [ -z "$(ls -A "$GESTO_ARCHIVE/.live")" ]
report $? "it went on and was closed"
folder=$(awk '$1 == "closed" {print $2}' "$FAKE_LOG")
[ "$(ls "$folder/creations")" = 01-draw ]
report $? "it went on with what was being made, not with something new"
last=$(awk '$1 == "seq" {print $2}' "$TMPDIR/log-2" | tail -n 1)
first=$(awk '$1 == "seq" {print $2; exit}' "$FAKE_LOG")
[ "$first" -gt "$last" ]
report $? "what was done then is told apart from what was done before"
cat "$TMPDIR/log-2" "$FAKE_LOG" >"$TMPDIR/log-both"
all_there "$TMPDIR/log-both" "$folder"/creations/01-draw/process*.journal
report $? "all that was done before and after is in one journal"
"$home/gesto" replay "$folder/creations/01-draw" >"$TMPDIR/said" 2>>"$TMPDIR/err" &&
  grep -q '^artwork.png: equals the record' "$TMPDIR/said"
report $? "which gives its picture again"

folder=$("$home/gesto" play tests/demo/painting.jsonl --client Juno 2>>"$TMPDIR/err" | tail -n 1)
desk "thumb $folder/creations/01-draw/artwork.png" "replay $folder/creations/01-draw" \
  "report $folder" "refuse /etc/passwd" "refuse $folder/../../../../archive.json"
report $? "pictures, a replay and a report are asked for"
heard '^pixels 320 240 150'
report $? "a small picture comes, as large as was asked for"
heard '^player 31007000' && heard '^progress 1 31007000'
report $? "a replay runs to its end"
heard "^said 320 1 $HOME/gesto-report-"
report $? "a report is written"
[ "$(grep -c '^said 320 0' "$FAKE_HEARD")" -eq 2 ] && [ "$(grep -c '^pixels' "$FAKE_HEARD")" -eq 1 ]
report $? "what lies outside the archive is not shown"

kept=$folder/creations/01-draw
sed -i 's/"process": *true/"process":false/' "$kept/creation.json"
desk "no-replay $private" "no-replay $kept" list
[ "$(grep -c '^said 0 0 How this was made was not kept, as the client wished' "$FAKE_HEARD")" -eq 2 ] &&
  ! heard '^course' && ! heard '^player'
report $? "how something was made is not shown where the client did not keep it"
sed -i 's/"process": *false/"process":true/' "$kept/creation.json"

# Clients and their rooms.
last_list() { sed -n 's/^list //p' "$FAKE_HEARD" | tail -n 1; }
id_of() { last_list | jq -r --arg alias "$1" '.clients[] | select(.alias == $alias) | .id'; }
desk 'client {"alias":"Ines"}' 'client {"alias":"Ines"}' 'client {"alias":""}'
[ "$(grep -c '^said 0 1' "$FAKE_HEARD")" -eq 1 ] && heard '^said 0 0 Somebody is called so already' &&
  heard '^said 0 0 A name is one line'
report $? "a client is made, once, by a name"
ines=$(id_of Ines) juno=$(id_of Juno)
[ "$(last_list | jq -r '.clients[0].alias')" = Juno ] && [ "$(last_list | jq '.clients | length')" -ge 2 ]
report $? "who was here last comes first; who has no session yet is there, too"
desk "room {\"client\":\"$ines\",\"room\":{\"minutes\":45,\"exercises\":[\"org.gesto.draw\"]}}" \
  "room {\"client\":\"$ines\",\"room\":{\"minutes\":1}}" \
  'room {"client":"c-00000000000000000000","room":{"minutes":45}}'
heard '^said 0 1 Kept' && heard '^said 0 0 "minutes" is to be' && heard '^said 0 0 That could not be kept' &&
  last_list | jq -e --arg id "$ines" \
    '.clients[] | select(.id == $id) | .room == {"minutes": 45, "exercises": ["org.gesto.draw"]}' >/dev/null
report $? "a room is changed; what does not fit is said"
work=$folder/creations/01-draw/artwork.png
head -c 9000 "$work" >"$TMPDIR/cut.png"
desk "picture {\"client\":\"$ines\",\"path\":\"$work\"}" \
  "picture {\"client\":\"$ines\",\"path\":\"$TMPDIR/cut.png\"}" \
  "picture {\"client\":\"$ines\",\"path\":\"/etc/passwd\"}" list
heard '^said 0 1 Kept' && heard "^said 0 0 $TMPDIR/cut.png is damaged" && heard '^said 0 0 /etc/passwd is neither'
report $? "a picture is put for a client; what is none is said"
picture=$(last_list | jq -r --arg id "$ines" '.clients[] | select(.id == $id) | .picture')
[ -s "$picture" ] && cmp -s "$(ls "$GESTO_ARCHIVE/clients/$ines"/pictures/*)" "$picture"
report $? "and is in the list"
desk "thumb $picture" "picture {\"client\":\"$ines\",\"path\":\"\"}" list
heard '^pixels 320' && [ ! -e "$picture" ] &&
  last_list | jq -e --arg id "$ines" '.clients[] | select(.id == $id) | has("picture") | not' >/dev/null
report $? "it is shown, and taken off again"
last_list | jq -e '.exercises[0] | .id == "org.gesto.draw" and .cautions == ["free-expression"]' >/dev/null
report $? "cautions come with the exercises"
guest=$("$home/gesto" play tests/demo/move.jsonl 2>>"$TMPDIR/err" | tail -n 1)
guest=$(basename "$(dirname "$(dirname "$guest")")")
desk "client {\"client\":\"$guest\",\"alias\":\"Robin\"}" \
  "client {\"alias\":\"Tuesday\",\"members\":[\"$guest\",\"$juno\"]}" \
  'client {"alias":"Nobody","members":["c-00000000000000000000"]}'
[ "$(id_of Robin)" = "$guest" ] && "$home/gesto" list --client Robin >>"$TMPDIR/err" 2>&1
report $? "a guest is named later, and keeps what was made"
last_list | jq -e --arg g "$guest" '.clients[] | select(.alias == "Tuesday") | .kind == "group" and
  (.members | index($g)) != null' >/dev/null && [ -z "$(id_of Nobody)" ]
report $? "a group has members, who are there"
"$home/gesto" play tests/demo/move.jsonl --client Tuesday >>"$TMPDIR/err" 2>&1
desk list
last_list | jq -e '[.clients[] | select(.alias == "Robin") | .sessions[] | .group] | sort == [null, "Tuesday"]' >/dev/null &&
  [ "$(last_list | jq '[.clients[] | select(.alias == "Tuesday") | .sessions[]] | length')" -eq 1 ]
report $? "its sessions show under each of them"
