#!/bin/bash
# gesto-sound for real: in silence it keeps time, with a device (a JACK server of our own,
# in a namespace of its own) nothing over the ceiling comes out, and when the server is
# killed the program leaves by itself so that a new one can be started.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
n=0
ok() { # code, name
  n=$((n + 1))
  [ "$1" -eq 0 ] && echo "ok $n - $2" || { echo "not ok $n - $2"; sed 's/^/# /' "$TMPDIR"/*.log; }
}
said() { sed -n "s/^$1 //p" "$TMPDIR/$2.log" | tail -1; }

with_jack() { # inside the namespace
  mount -t tmpfs tmpfs /dev/shm || exit 9
  export JACK_DEFAULT_SERVER=gesto$$ JACK_NO_AUDIO_RESERVATION=1 JACK_NO_START_SERVER=1
  jackd -n "$JACK_DEFAULT_SERVER" -r -d dummy -r 48000 -p 1024 -C 2 -P 2 >"$TMPDIR/jackd.log" 2>&1 &
  local jack=$! i
  jack_wait -s "$JACK_DEFAULT_SERVER" -w -t 60 >/dev/null 2>&1 || exit 9
  "$BUILD/tests/sound_rig" "$BUILD/gesto-sound" noise 60 >"$TMPDIR/device.log" &
  local rig=$!
  for ((i = 0; i < 2400; i++)); do
    grep -q '"running":true' "$TMPDIR/device.log" && break
    sleep 0.05
  done
  jack_rec -f "$TMPDIR/heard.wav" -d 3 -b 24 PortAudio:out_0 PortAudio:out_1 >/dev/null 2>&1
  kill -9 $jack
  date +%s%3N >"$TMPDIR/killed"
  wait $rig
  date +%s%3N >"$TMPDIR/left"
  exit 0
}
if [ "${1-}" = with-jack ]; then with_jack; fi

GESTO_SOUND_DEVICE=none "$BUILD/tests/sound_rig" "$BUILD/gesto-sound" sine 8 close >"$TMPDIR/none.log"
asked=$(said asked none)
[ "${asked:-0}" -gt 3000 ] && [ "$asked" -lt 9000 ]
ok $? "without a device blocks are asked for as time passes"
said state none | grep -q '"running":false'
ok $? "and the keeper is told so"
read -r code ms <<<"$(said exit none)"
[ "$code" = 0 ]
ok $? "when the link ends it leaves by itself"

if ! command -v jackd jack_rec jack_wait sox >/dev/null ||
  ! unshare --mount --ipc true 2>/dev/null; then
  echo "ok $((n + 1)) - with a device # SKIP no JACK, or no namespaces"
  exit
fi
unshare --mount --ipc "$0" with-jack 2>/dev/null
if [ $? -eq 9 ]; then
  echo "ok $((n + 1)) - with a device # SKIP the JACK server did not start"
  exit
fi
said state device >/dev/null && grep -q '"device":"system","running":true' "$TMPDIR/device.log"
ok $? "a running JACK server is used"
peak=$(sox "$TMPDIR/heard.wav" -n stat 2>&1 | awk '/Maximum amplitude|Minimum amplitude/ {
  x = $3 < 0 ? -$3 : $3; if (x > most) most = x } END { print most }')
awk -v p="${peak:-9}" 'BEGIN { exit !(p <= 0.8913 && p > 0.05) }'
ok $? "full-scale noise comes out under -1 dB ($peak)"
read -r code ms <<<"$(said exit device)"
[ "$code" = 3 ] && [ $(($(<"$TMPDIR/left") - $(<"$TMPDIR/killed"))) -lt 15000 ]
ok $? "with its server killed it leaves by itself, to be started anew"
echo "1..$n"
