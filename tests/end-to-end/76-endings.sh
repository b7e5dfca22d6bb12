#!/bin/bash
# A picture that is washed away, torn or buried: what it did is what becomes of its files, unless
# the client says otherwise at closing. By script, and in the window.
. "$(dirname "$0")/window.bash"
exercises

played() { # name, lines after the stroke...: the folder of the session, in $session
  { cat <<END
{"gesto":"gestures/1","exercise":"org.gesto.draw","stage":[640,400],"seed":7}
{"t":0.1,"down":[100,100],"pressure":0.5,"tool":"pen","source":1}
{"t":0.3,"move":[300,120],"pressure":0.75,"source":1}
{"t":0.4,"up":[320,140],"source":1}
END
    printf '%s\n' "${@:2}"; } >"$TMPDIR/$1.jsonl"
  session=$("$home/gesto" play "$TMPDIR/$1.jsonl" --client "$1" 2>>"$TMPDIR/err" | tail -n 1)
  [ -d "$session" ]
}
of() { jq -r "$1" "$session/creations/01-draw/creation.json"; }
gone() { [ ! -e "$session/creations/01-draw" ] && grep -q '"let go"' "$session/session.json"; }
answered() { [ "$(of '"\(.consent) \(.chosen) \(.facts.ending)"')" = "$1" ]; }
for how in wash-away tear; do
  is "a picture to $how" played $how "{\"t\":1,\"action\":\"$how\"}" \
    '{"t":6,"down":[50,50],"source":1}' '{"t":6.1,"up":[60,60],"source":1}'
  is "$how: it is let go of, file and record" gone
done
is "a picture to bury" played bury '{"t":1,"action":"bury"}'
is "buried: it is there, and private" answered "private true buried"
is "and the picture is whole" test -s "$session/creations/01-draw/artwork.png"
is "how it was made is not there" test ! -e "$session/creations/01-draw/process.journal"
is "a new paper after a buried one" played beside '{"t":1,"action":"bury"}' \
  '{"t":6,"down":[50,50],"source":1}' '{"t":6.1,"move":[150,90],"source":1}' \
  '{"t":6.2,"up":[160,90],"source":1}'
is "both are private" answered "private true buried"
is "an ending that is taken back" played back '{"t":1,"action":"tear"}' '{"t":2,"action":"undo"}'
is "nothing was chosen then" answered "private false null"
is "one that is kept all the same" played keep '{"t":1,"action":"wash-away"}' \
  '{"t":2,"close":{"keep":"keep","process":false,"title":"Sea"}}'
is "what was said at closing counts" answered "keep true washed-away"
is "one of two papers is torn" played part '{"t":1,"action":"new-paper"}' \
  '{"t":2,"down":[50,50],"source":1}' '{"t":2.2,"up":[90,90],"source":1}' \
  '{"t":3,"action":"tear"}' '{"t":8,"down":[5,5],"source":1}' '{"t":8.1,"up":[6,6],"source":1}' \
  '{"t":9,"close":{"keep":"keep","process":true,"title":""}}'
is "the other stays, and no record of the torn one" answered "keep true partly-gone"
is "neither in how it was made" test ! -e "$session/creations/01-draw/process.journal"
is "a torn one that is drawn on where it lay" played anew '{"t":1,"action":"tear"}' \
  '{"t":6,"down":[50,50],"source":1}' '{"t":6.1,"move":[150,90],"source":1}' \
  '{"t":6.2,"up":[160,90],"source":1}' '{"t":7,"close":{"keep":"keep","process":true,"title":""}}'
is "the new paper stays, and no record of the torn one" answered "keep true partly-gone"
is "verify holds" quietly "$home/gesto" verify "$GESTO_ARCHIVE"

open_screen 1280x1200
begin --exercise org.gesto.draw
becomes 30 paper
read -r x y _ < <(rect_of area)
tap() {
  local at="\"finger\":1,\"x\":$((x + 90)),\"y\":$((y + 90)),\"pressure\":0.5}"
  door "{\"do\":\"touch\",\"phase\":\"down\",$at"
  door "{\"do\":\"touch\",\"phase\":\"up\",$at"
}
tapped_says() { # words; the hand may come before what was gone back to listens
  tap
  becomes 2 shows "$1"
}
tap
press group-wash-away
is "the endings stand together" becomes 10 has control-wash-away
press control-wash-away
is "and say what they do" becomes 10 shows 'Washed away. When you finish'
press stop
becomes 10 has finish && press finish
is "closing says how it ended" becomes 20 shows 'Washed away'
chosen() { tree | jq -e --arg id "$1" '[.. | objects | select(.id? == $id)][0].state | index("selected")' >/dev/null; }
is "and it is as if it had been chosen" becomes 10 chosen made-0-let-go
press made-0-keep
is "another answer brings it back" becomes 10 shows_not 'Washed away'
press made-0-let-go
is "and the first one again" becomes 10 shows 'Washed away'
press back
becomes 20 paper
is "gone back to, it says so in the window" becomes 20 tapped_says 'Washed away. When you finish'
press stop
becomes 10 has finish && press finish
becomes 20 has made-0-let-go
press finish
becomes 20 has skip && press skip
becomes 20 has leave && press leave
is "the session ends" becomes 30 ended
session=$(folder)
is "and it is gone" gone
echo "1..$n"
