#!/bin/bash
# Every command of `gesto` that begins no session: what it says, what it answers, and what it
# does when it is asked in a way that cannot be understood.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
export GESTO_ARCHIVE=$TMPDIR/archive XDG_CACHE_HOME=$TMPDIR/cache
export XDG_STATE_HOME=${XDG_STATE_HOME:-$TMPDIR/state} XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$TMPDIR}
# A program that a busy machine holds up is not taken for one that hangs.
export GESTO_PATIENCE=${GESTO_PATIENCE:-10}
gesto=$BUILD/gesto out=$TMPDIR/out err=$TMPDIR/err
n=0
report() { # 0 or not, name
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
    echo "not ok $n - $2"
    sed 's/^/# out: /' "$out"
    sed 's/^/# err: /' "$err"
  fi
}
is() { # name, command...
  "${@:2}" >"$out" 2>"$err"
  report $? "$1"
}
says() { # name, exit code, words, command...: the words stand in what it wrote out
  "${@:4}" >"$out" 2>"$err"
  [ $? -eq "$2" ] && grep -qF -- "$3" "$out"
  report $? "$1"
}
refuses() { # name, exit code, words, command...: one sentence on stderr and nothing else
  "${@:4}" >"$out" 2>"$err"
  [ $? -eq "$2" ] && [ "$(wc -l <"$err")" -eq 1 ] && grep -qF -- "$3" "$err" && [ ! -s "$out" ]
  report $? "$1"
}
script() { # file, seed, keep, process, title
  cat >"$1" <<END
{"gesto":"gestures/1","exercise":"org.gesto.draw","stage":[640,400],"seed":$2}
{"t":0.1,"down":[100,100],"pressure":0.5,"tool":"pen","source":1}
{"t":0.2,"move":[200,180],"pressure":0.75,"source":1}
{"t":0.3,"move":[300,120],"pressure":0.25,"source":1}
{"t":0.4,"up":[320,140],"source":1}
{"t":1.0,"close":{"keep":"$3","process":$4,"title":"$5"}}
END
}

# ---- Wrong usage
refuses "a command that is not there" 2 'no command "draw"' "$gesto" draw
refuses "--archive without a folder" 2 '"--archive"' "$gesto" list --archive
for c in journal replay list verify export report forget catalogue check exercises room; do
  says "$c --help" 0 "gesto $c" "$gesto" $c --help
  refuses "$c with an option that is not there" 2 'no option "--sideways"' "$gesto" $c --sideways
  refuses "$c with a word too many" 2 'one word too many' "$gesto" $c a b c
done
for c in journal replay export report forget check room; do
  refuses "$c without a word" 2 'something is missing' "$gesto" $c
done
says "--help lists the commands" 0 "catalogue" "$gesto" --help
says "--version says which Gesto this is" 0 "gesto 0." "$gesto" --version
refuses "replay: --at takes seconds" 2 'takes seconds' "$gesto" replay x --at soon
refuses "replay: --speed takes a number" 2 'takes "max"' "$gesto" replay x --speed=0
refuses "replay: --to takes four kinds of file" 2 '.png, .ora, .flac or .json' "$gesto" replay x --to a.gif
refuses "replay: a value is missing" 2 'a value is missing' "$gesto" replay x --to
refuses "list: no value belongs to a flag" 2 'no value belongs to' "$gesto" list --json=yes
refuses "export: where to" 2 '--to DIR' "$gesto" export x
refuses "report: where to" 2 '--to FILE.html' "$gesto" report x
refuses "catalogue: --rebuild" 2 '--rebuild' "$gesto" catalogue

# ---- Without an archive
refuses "list without an archive" 1 'There is no archive' "$gesto" list
refuses "forget what is not there" 1 'is no creation' "$gesto" forget nothing
refuses "replay what is not there" 1 'is no creation' "$gesto" replay nothing
refuses "check what is not there" 1 'is not there' "$gesto" check "$TMPDIR/none.so"

# ---- With one
script "$TMPDIR/sea.jsonl" 7 keep true 'Sea: a/b <3'
script "$TMPDIR/night.jsonl" 8 private false 'Night'
is "two drawings are played" "$gesto" play "$TMPDIR/sea.jsonl" "$TMPDIR/night.jsonl" --client Rose
session=$(tail -1 "$out") name=$(basename "$(tail -1 "$out")")
is "their folder is there" test -f "$session/MANIFEST"
says "list shows the one that is shown" 0 "$name/01-draw" "$gesto" list
is "and not the private one" bash -c "! grep -q 02-draw '$out'"
says "with the client the other, too" 0 "$name/02-draw" "$gesto" list --with-client
says "list knows a client by name" 0 '"Rose"' "$gesto" list --client Rose
refuses "and who is not there" 1 'nobody is called "Mary"' "$gesto" list --client Mary
"$gesto" list --json >"$TMPDIR/list.json"
is "list --json is JSON" python3 -c 'import json,sys
all = json.load(open(sys.argv[1]))
assert all["clients"][0]["sessions"][0]["creations"][0]["works"][0]["file"] == "artwork.png"' "$TMPDIR/list.json"
says "--archive goes after the command" 0 "$name" "$gesto" list --archive "$GESTO_ARCHIVE"
says "and before" 0 "$name" env -u GESTO_ARCHIVE "$gesto" --archive="$GESTO_ARCHIVE" list

