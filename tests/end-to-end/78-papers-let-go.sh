#!/bin/bash
# Of several papers the client keeps some and lets go of the others: their pictures are gone, the
# state has the rest alone, and of what was let go no byte is found again. By script, then in the
# window with touch and by keys.
. "$(dirname "$0")/window.bash"
export GESTO_PATIENCE=${GESTO_PATIENCE:-10}
exercises

line_at() { # time, y
  printf '{"t":%s,"down":[60,%s],"pressure":0.6,"tool":"pen","source":1}\n' "$1" "$2"
  printf '{"t":%s3,"move":[200,%s],"pressure":0.7,"source":1}\n' "$1" "$(($2 + 17))"
  printf '{"t":%s5,"move":[400,%s],"pressure":0.6,"source":1}\n{"t":%s9,"up":[410,%s],"source":1}\n' \
    "$1" "$2" "$1" "$2"
}
script() { # where the lines of the second paper begin, their colour, close
  echo '{"gesto":"gestures/1","exercise":"org.gesto.draw","stage":[640,400],"seed":7}'
  echo '{"t":0.05,"control":"brush","value":"ink"}'
  line_at 0.1 100
  echo '{"t":0.3,"action":"new-paper"}'
  echo "{\"t\":0.3,\"control\":\"colour\",\"value\":\"$2\"}"
  line_at 0.4 "$1"
  echo '{"t":0.5,"action":"add-sheet"}'
  line_at 0.6 "$(($1 + 80))"
  echo '{"t":0.7,"control":"colour","value":"#1f6f6b"}'
  echo '{"t":0.8,"action":"new-paper"}'
  line_at 0.9 250
  echo '{"t":1.1,"action":"undo"}'
  line_at 1.2 290
  echo "{\"t\":2,\"close\":$3}"
}
play() { # name of an archive of its own, lines of the script: the folder of the creation
  "${@:2}" >"$TMPDIR/$1.jsonl"
  "$home/gesto" --archive "$TMPDIR/archive-$1" play "$TMPDIR/$1.jsonl" --client Mira 2>>"$TMPDIR/err" |
    tail -n 1
}
whole=$(play whole script 130 '#c42f50' '{"keep":"keep","process":true,"title":"Sea"}')/creations/01-draw
part=$(play part script 130 '#c42f50' '{"keep":"keep","process":true,"title":"Sea","let_go":[2]}')/creations/01-draw
other=$(play other script 20 '#3a4f8a' '{"keep":"keep","process":false,"title":"Sea"}')/creations/01-draw
is "three papers, of which one is let go of" test -d "$whole" -a -d "$part" -a -d "$other"
works() { jq -r '[.works[] | "\(.file)=\(.paper)"] | sort | join(" ")' "$1/creation.json"; }
echo "# $(works "$whole")"
is "each work says of which paper it is" test "$(works "$whole")" = \
  "artwork-2.ora=2 artwork-2.png=2 artwork-3.ora=3 artwork-3.png=3 artwork.ora=1 artwork.png=1"
is "those of that paper are gone, the others stay" test "$(works "$part")" = \
  "artwork-3.ora=3 artwork-3.png=3 artwork.ora=1 artwork.png=1"
is "as do their files" test "$(cd "$part" && echo *)" = \
  "artwork-3.ora artwork-3.png artwork.ora artwork.png creation.json state"
is "the others are as they were" cmp "$part/artwork-3.png" "$whole/artwork-3.png"
is "how it was made would show it, and is not kept" test "$(jq -r .process "$part/creation.json")" = false
is "the rest can be carried on" test -s "$part/state"
is "and holds" quietly "$home/gesto" verify "$TMPDIR/archive-part"

# What lies in all that there was of the whole, and nowhere where the second paper is another.
python3 - "$whole" "$TMPDIR/archive-other" "$TMPDIR/pieces" <<'END'
import os, sys
def every(top):
    return [open(os.path.join(d, f), "rb").read() for d, _, fs in os.walk(top) for f in fs
            if f != ".reserve"]
mine, others = every(sys.argv[1]), b"\0".join(every(sys.argv[2]))
pieces = set()
for data in mine:
    for at in range(0, len(data) - 16, 16):
        piece = data[at:at + 16]
        if len(set(piece)) > 8 and piece not in others: pieces.add(piece)
