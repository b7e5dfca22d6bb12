#!/bin/bash
# kill -9 of the sound program while input runs at 1000 Hz.
. "$(dirname "$0")/kills.bash"
if [ ! -e "$BUILD/gesto-sound" ]; then
  echo "ok 1 - sound killed # SKIP there is no gesto-sound"
  exit
fi
# One that ends soon after its start is started again with a growing delay; hence the pause.
sound() {
  local i
  for ((i = 0; i < 3000; i++)); do
    [ -n "$(named gesto-sound)" ] && break
    sleep 0.02
  done
  named gesto-sound
}
kill_again_and_again sound sound 0.6 no
the_window_stayed sound
end_and_check sound
