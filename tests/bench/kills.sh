#!/bin/bash
# A painting is played 20 times, and each time whoever paints it is killed (kill -9) at a moment
# of chance: how often the finished picture is that of an undisturbed painting, to the byte.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
. tests/end-to-end/processes.bash
home=$(mktemp -d /tmp/gb.XXXXXX) && mkdir -m 700 "$home/run" || exit 1
trap 'chmod -R u+rwX "$home"; rm -rf "$home"' EXIT
export HOME=$home XDG_RUNTIME_DIR=$home/run XDG_STATE_HOME=$home/state GESTO_PATIENCE=10
KILLS=${KILLS:-20}

# Ends with the sum of the picture; kills after so many hundredths of a second (0: never).
play() { # number, hundredths
  "$BUILD/gesto" --archive "$home/$1" play tests/demo/painting.jsonl --speed 20 \
    >"$home/out" 2>>"$home/err" &
  local game=$!
  if [ "$2" -gt 0 ]; then
    for ((i = 0; i < 500; i++)); do [ -n "$(children $game gesto-player)" ] && break; sleep 0.01; done
    sleep "$(printf '%d.%02d' $(($2 / 100)) $(($2 % 100)))"
    # shellcheck disable=SC2046
    kill -9 $(children $game gesto-player) 2>/dev/null && killed=$((killed + 1))
  fi
  wait $game
  cat "$home/$1"/clients/*/sessions/*/creations/*/artwork.png | sha256sum
}

killed=0 same=0 number=1
undisturbed=$(play 0 0)
RANDOM=20
while [ $killed -lt "$KILLS" ] && [ $number -le $((2 * KILLS)) ]; do
  before=$killed
  play $number $((30 + RANDOM % 120)) >"$home/sum"
  if [ $killed -gt $before ] && [ "$(cat "$home/sum")" = "$undisturbed" ]; then same=$((same + 1)); fi
  rm -rf "${home:?}/$number"
  number=$((number + 1))
done
printf '%-32s %-30s %-38s %-8s %-9s %s\n' killed-and-the-same-picture "$same times" \
  "$killed kills" - ">=$KILLS" "$([ "$same" -ge "$KILLS" ] && echo met || echo missed)"