open(sys.argv[3], "wb").write(b"".join(sorted(pieces)))
END
kept() { # archive: how many of the pieces it has, but for those of what it keeps
  python3 - "$TMPDIR/pieces" "$1" "$part" <<'END'
import os, sys
data = open(sys.argv[1], "rb").read()
pieces = [data[i:i + 16] for i in range(0, len(data), 16)]
stays = b"\0".join(open(os.path.join(sys.argv[3], f), "rb").read()
                   for f in os.listdir(sys.argv[3]) if f.startswith("artwork"))
pieces = [p for p in pieces if p not in stays]
found = set()
for d, _, fs in os.walk(sys.argv[2]):
    for f in fs:
        if f == ".reserve": continue
        have = open(os.path.join(d, f), "rb").read()
        found |= {p for p in pieces if p in have}
print(len(found), len(pieces))
END
}
read -r of_whole pieces < <(kept "$TMPDIR/archive-whole")
read -r of_part _ < <(kept "$TMPDIR/archive-part")
echo "# $pieces pieces; $of_whole of them in the whole, $of_part where it was let go of"
is "there is much to be known again" test "$pieces" -ge 100 -a "$of_whole" -eq "$pieces"
is "of what was let go of there is nothing" test "$of_part" -eq 0
last=$(play last script 130 '#c42f50' '{"keep":"keep","process":false,"title":"","let_go":[1,2,3]}')
is "who lets go of all papers lets go of it" test ! -e "$last/creations/01-draw"
is "one sentence for a paper that cannot be" grep -qF 'has a number from 1' <("$home/gesto" \
  --archive "$TMPDIR/archive-other" play <(script 130 '#c42f50' '{"keep":"keep","let_go":[0]}') 2>&1)

# ---- In the window, by keys
script 130 '#c42f50' '{"keep":"keep","process":false,"title":""}' >"$TMPDIR/juno.jsonl"
quietly "$home/gesto" play "$TMPDIR/juno.jsonl" --client Juno
touch "$TMPDIR/begun"
open_screen 1280x1000
chosen() { tree | jq -e --arg id "$1" '[.. | objects | select(.id? == $id)][0].state | index("selected")' >/dev/null; }
hidden() { ! tree | jq -e --arg id "$1" '.. | objects | select(.id? == $id)' >/dev/null; }
draw() { xdotool mousemove $((300 + $1)) "$2" mousedown 1 mousemove_relative 40 5 mousemove_relative 40 5 mouseup 1; }
begin --client Juno
becomes 30 has continue && press continue
becomes 20 has last-time && press last-time
becomes 30 paper
draw 60 400
press stop
becomes 10 has finish && press finish
is "closing shows three papers" becomes 20 shows '3 pictures'
is "and asks no more than ever" hidden made-0-papers
to made-0-keep && key space
is "what is kept can be chosen paper by paper" becomes 10 has made-0-papers
to made-0-papers && key space
is "each paper by itself, and each stays" becomes 10 chosen paper-1
to paper-1 && key space
is "until it is said otherwise" becomes 10 shows '"label":"1 of 3 papers is let go"'
[ -z "$KEEP_PICTURE" ] || import -window root "$KEEP_PICTURE"
to paper-0 && key space
to paper-2 && key space
is "all of them: it is let go of" becomes 10 chosen made-0-let-go
to paper-2 && key space
to paper-0 && key space
is "and comes back with them" becomes 10 chosen made-0-keep
to "done" && key space
is "how it was made would show what goes" becomes 10 hidden made-0-process
[ -z "$KEEP_PICTURE" ] || import -window root "${KEEP_PICTURE%.png}-2.png"
sleep 1.3 # it is in the draft, on disk
kill -9 "$(program gesto-stage)"
is "a window that is opened anew knows it" becomes 30 shows '"label":"1 of 3 papers is let go"'
press finish
is "what was chosen is read back" becomes 20 shows '1 of 3 papers is let go'
becomes 20 has skip && press skip
becomes 20 has leave && press leave
is "the session ends" becomes 30 ended
creation=$(find "$GESTO_ARCHIVE/clients" -path '*01-draw' -newer "$TMPDIR/begun" | tail -n 1)
is "two papers are there" test "$(cd "$creation" && echo artwork*.png)" = "artwork-3.png artwork.png"
is "and no record of the third" test ! -e "$creation/process.journal" -a ! -e "$creation/start" -a ! -e "$creation/snapshots"
begin --client Juno
becomes 30 has continue && press continue
becomes 20 has last-time && press last-time
becomes 30 paper
press stop
becomes 10 has finish && press finish
is "carried on, there are two" becomes 20 shows '2 pictures'
press finish
becomes 20 has skip && press skip
becomes 20 has leave && press leave
becomes 20 ended
echo "1..$n"
