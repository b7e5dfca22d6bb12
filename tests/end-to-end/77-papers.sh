#!/bin/bash
# Sheets and papers: three papers drawn by a script are three pictures, each with its sheets;
# they can be made again alike. Then they are carried on in the window, by keys: sheets are laid on
# each other, hidden, undone; a new paper keeps those before, and closing shows all.
. "$(dirname "$0")/window.bash"
exercises

line_at() { # time, y
  printf '{"t":%s,"down":[100,%s],"pressure":0.6,"tool":"pen","source":1}\n' "$1" "$2"
  printf '{"t":%s5,"move":[400,%s],"pressure":0.6,"source":1}\n{"t":%s9,"up":[410,%s],"source":1}\n' \
    "$1" "$2" "$1" "$2"
}
{ echo '{"gesto":"gestures/1","exercise":"org.gesto.draw","stage":[640,400],"seed":7}'
  echo '{"t":0.05,"control":"brush","value":"ink"}'
  echo '{"t":0.05,"control":"colour","value":"#c42f50"}'
  line_at 0.1 100
  echo '{"t":0.3,"action":"new-paper"}'
  echo '{"t":0.3,"control":"paper","value":"#24324f"}{"t":0.3,"control":"surface","value":"woven"}' | sed 's/}{/}\n{/'
  line_at 0.5 150
  echo '{"t":0.7,"action":"add-sheet"}'
  echo '{"t":0.7,"control":"sheet-strength","value":50}'
  line_at 0.8 200
  echo '{"t":1.0,"action":"new-paper"}'
  line_at 1.1 250
  echo '{"t":1.3,"action":"new-paper"}' # an empty one is not kept
  echo '{"t":2,"close":{"keep":"keep","process":true,"title":"Sea"}}'; } >"$TMPDIR/three.jsonl"
session=$("$home/gesto" play "$TMPDIR/three.jsonl" --client Mira 2>>"$TMPDIR/err" | tail -n 1)
creation=$session/creations/01-draw
is "three papers are drawn" test -d "$creation"
is "they are three pictures and three OpenRaster files" test "$(cd "$creation" && echo artwork*)" = \
  "artwork-2.ora artwork-2.png artwork-3.ora artwork-3.png artwork.ora artwork.png"
is "each with its title and words" test "$(jq -r '.works[] | select(.kind == "picture") | .title + ": " + .about' \
  "$creation/creation.json" | tr '\n' '|')" = \
  "Drawing 1: A drawing in red, 1 stroke.|Drawing 2: A drawing in red, 2 strokes.|Drawing 3: A drawing in red, 1 stroke.|"
