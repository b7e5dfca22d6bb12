#!/bin/bash
# The room of a client: set by command, kept to by the window, changed by the client on the
# page "Make it easier", there again in the next session and in a copy of the archive on
# another machine. Of a guest nothing stays.
. "$(dirname "$0")/window.bash"
exercises
room() { "$home/gesto" room "$@"; }
says() { # pattern, command...: it fails with one sentence that holds the pattern
  local said code
  said=$("${@:2}" 2>&1 >/dev/null) && return 1
  code=$?
  [ "$code" -eq 1 ] && [ "$(wc -l <<<"$said")" -eq 1 ] && grep -q -- "$1" <<<"$said"
}
end_it() {
  kill "$gesto"
  wait "$gesto"
}
stage_of_ours() {
  local exe
  for exe in /proc/[0-9]*/exe; do
    [ "$(readlink "$exe")" = "$home/gesto-stage" ] && basename "$(dirname "$exe")"
  done | head -n 1
}
begin_and_choose() { # arguments of `gesto session`: as far as choosing
  begin "$@"
  becomes 30 has skip && press skip && becomes 10 has talk
}
about() { cat "$GESTO_ARCHIVE"/clients/"$1"/about/*.json; }
to_access() {
  press pause
  becomes 10 has change && press change && becomes 10 has section-easier
}
value_is() { tree | jq -e --arg id "$1" --arg want "$2" \
  '[.. | objects | select(.id? == $id)][0].label == $want' >/dev/null; }
selected() { tree | jq -e --arg id "$1" '[.. | objects | select(.id? == $id)][0].state
  | index("selected")' >/dev/null; }

# ---- By command
cat >"$TMPDIR/juno.json" <<'EOF'
{"exercises": ["org.gesto.move", "org.gesto.draw", "org.gesto.elsewhere"],
 "panels": {"org.gesto.draw": {"only": {"brush": ["chalk", "pencil"], "colour": ["#3B5FA0", "#22302F"]},
   "hide": ["mirror"], "set": {"size": "200"}}},
 "leave_out": ["movement"], "loudness": 40, "minutes": 45, "goals": ["To sleep again"]}
EOF
echo '{"minutes": 2}' >"$TMPDIR/short.json"
echo '{"colours": []}' >"$TMPDIR/unknown.json"
echo '{"minutes": 45, "access": {"theme": "pink"}}' >"$TMPDIR/pink.json"
is "nobody has a room before there is an archive" says 'no archive' room Juno
quietly "$home/gesto" play tests/demo/move.jsonl --client Juno
id=$(basename "$(echo "$GESTO_ARCHIVE"/clients/c-*)")
is "who is not known is said" says 'nobody is called "Ines"' room Ines
first=$(echo "$GESTO_ARCHIVE/clients/$id/about"/*.json)
cp "$first" "$TMPDIR/whole.json" && truncate -s 40 "$first"
unread="$id/about/.*nobody is begun.*gesto verify"
is "who cannot be read is not said to be nobody" says "$unread" room Juno
is "nor begun a second time" says "$unread" "$home/gesto" session --client Juno
is "by a script neither" says "$unread" "$home/gesto" play tests/demo/move.jsonl --client Juno
is "there is one client" [ "$(ls "$GESTO_ARCHIVE/clients" | wc -l)" -eq 1 ]
mv "$TMPDIR/whole.json" "$first"
is "what does not fit is said" says '"minutes" is to be' room Juno --set "$TMPDIR/short.json"
is "so is what there is not" says 'no "colours" in a room' room Juno --set "$TMPDIR/unknown.json"
is "and how the screen cannot look" says '"theme" in "access" is to be one of "paper"' \
  room Juno --set "$TMPDIR/pink.json"
is "nothing of it was kept" bash -c "[ \$(ls '$GESTO_ARCHIVE/clients/$id/about' | wc -l) -eq 1 ]"
is "a room is set" quietly room Juno --set "$TMPDIR/juno.json"
is "and reads back as it was written" \
  diff <(room Juno --json | jq -S .) <(jq -S . "$TMPDIR/juno.json")
is "it says what is offered here" bash -c "'$home/gesto' room '$id' | grep -q 'offered *Draw$'"
is "setting the same again writes nothing" bash -c "'$home/gesto' room Juno --set '$TMPDIR/juno.json' >/dev/null &&
  [ \$(ls '$GESTO_ARCHIVE/clients/$id/about' | wc -l) -eq 2 ]"
is "an exercise that is left out is not begun" \
  says 'leaves org.gesto.move out' "$home/gesto" session --client Juno --exercise org.gesto.move
echo '{"language": "fr"}' >"$TMPDIR/french.json"
is "a language that is not here is said, and which there are" \
  says 'no words in "fr" are here; there are in "en", "ar" and "de"' room Juno --set "$TMPDIR/french.json"
is "also where a session asks for it" bash -c "
  '$home/gesto' session --language fr 2>'$TMPDIR/said'; [ \$? -eq 2 ] &&
  [ \$(wc -l <'$TMPDIR/said') -eq 1 ] && grep -q '\"en\", \"ar\" and \"de\"' '$TMPDIR/said'"
elsewhere() { # another machine with this archive, which has words in French
  mkdir -p "$TMPDIR/words/fr" && ln -sfn "$TMPDIR/words" "$home/words" && quietly room "$@"
  local code=$?
  ln -sfn "$BUILD/words" "$home/words"
  return $code
}
is "another machine has other languages" elsewhere Juno --set "$TMPDIR/french.json"
is "minutes that make no sense are said" bash -c "! '$home/gesto' session --minutes soon 2>/dev/null"

# ---- In a session
open_screen
is "the client chooses" begin_and_choose --client Juno
is "a language of elsewhere is said, and the session is there" \
  grep -q "room asks for a language .*computer's is taken: no words in \"fr\"" "$TMPDIR/err"
tree >"$TMPDIR/tree"
is "from what the room offers" grep -q card-org.gesto.draw "$TMPDIR/tree"
is "and from nothing else" bash -c "! grep -qE 'card-org.gesto.(move|loop)' '$TMPDIR/tree'"
press card-org.gesto.draw
is "the exercise has its panel" becomes 20 has control-brush-chalk
is "with the brushes of the room" has control-brush-pencil
is "and no others" shows_not 'control-brush-(ink|wash|brush)'
is "what is drawn with was chosen among them" selected control-brush-chalk
is "with its colours" bash -c "[ $(tree | grep -oE 'control-colour-[0-9a-f]{6}' | sort -u | wc -l) -eq 2 ]"
is "without what is hidden" shows_not control-mirror
is "with the value that was set" bash -c \
  "[ $(tree | jq '[.. | objects | select(.id? == "control-size")][0].value') = 200 ]"
is "undo is always there" has control-undo

is "Pause leads to what makes it easier" to_access
press text-more
is "each change shows at once" becomes 10 value_is text-value "115 %"
press look-evening
is "so does the look" becomes 10 selected look-evening
press section-switches
becomes 10 has switch-1
press switch-1
becomes 10 value_is switch-1 "Press it now"
key F5
is "a switch is what is pressed now" becomes 10 shows 'Key: F5'
press "done"
is "Done leads back to Pause" becomes 10 focus_is carry-on
press carry-on
is "and on to the work" becomes 10 has control-brush-chalk
is "it is kept at once" becomes 5 bash -c "cat '$GESTO_ARCHIVE/clients/$id/about/'* | grep -q '\"key:62\"'"
end_it

# ---- The next session, and another machine
is "what was changed is there in the next session" begin_and_choose --client Juno
to_access
is "the size of words" value_is text-value "115 %"
is "the look" selected look-evening
press section-switches
is "the switch" becomes 10 shows 'Key: F5'
end_it
cp -r "$GESTO_ARCHIVE" "$TMPDIR/other"
here=$GESTO_ARCHIVE
export GESTO_ARCHIVE=$TMPDIR/other XDG_STATE_HOME=$TMPDIR/other-state
is "on another machine with a copy of the archive" begin_and_choose --client Juno
to_access
is "it is all there, too" value_is text-value "115 %"
press text-more
becomes 10 value_is text-value "130 %"
press section-language
becomes 10 has language-de && press language-de
is "the language changes at once" becomes 10 shows '"label":"Sprache"'
press "done"
becomes 10 focus_is carry-on
end_it
# What both wrote meets again.
cp -n "$GESTO_ARCHIVE/clients/$id/about/"* "$here/clients/$id/about/"
export GESTO_ARCHIVE=$here XDG_STATE_HOME=$TMPDIR/state
is "two rooms write apart and keep both" bash -c "'$home/gesto' room Juno --json |
  jq -e '.access.text_percent == 130 and .access.theme == \"evening\" and .language == \"de\"' >/dev/null"

# ---- A guest
is "a guest needs nothing" begin_and_choose
guest=$(grep -l '"guest": true' "$GESTO_ARCHIVE"/clients/*/about/* | head -n 1)
is "and is offered all" shows card-org.gesto.loop
to_access
press text-more
is "a guest can change it, too" becomes 10 value_is text-value "115 %"
press "done"
becomes 10 focus_is carry-on
sleep 1.2 # so long what is changed in one go is gathered
before=$(keeper)
kill -9 "$before"
keeper_is_new() { [ -n "$(keeper)" ] && [ "$(keeper)" != "$before" ]; }
becomes 20 keeper_is_new
sleep 1
kill -9 "$(stage_of_ours)" # an orphan by now
becomes 20 has talk || { becomes 20 has skip && press skip && becomes 10 has talk; }
to_access
is "it lasts as long as the session, also when keeper and window are lost" value_is text-value "115 %"
end_it
is "and nothing of it stays" bash -c "[ \$(ls '$(dirname "$guest")' | wc -l) -eq 1 ] &&
  ! grep -qr text_percent '$(dirname "$(dirname "$guest")")'"
is "all that lies in the archive holds" quietly "$home/gesto" verify
echo "1..$n"