says "verify holds" 0 'all holds' "$gesto" verify
says "verify holds for a session" 0 'all holds' "$gesto" verify "$session"
cp -r "$GESTO_ARCHIVE" "$TMPDIR/hurt"
hurt=$(dirname "$(find "$TMPDIR/hurt" -name artwork.png | head -1)")
printf '\x5a' | dd of="$hurt/artwork.png" bs=1 seek=700 conv=notrunc status=none
says "one byte of a picture: verify names it" 1 'artwork.png' "$gesto" verify "$TMPDIR/hurt"
says "verify what is not there" 1 'is not there' "$gesto" verify "$TMPDIR/none"

says "export of a session" 0 '2 files' "$gesto" export "$name" --to "$TMPDIR/home"
is "the file has the client's words, tamed" test -f "$TMPDIR/home/Sea  a b  3.png"
is "and no id of ours" bash -c "! ls '$TMPDIR/home' | grep -E '[0-9a-f]{8}|json|journal'"
is "it is the picture" cmp "$TMPDIR/home/Sea  a b  3.png" "$session/creations/01-draw/artwork.png"
says "it says what stayed back" 0 'as private: 1 work (--with-client takes all)' \
  "$gesto" export "$name" --to "$TMPDIR/shown"
says "a second export overwrites nothing" 0 '2 files' "$gesto" export "$name/01-draw" --to "$TMPDIR/home"
is "but stands beside" test -f "$TMPDIR/home/Sea  a b  3 2.png"
refuses "a private creation is not exported" 1 '--with-client' "$gesto" export "$name/02-draw" --to "$TMPDIR/home"
says "but with the client" 0 '2 files' "$gesto" export "$name/02-draw" --to "$TMPDIR/home" --with-client
is "under its title" test -f "$TMPDIR/home/Night.png"
script "$TMPDIR/alone.jsonl" 9 private false 'Alone'
is "one that is private is played" "$gesto" play "$TMPDIR/alone.jsonl"
alone=$(tail -1 "$out")
refuses "of private works alone nothing is exported" 1 'all that is here is private; with the client' \
  "$gesto" export "$alone" --to "$TMPDIR/nothing"
is "nor is a folder left" test ! -e "$TMPDIR/nothing"
says "with the client all of it is" 0 '2 files' "$gesto" export "$alone" --to "$TMPDIR/home" --with-client
is "it is let go of" "$gesto" forget "$(basename "$alone")/01-draw"
refuses "then there is nothing to export" 1 'no work of this session stayed' \
  "$gesto" export "$alone" --to "$TMPDIR/nothing"
refuses "a folder that cannot be made" 1 'name a folder' "$gesto" export "$name" --to "$TMPDIR/none/deep"

says "report of a session" 0 'page.html' "$gesto" report "$name" --to "$TMPDIR/page.html"
is "it is a page" grep -qi '<html' "$TMPDIR/page.html"
is "with nothing of the private one" bash -c "! grep -q Night '$TMPDIR/page.html'"
says "report of a client by name" 0 'client.html' "$gesto" report Rose --to "$TMPDIR/client.html"
refuses "report of nobody" 1 'no session and no client' "$gesto" report Mary --to "$TMPDIR/x.html"

refuses "the journal of a private creation" 1 '--with-client' "$gesto" journal "$name/02-draw"
refuses "even with the client it was not kept" 1 'was not kept' "$gesto" journal "$name/02-draw" --with-client
refuses "nor can it be replayed" 1 '--with-client' "$gesto" replay "$name/02-draw"

rm -f "$GESTO_ARCHIVE"/catalogue.sqlite*
says "list needs no index" 0 "$name/01-draw" "$gesto" list
says "catalogue --rebuild" 0 'made again' "$gesto" catalogue --rebuild
is "the index is there" test -s "$GESTO_ARCHIVE/catalogue.sqlite"

says "forget" 0 'let go' "$gesto" forget "$name/01-draw"
is "its folder is gone" test ! -e "$session/creations/01-draw"
refuses "and it is not there any more" 1 'is no creation' "$gesto" forget "$name/01-draw"
says "verify knows that it was let go" 0 'all holds' "$gesto" verify
"$gesto" list --with-client >"$out" 2>"$err"
is "list does not show it" bash -c "! grep -q 01-draw '$out'"

says "check finds nothing against draw" 0 '' "$gesto" check "$BUILD/plugins/draw.so"
echo not code >"$TMPDIR/odd.so"
"$gesto" check "$TMPDIR/odd.so" >"$TMPDIR/said" 2>&1
is "check of what is no exercise does not hold" test $? -eq 1
is "and says so, naming the file" grep -q odd.so "$TMPDIR/said"
is "an answer that cannot be written out does not hold" bash -c "! '$gesto' --help >/dev/full"
echo "1..$n"