# Which of the four lines stands on a picture, and the colour in its corner, by another program.
pixel() { convert "$1" -alpha off -format "%[hex:p{$2,$3}]" info:; }
differ() { convert "$1" -alpha off -format "%[fx:abs(p{5,5}.r-p{250,$2}.r)+abs(p{5,5}.b-p{250,$2}.b)>0.15]" info:; }
lines_on() { for y in 100 150 200 250; do differ "$creation/$1" $y; done; echo; }
is "the first line is on the first" test "$(lines_on artwork.png) $(pixel "$creation/artwork.png" 5 5)" = "1000 FFFFFF"
is "two on the second" test "$(lines_on artwork-2.png)" = 0110
is "which is blue and has a grain" test "$(convert "$creation/artwork-2.png" -crop 32x32+0+0 -format '%k %[fx:mean.b>mean.r]' info: | awk '{print ($1 > 4) $2}')" = 11
is "and the last on the third" test "$(lines_on artwork-3.png)" = 0001
sheets_of() { python3 -c 'import sys, zipfile; import xml.etree.ElementTree as t
z = zipfile.ZipFile(sys.argv[1])
for l in t.fromstring(z.read("stack.xml")).iter("layer"):
    print(l.get("name"), "%.1f" % float(l.get("opacity", 1)), len(z.read(l.get("src"))) > 100, end="|")' "$1"; }
is "its sheets lie apart" test "$(sheets_of "$creation/artwork-2.ora")" = "Sheet 2 0.5 True|Sheet 1 1.0 True|Paper 1.0 True|"
again() { [ "$("$home/gesto" replay "$creation" 2>>"$TMPDIR/err" | grep -c 'equals the record')" = 6 ]; }
is "made again they equal the record" again
front() { # moment, word of what is to be said, which lines
  said=$("$home/gesto" replay "$creation" --at "$1" --to "$TMPDIR/front.png" 2>&1) &&
    [[ $said == *"$2"* ]] && cp "$TMPDIR/front.png" "$creation/front.png" && lines=$(lines_on front.png)
  rm -f "$creation/front.png"
  [ "$lines" = "$3" ]
}
is "a moment shows the paper that lay in front then: the first" front 0.25 "" 1000
is "the second, and says so" front 0.95 '"Drawing 2", which lay in front, one of 2' 0110
is "the third" front 1.25 '"Drawing 3", which lay in front, one of 3' 0001
is "an empty one is no work: the first" front 1.9 '"Drawing 1", one of 3' 1000
is "verify holds" quietly "$home/gesto" verify "$GESTO_ARCHIVE"

touch "$TMPDIR/begun"
open_screen 1280x1100
begin --client Mira
becomes 30 has continue && press continue
becomes 20 has last-time && press last-time
becomes 30 paper
chosen() { tree | jq -e --arg id "$1" '[.. | objects | select(.id? == $id)][0].state | index("selected")' >/dev/null; }
unchosen() { ! chosen "$1"; }
rests() { tree | jq -e --arg id "$1" '[.. | objects | select(.id? == $id)][0].state | index("disabled")' >/dev/null; }
draw() { xdotool mousemove $((300 + $1)) "$2" mousedown 1 mousemove_relative 40 5 mousemove_relative 40 5 mouseup 1; }
open_sheets() { to group-earlier-paper && key Return && becomes 10 has control-sheet-1; }
shut() { key Escape; becomes 10 shows_not '"id":"control-sheet-1"'; }
draw 0 300
is "by keys to the sheets" open_sheets
is "there is one on this paper" chosen control-sheet-1
is "and no paper after this one" rests control-later-paper
to control-add-sheet && key space
is "a sheet on top is the one to draw on" becomes 10 chosen control-sheet-2
to control-sheet-shown && key space
is "it can be hidden" becomes 10 unchosen control-sheet-shown
shut
is "the row of the panel says which" becomes 10 shows '"id":"group-earlier-paper"[^}]*Sheet 2'
draw 0 400
open_sheets
is "drawing on a hidden sheet shows it again" becomes 10 chosen control-sheet-shown
shut
key ctrl+z ctrl+z ctrl+z ctrl+z
open_sheets
is "undo takes the sheet away, and the panel says so" becomes 10 chosen control-sheet-1
to control-new-paper && key space
is "a new paper is the fifth: those of last time are there" becomes 10 shows 'Paper 5 of 5'
shut
draw 100 500
kill -9 "$(player)"
becomes 20 has carry-on && press carry-on
becomes 20 paper
key Page_Up
is "a player that was killed has all of them again, and a key leads back" \
  becomes 20 shows 'Paper 4 of 5'
press stop
becomes 10 has finish && press finish
is "closing shows all of them" becomes 20 shows '5 pictures'
press made-0-keep
press finish
becomes 20 has skip && press skip
becomes 20 has leave && press leave
becomes 20 ended
creation=$(find "$GESTO_ARCHIVE/clients" -path '*01-draw' -newer "$TMPDIR/begun" | tail -n 1)
is "they are in the record" test "$(cd "$creation" && echo artwork*.png)" = \
  "artwork-2.png artwork-3.png artwork-4.png artwork-5.png artwork.png"
is "those that were not painted on are as they were" cmp "$session/creations/01-draw/artwork-2.png" "$creation/artwork-2.png"
echo "1..$n"
