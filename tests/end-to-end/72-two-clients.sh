#!/bin/bash
# Two clients in a row on one machine never meet: what the first one typed, chose, copied, and how
# loud it was, is nowhere in the second's window, in what it lists, or in its program's memory;
# and each comes back to what is their own.
. "$(dirname "$0")/window.bash"
export XDG_DATA_HOME=${XDG_DATA_HOME:-$TMPDIR/data}
exercises
open_screen
quietly "$home/gesto" play tests/demo/move.jsonl --client Ben
echo '{"access":{"theme":"contrast","text_percent":130}}' >"$TMPDIR/ben.json"
quietly "$home/gesto" room Ben --set "$TMPDIR/ben.json"
find "$HOME" "$XDG_DATA_HOME" -type f 2>/dev/null | sort >"$TMPDIR/before"

click() { # id
  local x y w h
  read -r x y w h < <(rect_of "$1")
  [ -n "$h" ] && xdotool mousemove $((x + w / 2)) $((y + h / 2)) click 1
}
selected() { shows "\"id\":\"$1\"[^}]*\"selected\""; }
volume() { tree | jq '[.. | objects | select(.id? == "volume")][0].value'; }
volume_is() { [ "$(volume)" = "$1" ]; }
in_memory() { # pid, text
  python3 - "$1" "$2" <<'END'
import sys
pid, word = sys.argv[1], sys.argv[2].encode()
found = 0
with open("/proc/%s/mem" % pid, "rb") as mem:
    for line in open("/proc/%s/maps" % pid):
        where, rights = line.split()[:2]
        low, high = (int(n, 16) for n in where.split("-"))
        if "r" not in rights or "vvar" in line or "vsyscall" in line: continue
        try:
            mem.seek(low)
            found += mem.read(high - low).count(word)
        except (OSError, ValueError, OverflowError): pass
print(found)
END
}

"$BUILD/tests/clipboard" own "Zqcopied" >"$TMPDIR/owns" &
other=$!
trap 'kill $other; close_all' EXIT
becomes 10 grep -q owns "$TMPDIR/owns"
is "something was copied before" grep -q Zqcopied <("$BUILD/tests/clipboard" read)
begin --client Ada
is "Ada comes" becomes 30 has skip
is "what was copied before is gone" [ "$("$BUILD/tests/clipboard" read | tr -d '\n')" = "copied selected " ]
kill $other
"$BUILD/tests/clipboard" own "Zqlater" >"$TMPDIR/owns" &
other=$!
becomes 10 grep -q owns "$TMPDIR/owns"
title() { xdotool getwindowname "$(xdotool getwindowfocus)"; }
is "the window's title says nothing of her ($(title))" [ "$(title)" = Gesto ]
click wish
is "she writes a wish" becomes 10 shows '"id":"wish"[^}]*"focused"'
xdotool type --delay 20 "Zqwish"
first=$(program gesto-stage)
remembers() { [ "$(in_memory "$1" "$2")" -ge 1 ]; }
is "and in her program's memory" becomes 5 remembers "$first" Zqwish
press continue
becomes 10 has card-org.gesto.draw
press pause
becomes 10 has change && press change
is "she makes it easier" becomes 10 shows '"id":"section-'
press look-evening
is "by evening" becomes 10 selected look-evening
press section-sound
becomes 10 has volume
click volume
for _ in {1..25}; do xdotool key Right; done
is "and loud ($(volume))" volume_is 1000
press done
becomes 10 has carry-on && press carry-on
is "on" becomes 10 has card-org.gesto.draw
press card-org.gesto.draw
becomes 20 has area
press stop
becomes 10 has finish && press finish
becomes 30 shows '"id":"made-0-title"'
click made-0-title
xdotool type --delay 20 "Zqtitle"
press finish
becomes 20 has skip && press skip
becomes 20 has leave && press leave
is "Ada leaves" becomes 30 ended
gesto=
is "what was copied meanwhile is gone" [ "$("$BUILD/tests/clipboard" read | tr -d '\n')" = "copied selected " ]

begin --client Ben
is "Ben comes" becomes 30 has skip
second=$(program gesto-stage)
is "to a program of his own" [ -n "$second" -a "$second" != "$first" ]
tree >"$TMPDIR/trees"
press skip
becomes 10 has card-org.gesto.draw
tree >>"$TMPDIR/trees"
press pause
becomes 10 has change && press change
becomes 10 shows '"id":"section-'
tree >>"$TMPDIR/trees"
is "he has his own look" selected look-contrast
press section-sound
becomes 10 has volume
is "it is quiet again ($(volume))" volume_is 700
press done
becomes 10 has carry-on && press carry-on
becomes 10 has card-org.gesto.draw && press card-org.gesto.draw
becomes 20 has area
tree >>"$TMPDIR/trees"
press stop
becomes 10 has finish && press finish
becomes 30 shows '"id":"made-0-keep"'
tree >>"$TMPDIR/trees"
is "nothing of Ada is in what he sees" bash -c "! grep -qE 'Zq|Ada' '$TMPDIR/trees'"
is "nor in the memory of his program" [ "$(in_memory "$second" Zqwish)$(in_memory "$second" Zqtitle)" = 00 ]
is "nor in his keeper's" [ "$(in_memory "$(keeper)" Zqwish)$(in_memory "$(keeper)" Zqtitle)" = 00 ]
press skip
becomes 20 has skip && press skip
becomes 20 has leave && press leave
is "Ben leaves" becomes 30 ended
gesto=
find "$HOME" "$XDG_DATA_HOME" -type f 2>/dev/null | sort >"$TMPDIR/after"
new() { comm -13 "$TMPDIR/before" "$TMPDIR/after" | grep -vE "^($GESTO_ARCHIVE|$XDG_STATE_HOME|$XDG_RUNTIME_DIR|$XDG_CACHE_HOME|$TMPDIR|$HOME/.dbus)/"; }
is "no file beside our own folders: nothing recent, no thumbnails ($(new | head -n 3))" [ -z "$(new)" ]
is "nothing recent" [ -z "$(find "$TMPDIR" "$HOME" \( -name 'recently-used*' -o -name '*thumbnail*' \) 2>/dev/null)" ]

begin
is "a guest comes" becomes 30 has skip
press skip
becomes 10 has card-org.gesto.draw && press pause
becomes 10 has change && press change
becomes 10 shows '"id":"section-'
is "to the look of the house" selected look-paper
kill "$gesto"
becomes 30 ended
begin --client Ada
is "Ada comes again" becomes 30 has skip
press skip
becomes 10 has card-org.gesto.draw && press pause
becomes 10 has change && press change
becomes 10 shows '"id":"section-'
is "to her own look" selected look-evening
echo "1..$n"
