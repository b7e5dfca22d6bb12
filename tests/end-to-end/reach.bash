# What the panel of Draw offers, reached by reach_draw.py in a real window: a tool, a colour,
# the size, a line, a mixed colour, a group of controls, and back again. Sourced with `way`, and
# `access`, the client's settings.
. "$(dirname "${BASH_SOURCE[0]}")/window.bash"
exercises
open_screen
quietly "$home/gesto" play tests/demo/move.jsonl --client Juno
printf '{"access":%s}\n' "$access" >"$TMPDIR/room.json"
is "the room of the client is set" quietly "$home/gesto" room Juno --set "$TMPDIR/room.json"
begin --client Juno --exercise org.gesto.draw
is "each of them does what it should" timeout 600 python3 tests/end-to-end/reach_draw.py "$way" \
  "$GESTO_TEST_INPUT" "$TMPDIR" 2>>"$TMPDIR/err"
echo "1..$n"
