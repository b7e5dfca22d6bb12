#!/bin/bash
# The therapist's window for real, under Xvfb, with the mouse: a session is listed with its
# picture, made again from its record, and a new one begun for a client, from the welcome to
# the farewell; what was said at Finish is read before the client leaves.
. "$(dirname "$0")/window.bash"
command -v import >/dev/null || { echo "ok 1 - a desk # SKIP import is not here"; exit 0; }
exercises
open_screen

colours() { # geometry: how many colours are seen there
  import -window root -crop "$1" +repage -format '%k' info: 2>/dev/null || echo 0
}
colourful() { [ "$(colours "$1")" -gt "$2" ]; }
windows() { xdotool search --onlyvisible --class '^gesto-' 2>/dev/null; }
window_count_is() { [ "$(windows | wc -l)" -eq "$1" ]; }
titles_are() { [ "$(for w in $(windows); do xdotool getwindowname "$w"; done | sort -u)" = "$1" ]; }
mouse() { xdotool mousemove "$1" "$2" sleep 0.1 click 1; }
click() { # id of a widget in the client's window
  local x y w h
  becomes 10 has "$1" || return 1
  read -r x y w h < <(rect_of "$1")
  mouse $((x + w / 2)) $((y + h / 2))
}
words() { # geometry: what is written there, as a picture's fingerprint
  import -window root -crop "$1" +repage -depth 8 rgb:- 2>/dev/null | cksum
}
other_words() { [ "$(words "$1")" != "$2" ]; }

"$home/gesto" play tests/demo/painting.jsonl --client Juno >"$TMPDIR/folder" 2>"$TMPDIR/err"
is "a session to look back at" test -d "$(cat "$TMPDIR/folder")"
"$home/gesto" >"$TMPDIR/out" 2>>"$TMPDIR/err" &
gesto=$!
is "the desk opens" becomes 20 window_count_is 1
is "with a title that says nothing of anyone" titles_are Gesto
is "the session is listed with its picture" becomes 20 colourful 208x130+372+223 500

mouse 434 428
is "the work is made again from its record and shown" becomes 20 colourful 800x480+44+108 5000
mouse 80 48
is "back to the list" becomes 10 colourful 208x130+372+223 500

mouse 160 110
xdotool type --delay 30 Ines
mouse 160 184
is "a session begins in a window of its own" becomes 20 window_count_is 2
is "whose title says nothing of anyone" titles_are Gesto
is "the client is welcomed" becomes 20 shows 'Hello, Ines'
is "and meets nothing of another" shows_not Juno
click feeling
is "the dot is placed by the mouse" becomes 5 shows_not '"id":"feeling"[^}]*"empty"'
click idea-4
click continue
click card-org.gesto.draw
is "the exercise begins" becomes 20 colourful 110x680+1130+100 12
becomes 20 paper
xdotool mousemove 300 300 mousedown 1
for i in $(seq 1 40); do xdotool mousemove $((300 + i * 8)) $((300 + (i * 37) % 90)); done
xdotool mouseup 1
is "what the pointer draws is seen" becomes 10 colourful 600x200+260+250 8
click stop
click finish
is "closing shows what was made" becomes 20 has made-0-keep
becomes 20 shows_not '"id":"coming"'
click made-0-keep
click question-2
click finish
is "the feeling is asked once more" becomes 20 shows 'How are you leaving'
stage_window=$(xdotool search --onlyvisible --class '^gesto-stage')
xdotool windowunmap --sync "$stage_window" # the therapist looks at their own screen
is "the therapist reads what was said, while the client is still there" \
  becomes 10 colourful 760x400+260+250 40
[ -z "$KEEP_PICTURE" ] || import -window root "$KEEP_PICTURE"
xdotool windowmap --sync "$stage_window"
click skip
click leave
listed() { "$home/gesto" list --json 2>/dev/null | grep -q '"Ines"'; }
is "the session is closed under the client's name" becomes 20 listed
told() { "$home/gesto" list --json | jq -c "[.clients[] | select(.alias == \"Ines\") | .sessions[0].told[] | select(.[0] == \"$1\")[1]]"; }
is "with what was picked" test "$(told 'Chosen for today')" = '["“Just see”"]'
is "with the answer as words" test "$(told 'Did we do something that matters to you?')" = '["between “not really” and “very much”"]'
is "and what was skipped" test "$(told Leaving)" = '["Skipped"]'
is "all that lies in the archive holds" quietly "$home/gesto" verify
echo "1..$n"
