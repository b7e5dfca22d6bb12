#!/bin/bash
# An input method: a real ibus-daemon with Korean composes what is typed as the client's wish.
for tool in dbus-run-session ibus-daemon; do
  command -v $tool >/dev/null || { echo "ok 1 - an input method # SKIP $tool is not here"; exit 0; }
done
[ -n "$OWN_BUS" ] || OWN_BUS=1 exec dbus-run-session -- "$0"
export HOME=${TMPDIR:=$(mktemp -d)} XDG_CONFIG_HOME=$TMPDIR/config XMODIFIERS=@im=ibus
. "$(dirname "$0")/window.bash"
exercises plugins/draw.so
open_screen

ibus-daemon --daemonize --xim --replace --panel disable --emoji-extension disable 2>>"$TMPDIR/err"
engine_is_korean() { ibus engine hangul >/dev/null 2>&1 && [ "$(ibus engine 2>/dev/null)" = hangul ]; }
is "Korean is what the keyboard writes" becomes 20 engine_is_korean
wish_is() { jq -e --arg is "$1" '.facts.draft.check_in.wish == $is' "$GESTO_ARCHIVE"/.live/*/session.json >/dev/null 2>&1; }
types() { # in a session of its own
  begin
  becomes 30 has wish && to wish || return 1
  key shift+space # this engine begins with Latin letters
  xdotool type --delay 60 gksrmf
  becomes 2 wish_is "한" || return 1
  xdotool type --delay 60 "qkqh"
  becomes 2 wish_is "한글바"
}
# SDL waits 300 ms for an input method and takes a letter as it is then: begun anew where ibus
# was late.
for again in 1 2 3; do
  types && break
  kill "$gesto"
  becomes 20 ended
  rm -rf "$GESTO_ARCHIVE"
  ibus engine xkb:us::eng >/dev/null 2>&1
  becomes 5 engine_is_korean
done
is "letters are composed into syllables ($again)" wish_is "한글바"
read -r x y w h < <(rect_of continue)
xdotool mousemove $((x + w / 2)) $((y + h / 2)) click 1
given() { jq -e '.facts.check_in.wish == "한글바보"' "$GESTO_ARCHIVE"/.live/*/session.json >/dev/null 2>&1; }
is "what was still being composed is taken, once, by whoever goes on" becomes 10 given
ibus exit >/dev/null 2>&1
echo "1..$n"
