#!/bin/bash
# Arriving and leaving with the keyboard alone: what is said, skipped and taken back, what of
# it lies on the disk and what does not; the therapist reads the answers from Finish on, before
# the client leaves; a window that is killed in the middle comes back with what was said.
. "$(dirname "$0")/window.bash"
exercises plugins/draw.so
cp "$BUILD/tests/fake_desk" "$home/gesto-desk"
export FAKE_DO=$TMPDIR/do FAKE_HEARD=$TMPDIR/heard
printf 'begin Juno\n' >"$FAKE_DO"
open_screen

live() { ls -d "$GESTO_ARCHIVE"/.live/*/ 2>/dev/null | head -n 1; }
fact() { jq -c "$1" "$2/session.json" 2>/dev/null; }
fact_is() { [ "$(fact "$2" "$1")" = "$3" ]; }
in_archive() { grep -rqsaF -- "$1" "$GESTO_ARCHIVE"; }
not_in_archive() { ! in_archive "$1"; }
heard() { grep -qE -- "$1" "$FAKE_HEARD" 2>/dev/null; }
heard_not() { ! heard "$1"; }

"$home/gesto" >"$TMPDIR/out" 2>>"$TMPDIR/err" &
gesto=$!
is "the welcome comes first, and the feeling field has the focus" becomes 30 focus_is feeling
is "with the client's own name" shows 'Hello, Juno'
is "and nothing is answered" shows '"id":"feeling"[^}]*"empty"'
key Up Left Left
is "the dot moves by keys" becomes 5 shows_not '"id":"feeling"[^}]*"empty"'
to wish && xdotool type --delay 15 "marker-wish slowly"
to idea-1 && key space
is "a picked idea is added, the words stay" becomes 5 shows '"id":"idea-1"[^}]*"selected"'
session=$(live)
is "what is not given yet is a draft" becomes 10 fact_is "$session" .facts.draft.check_in.wish '"marker-wish slowly"'
is "with what was picked" becomes 10 fact_is "$session" '.facts.draft.check_in.ideas | length' 1
kill -9 "$(program gesto-stage)"
is "a window that is killed comes back at the welcome" becomes 20 has idea-1
is "with what was said" becomes 5 shows '"id":"idea-1"[^}]*"selected"'
to continue && key Return
is "then one can choose" becomes 10 has card-org.gesto.draw
is "the wish shows in the bar" becomes 5 shows '"id":"wish-shown"[^}]*marker-wish'
is "what was given is a fact" becomes 5 fact_is "$session" .facts.check_in.wish '"marker-wish slowly"'
is "the draft is gone" becomes 5 fact_is "$session" .facts.draft null
is "the place on the field is two numbers" \
  fact_is "$session" '[.facts.check_in.feeling | .pleasant, .energy | type]' '["number","number"]'
is "nobody else reads it yet" heard_not '^told'

to talk && key Return
is "just talking" becomes 5 focus_is choose
to finish && key Return
is "closing asks four questions, all open" becomes 10 shows '"id":"question-4"[^}]*"empty"'
to question-1 && key End
to question-3 && key Right
to say-more && key Return
becomes 5 focus_is more && xdotool type --delay 15 "marker-more"
key Tab Return
is "what was said more is in the draft" becomes 10 fact_is "$session" .facts.draft.check_out.more '"marker-more"'
kill -9 "$(program gesto-stage)"
is "a window that is killed comes back at closing" becomes 20 has question-1
is "with the answers" shows_not '"id":"question-1"[^}]*"empty"'
is "and what was left open still is" shows '"id":"question-2"[^}]*"empty"'
is "still nobody reads it" heard_not '^told'
to finish && key Return
is "the feeling is asked once more" becomes 20 focus_is feeling
is "the therapist reads the answers now, as words" becomes 10 heard '^told .*"Did you feel understood\?","“very much”"'
is "what was skipped is written out" heard '"Did we do something that matters to you\?","Skipped"'
is "and what was said more" heard 'marker-more'
is "the session is not closed yet" test -d "$session"
to skip && key Return
is "one line of farewell" becomes 20 focus_is leave
key Return
is "and the window is gone" becomes 20 ended
closed=$(ls -d "$GESTO_ARCHIVE"/clients/*/sessions/*/ | head -n 1)
is "the record has the answer" fact_is "$closed" '.facts.check_out.questions[0].answer' 100
is "what was left open is skipped, not zero" \
  fact_is "$closed" '.facts.check_out.questions[1] | [.skipped, .answer]' '[true,null]'
is "the feeling was skipped" fact_is "$closed" .facts.check_out.skipped '["feeling"]'
is "typed words lie in no journal" test -z "$(grep -las marker "$closed"session.journal)"
"$home/gesto" report "$closed" --to "$TMPDIR/page.html" >/dev/null 2>>"$TMPDIR/err"
is "the report has it as words" grep -q 'a little unpleasant\|unpleasant' "$TMPDIR/page.html"
is "all that lies in the archive holds" quietly "$home/gesto" verify

# ---- Not today

begin --client Ines
is "another client meets an empty page" becomes 30 focus_is feeling
is "that knows nothing of the one before" shows_not 'Juno|marker'
to wish && xdotool type --delay 15 "marker-gone"
is "a draft" becomes 10 in_archive marker-gone
to not-today && key Return
is "not today ends kindly" becomes 20 focus_is leave
key Return
becomes 20 ended
is "that it was opened is all that is known" fact_is "$(folder)" .facts '{"check_in":{"not_today":true}}'
is "nothing that was typed is left" not_in_archive marker-gone
is "all that lies in the archive still holds" quietly "$home/gesto" verify

# ---- All of it skipped

begin --client Ines
becomes 30 focus_is feeling && key Right
to wish && xdotool type --delay 15 "marker-skipped"
to skip && key Return
is "skip leads on" becomes 10 has card-org.gesto.draw
is "without a wish in the bar" shows_not wish-shown
to talk && key Return
becomes 5 focus_is choose && to finish && key Return
becomes 10 has question-1 && to question-2 && key Home
to skip && key Return
becomes 20 focus_is feeling && key Left && to "done" && key Return
becomes 20 focus_is leave && key Return
becomes 20 ended
is "what was skipped was not said, whatever was touched" \
  fact_is "$(folder)" .facts.check_in '{"skipped":["feeling","wish"]}'
is "nor are touched questions answered" \
  fact_is "$(folder)" '[.facts.check_out.questions[].skipped]' '[true,true,true,true]'
is "the feeling on leaving was given" fact_is "$(folder)" '.facts.check_out.feeling.pleasant | type' '"number"'
is "and nothing of what was skipped is left" not_in_archive marker-skipped
echo "1..$n"
