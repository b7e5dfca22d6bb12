#!/bin/bash
# The client's window by itself, under a virtual display, with stage_rig in the keeper's
# place: touch, pen, keys, Pause, an exercise that ends, Stop, closing.
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
for tool in Xvfb xdotool; do
  command -v $tool >/dev/null || { echo "ok 1 - a window # SKIP $tool is not here"; exit 0; }
done
work=$(mktemp -d) || exit 1
jobs_of_ours=()
end() {
  for p in "${jobs_of_ours[@]}"; do kill "$p" 2>/dev/null; done
  wait 2>/dev/null
  rm -rf "$work"
}
trap end EXIT
n=0
check() { # name, command...
  n=$((n + 1))
  if "${@:2}"; then echo "ok $n - $1"; else echo "not ok $n - $1"; tail -5 "$work/out" | sed 's/^/# /'; fi
}

Xvfb -displayfd 5 -screen 0 1280x800x24 5>"$work/display" 2>/dev/null &
jobs_of_ours+=($!)
for _ in {1..1000}; do [ -s "$work/display" ] && break; sleep 0.05; done
export DISPLAY=:$(cat "$work/display") GESTO_TEST_INPUT=$work/door GESTO_SCALE=1
mkfifo "$work/door" "$work/orders"
exec 7<>"$work/door" 8<>"$work/orders"
late=$(realpath "$BUILD")/tests/late_words.so
LD_PRELOAD=$late LATE_WORDS_LOG=$work/late env -u LANGUAGE \
  "$BUILD/tests/stage_rig" "$BUILD/tests/gesto-stage-test" tests/tools/declared.json \
  <&8 >"$work/out" 2>"$work/err" 7>&- &
jobs_of_ours+=($!)

door() { printf '%s\n' "$1" >&7; }
order() { printf '%s\n' "$1" >&8; }
press() { door "{\"do\":\"press\",\"id\":\"$1\"}"; }
key() { door "{\"do\":\"key\",\"key\":\"$1\",\"with\":\"$2\"}"; }
point() { # touch|pen, finger, x, y, pressure: down, four moves, up
  local k
  door "{\"do\":\"$1\",\"phase\":\"down\",\"finger\":$2,\"x\":$3,\"y\":$4,\"pressure\":$5}"
  for k in 1 2 3 4; do
    door "{\"do\":\"$1\",\"phase\":\"move\",\"finger\":$2,\"x\":$(($3 + k * 20)),\"y\":$4,\"pressure\":$5}"
  done
  door "{\"do\":\"$1\",\"phase\":\"up\",\"finger\":$2,\"x\":$(($3 + 80)),\"y\":$4,\"pressure\":$5}"
}
said() { # waits until the rig has printed a line that holds the pattern
  for _ in {1..600}; do grep -qE -- "$1" "$work/out" && return 0; sleep 0.1; done
  return 1
}
shows() { # waits until the tree holds the pattern
  for _ in {1..300}; do
    rm -f "$work/tree"
    door "{\"do\":\"tree\",\"to\":\"$work/tree\"}"
    for _ in {1..500}; do [ -e "$work/tree" ] && break; sleep 0.02; done
    grep -qE -- "$1" "$work/tree" 2>/dev/null && return 0
    sleep 0.1
  done
  return 1
}
count() { grep -cE -- "$1" "$work/out"; }
is() { [ "$1" = "$2" ] || { echo "# $1 is not $2"; false; }; }

check "the stage says hello with its size" said '^message 150 a=1280 b=800'
check "the welcome comes first, with nothing answered" shows '"id":"feeling".*"state":\["focused","empty"'
press idea-2
press wish
door '{"do":"text","text":"Sea, slowly"}'
check "what was said and not given is a draft" said '^message [0-9]+ .*"check_in":.*"wish":"Sea, slowly"'
press continue
check "what was given is a fact, with what was skipped" \
  said '^message [0-9]+ .*"check_in":\{"wish":"Sea, slowly","ideas":\["Get something out"\],"skipped":\["feeling"\]\}'
check "the cards come from what exercises declare" shows '"label":"Move"'
press card-org.gesto.draw
check "choosing names the exercise and the area" said '^message 151 .*text=org.gesto.draw'
check "the panel comes from the controls" shows '"label":"Rub out"'
order "control 3 1" # as a player does: what it begins with

point touch 1 300 300 0.25
check "a finger is recorded, rounded, in units of the area" \
  said 'type=1 source=10 x=160 y=204 pressure=0.25 tool=1'
