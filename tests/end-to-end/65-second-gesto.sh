#!/bin/bash
# A second gesto on the same archive: what it was asked is done by the first, which alone holds
# the archive; a client who is there is not disturbed.
. "$(dirname "$0")/window.bash"
exercises
hands_over() { # code, pattern, arguments of gesto: it ends at once, with that sentence
  local said code=0
  said=$(timeout 120 "$home/gesto" "${@:3}" 2>&1) || code=$?
  [ "$code" -eq "$1" ] && grep -q -- "$2" <<<"$said"
}
desks() { children "$(keeper)" gesto-desk | wc -l; }
has_desk() { [ "$(desks)" -eq 1 ]; }
shows_desk() { xwininfo -root -tree 2>/dev/null | grep -q '"Gesto": ("gesto-desk"'; }
no_session() { [ -z "$(ls -A "$GESTO_ARCHIVE/.live" 2>/dev/null)" ]; }

open_screen
"$home/gesto" >"$TMPDIR/out" 2>>"$TMPDIR/err" &
gesto=$!
is "the desk opens" becomes 20 shows_desk
is "a second gesto is handed to it" hands_over 0 'its desk comes to the front'
is "also by another path to the archive" hands_over 0 'to the front' --archive "$TMPDIR/./archive/"
is "there is one desk" has_desk
is "an exercise that is not there is said to who asked" \
  hands_over 1 'There is no exercise' session --exercise org.gesto.nothing
is "a session that is asked for begins there" \
  hands_over 0 'the session begins there' session --client Juno --minutes 40 --language de
is "with its window" becomes 20 has skip
is "for whom it was asked" shows Juno
is "in the language that was asked for" shows 'berspringen'
is "while it is open nobody comes between" hands_over 1 'end that one first'
is "nor begins another" hands_over 1 'end that one first' session
lost=$(keeper)
another_keeper() { [ -n "$(keeper)" ] && [ "$(keeper)" != "$lost" ]; }
kill -9 "$lost"
is "a keeper that is lost has another after it" becomes 20 another_keeper
sleep 1 # until it has the archive: whoever comes in between would have it first
is "the same holds after the keeper was lost" becomes 10 hands_over 1 'end that one first'
is "and the client's window is still there" becomes 10 shows Juno
kill "$gesto"
wait "$gesto"
is "what was begun is closed" becomes 10 no_session

begin --client Juno
is "a session without a desk" becomes 20 has skip
is "is not disturbed either" hands_over 1 'end that one first'
kill "$gesto"
wait "$gesto"
is "nothing is left of the doorway" bash -c "! ls '$XDG_RUNTIME_DIR'/gesto/door-* 2>/dev/null"
echo "1..$n"
