#!/bin/bash
# Choosing, in the real window: back from closing to the exercise as it was; the card of an
# exercise; two side by side; here and now from everywhere; carrying on with last time as a
# copy, while what it is a copy of stays as it was; the clock of the room.
. "$(dirname "$0")/window.bash"
export HOME=$TMPDIR # where reports go
exercises
open_screen

draw_line() { # from x, y, to x
  local k
  xdotool mousemove "$1" "$2" mousedown 1
  for k in 1 2 3 4 5 6; do xdotool mousemove $(($1 + ($3 - $1) * k / 6)) "$2"; sleep 0.02; done
  xdotool mouseup 1
}
arrive() { becomes 30 has skip && press skip; }
saved() { shows '"id":"saved","role":"text","label":"Saved"'; }
artwork() { find "$GESTO_ARCHIVE" -path "*$1*" -name artwork.png | head -n 1; }
hashes() { (cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }
says() { grep -aq -- "$2" "$1/session.journal"; }

begin --client Juno
arrive
is "the cards stand there" becomes 20 has card-org.gesto.draw
is "nothing is left from a last time" shows_not '"id":"last-time"'
press about
is "what they are for is one press away" becomes 5 shows 'Nothing has to look like anything'
press about-name-2
is "of each of them" becomes 5 shows 'Small movements count'
key Escape
is "and closes by key" becomes 5 shows_not '"id":"sheet-about"'
press together
becomes 5 shows 'Choose two to look at together'
press card-org.gesto.draw
press card-org.gesto.move
is "two stand side by side" becomes 5 shows 'Which of these two'
is "and only those" shows_not '"id":"card-org.gesto.loop"'
key F1
is "here and now is one key away" becomes 5 has sheet-here
press here-back
is "and leads back there" becomes 5 shows 'Which of these two'
press card-org.gesto.draw
is "one of them begins" becomes 30 shows '"id":"control-undo"'
becomes 20 paper
draw_line 300 300 700
becomes 10 saved
key F1
becomes 5 has sheet-here
key Escape
is "here and now leads back to the exercise" becomes 5 shows_not '"id":"sheet-here"'
key Escape
becomes 5 has carry-on
key F1
becomes 5 has sheet-here
press here-back
is "from Pause it leads back to Pause" becomes 5 has carry-on
press finish
becomes 20 has made-0-keep
press back
is "Go back from closing brings the exercise back" becomes 20 shows '"id":"control-undo"'
becomes 10 saved
lost=$(keeper)
kill -9 "$lost"
another() { [ -n "$(keeper)" ] && [ "$(keeper)" != "$lost" ]; }
becomes 20 another
becomes 20 saved
draw_line 300 400 700
is "which takes in what is drawn, also under another keeper" becomes 20 saved
key shift+Escape
becomes 5 has back
key F1
is "here and now is there on the calm page, too" becomes 5 has sheet-here
press here-back
becomes 5 shows_not '"id":"sheet-here"'
press finish
becomes 20 has made-0-keep
is "it is one work still" shows_not '"id":"made-1-keep"'
becomes 20 shows_not '"id":"coming"'
press made-0-keep
press finish
leave() { becomes 20 has skip && press skip; becomes 20 has leave && press leave; becomes 20 ended; }
is "the session is closed" leave
first=$(folder)
is "what was chosen together is told as that" says "$first" '"how":"together"'
is "and that the client went back" says "$first" '"fact":"back"'
hashes "$first" >"$TMPDIR/before"

begin --client Juno --minutes 5
arrive
is "what is left from last time is offered" becomes 20 shows 'Carry on with last time: Draw'
is "the clock says quietly that it is nearly time" shows 'About five minutes are left'
press time-away
is "and can be put away" becomes 5 shows_not 'About five minutes are left'
press last-time
is "carrying on opens it" becomes 30 shows '"id":"control-undo"'
becomes 20 paper
key ctrl+s
made() { [ -n "$(artwork .live)" ]; }
becomes 20 made
is "it is just as it was left" cmp "$(artwork .live)" "$(artwork "$(basename "$first")")"
draw_line 300 500 700
becomes 10 saved
kill -9 "$(player)"
is "a player that was killed comes back" becomes 20 shows 'Carry on where I was'
press details
is "the therapist reads how much is recorded" becomes 5 shows 'inputs are recorded'
press report
is "and can have it written down" becomes 5 shows 'gesto-trouble-'
report=$(cat "$TMPDIR"/gesto-trouble-*.txt)
is "with what happened" grep -q "org.gesto.draw" <<<"$report"
press "done"
becomes 5 shows_not '"id":"sheet-lost"'
press carry-on
becomes 10 shows '"id":"control-undo"'
draw_line 300 600 700
becomes 10 saved
key shift+Escape
becomes 5 has finish
press finish
becomes 20 has made-0-keep
becomes 20 shows_not '"id":"coming"'
press back
becomes 20 shows '"id":"control-undo"'
becomes 10 saved
draw_line 300 650 700
is "a copy is brought back from closing, too" becomes 10 saved
key shift+Escape
becomes 5 has finish
press finish
becomes 20 has made-0-keep
becomes 20 shows_not '"id":"coming"'
press made-0-keep
becomes 5 has made-0-process
press made-0-process
press finish
is "the second session is closed" leave
second=$(folder)
differ() { ! cmp -s "$1" "$2"; }
is "what was added is in the copy" differ "$second"/creations/01-draw/artwork.png "$first"/creations/01-draw/artwork.png
hashes "$first" >"$TMPDIR/after"
is "what it is a copy of stayed as it was" cmp "$TMPDIR/before" "$TMPDIR/after"
is "the copy says what it is a copy of" \
  grep -q "\"from\": \"$(basename "$first")/01-draw\"" "$second/creations/01-draw/creation.json"
is "it is told as the client's choice" says "$second" '"how":"last-time"'
is "the same is made again from its record" quietly "$home/gesto" replay "$second/creations/01-draw"

begin --client Ada --exercise org.gesto.loop
becomes 30 shows '"id":"spot-300"'
press spot-300
is "a loop is recorded" becomes 20 shows '"label":"Record disc, recording"'
press spot-415
press spot-417
press spot-300
is "and goes round" becomes 30 shows '"id":"spot-200"'
sleep 1
key shift+Escape
becomes 5 has finish
press finish
becomes 20 has made-0-keep
becomes 20 shows_not '"id":"coming"'
press made-0-private
press finish
leave
first=$(folder)
begin --client Ada
arrive
is "what is private is the client's to carry on with" \
  becomes 20 shows 'Carry on with last time: Loop'
press last-time
is "the loop is there" becomes 30 shows '"id":"spot-200"'
sleep 1
key shift+Escape
becomes 5 has finish
press finish
becomes 20 has made-0-keep
becomes 20 shows_not '"id":"coming"'
press made-0-keep
becomes 5 has made-0-process
press made-0-process
press finish
leave
second=$(folder)
is "and sounds as it did" \
  cmp "$second/creations/01-loop/loop-1.flac" "$first/creations/01-loop/loop-1.flac"
is "it is made again from its record" \
  quietly "$home/gesto" replay "$second/creations/01-loop"
is "and how it was made says what it began with" \
  bash -c "'$home/gesto' journal '$second/creations/01-loop' 2>&1 >/dev/null | grep -q 'began as a copy of'"
is "all that lies in the archive holds" quietly "$home/gesto" verify

printf x >>"$second/creations/01-loop/state"
begin --client Ada
arrive
becomes 20 has last-time
press last-time
is "what was changed since is not carried on" becomes 10 shows 'Choose something else'
none() { [ -z "$(find "$GESTO_ARCHIVE"/.live/*/creations -mindepth 1)" ]; }
is "and nothing is begun" none
press other
is "another one can be" becomes 10 has card-org.gesto.draw
echo "1..$n"