point pen 0 500 300 0.7501
check "a pen is recorded with its pressure" said 'type=3 source=2 x=440 y=204 .*tool=2'
check "pressure is rounded to 1/4096" said 'type=2 source=2 .*pressure=0.75 tool=2'
xdotool mousemove 600 400 mousedown 1 mousemove 640 400 mouseup 1
check "the mouse is recorded" said 'type=3 source=1 x=500 y=304 .*tool=0'
check "what is down comes up" is "$(count 'type=1 ')" "$(count 'type=3 ')"

press control-tool-eraser
check "a tool chosen is a control set" said 'type=5 .*id=3 value=5'
key z ctrl
check "declared keys act" said 'type=6 .*id=1 '
order "control 3 2"
check "a value that the exercise set shows" shows '"label":"Ink","state":\["selected"'

before=$(count 'kind=2')
goes_on() {
  for _ in {1..600}; do [ "$(count 'kind=2')" -ge $((before + 20)) ] && return 0; sleep 0.05; done
  return 1
}
rests() { # half a second in which nothing came
  for _ in {1..60}; do
    before=$(count 'kind=2')
    sleep 0.5
    [ "$(count 'kind=2')" -eq "$before" ] && return 0
  done
  return 1
}
order "ticks 1"
check "time goes on while the exercise wants ticks" goes_on
order "ticks 0"
check "and rests when it does not" rests

door '{"do":"touch","phase":"down","finger":3,"x":400,"y":500,"pressure":0.5}'
said 'type=1 source=10 x=260 y=404' || true
key Escape
check "Pause is recorded" said 'type=10 '
check "a contact that was down ended with UP before it" \
  bash -c "grep -E 'type=(3|10) ' '$work/out' | tail -2 | head -1 | grep -q 'type=3 .*x=260 y=404'"
check "the sheet offers to carry on" shows '"label":"Carry on","state":\["focused"'
order hush
check "Pause fades the sound" said '^hush 1'
key Return
check "carrying on is recorded" said 'type=11 '

order "gone It stopped for a moment."
check "when an exercise ends it says that it is nobody's doing" shows 'It was not anything you did'
check "what the program says of it is not on the page" bash -c "! grep -q 'It stopped for a moment' '$work/tree'"
press details
check "but the therapist can read it" shows 'It stopped for a moment'
press done
for _ in {1..50}; do shows 'Everything you did|"id":"details"' && ! grep -q sheet-lost "$work/tree" && break; done
order back
check "once it is back one can carry on" shows '"label":"Carry on where I was","state":\["focused"'
press carry-on
twice() { for _ in {1..600}; do [ "$(count 'type=11 ')" -ge 2 ] && break; sleep 0.1; done; is "$(count 'type=11 ')" 2; }
check "carrying on where one was is recorded" twice

order "disk 0"
point touch 1 400 400 0.5
check "what is not on disk is not called saved" shows '"label":"Saving"'
check "a keeper that is away is said" shows '"label":"Not being saved"'
order "disk 1"
check "saved again once it is on disk" shows '"label":"Saved"'

door "{\"do\":\"picture\",\"to\":\"$work/exercise.png\"}"
key Escape shift
check "Stop leads to the calm page" shows 'All has stopped'
press back
check "one can go back from Stop" shows '"label":"Rub out"'
press stop
shows 'All has stopped' || true
press finish
check "leaving asks for the works" said '^message 153 a=1'
check "closing shows what was made, with nothing preset" shows '"id":"made-0-keep"'
check "nothing is chosen yet" bash -c "! grep -q selected '$work/tree'"
press made-0-title
door '{"do":"text","text":"Sea, \"mine\""}'
press made-0-keep
shows '"id":"made-0-process"' || true
press made-0-process
press finish
check "what was answered goes to the keeper" \
  said '^message [0-9]+ .*"keep":"keep","process":true,"title":"Sea, \\"mine\\""'
check "the questions were left open" said '^message [0-9]+ .*"check_out":\{"questions":\[\{"id":"understood",.*"skipped":true'
check "the feeling is asked once more" shows 'How are you leaving'
press skip
check "farewell once the session is closed" shows 'Close the window'
press leave
check "the window leaves by itself" said '^ended 0'
check "once threads run its environment stays as it is" is "$(sort -u "$work/late")" threads
check "nothing was complained of" \
  is "$(grep -E 'door:|gesto-stage:|stage_rig:|ERROR|runtime error' "$work/err" | head -3)" ""
[ -z "$KEEP_PICTURE" ] || cp "$work/exercise.png" "$KEEP_PICTURE"
echo "1..$n"
