#!/bin/bash
# An exercise as loud as numbers go, and now and then none, in a session in a real window, its
# sound recorded behind the sound device (a JACK server of our own): what leaves the machine
# begins softly, stays below its ceilings at any loudness that a client can set, and is out
# within 300 ms of Stop.
if [ "$1" != with-jack ]; then
  command -v jackd jack_wait jack_rec >/dev/null || { echo "ok 1 - noise # SKIP no JACK"; exit 0; }
  unshare --mount --ipc "$0" with-jack
  code=$?
  [ $code -ne 9 ] || { echo "ok 1 - noise # SKIP the JACK server did not start"; exit 0; }
  exit $code
fi
. "$(dirname "$0")/window.bash"
mount -t tmpfs tmpfs /dev/shm || exit 9
export JACK_DEFAULT_SERVER=gesto$$ JACK_NO_AUDIO_RESERVATION=1 JACK_NO_START_SERVER=1
jackd -n "$JACK_DEFAULT_SERVER" -r -d dummy -r 48000 -p 1024 -C 2 -P 2 >"$TMPDIR/jackd.log" 2>&1 &
jack=$!
trap 'close_all; kill $jack' EXIT
jack_wait -s "$JACK_DEFAULT_SERVER" -w -t 60 >/dev/null 2>&1 || exit 9

exercises broken/loud-noise.so
open_screen
begin
is "the session begins" becomes 30 has skip
press skip
becomes 20 has card-org.gesto.broken.loud-noise
plays() { jack_lsp 2>/dev/null | grep -q '^PortAudio:out_0'; }
becomes 20 plays
sleep 1.5 # that may have been the one that only tries
is "a device plays" becomes 20 plays
record() { # name, seconds: returns once it runs
  jack_rec -f "$TMPDIR/$1.wav" -d "$2" -b 24 PortAudio:out_0 PortAudio:out_1 >/dev/null 2>&1 &
  recorder=$!
  becomes 10 runs "$1"
  sleep 0.5
}
runs() { [ "$(stat -c %s "$TMPDIR/$1.wav" 2>/dev/null || echo 0)" -gt 4000 ]; }
record first 6
press card-org.gesto.broken.loud-noise
is "the noise begins" becomes 10 has area
wait "$recorder"
press pause
becomes 10 has change && press change
becomes 10 has section-sound && press section-sound
is "its loudness can be set" becomes 10 has volume
read -r x y w h < <(rect_of volume)
xdotool mousemove $((x + w / 2)) $((y + h / 2)) click 1
for _ in {1..25}; do xdotool key Right; done
is "as high as it goes" becomes 5 shows '"id":"volume"[^}]*"value":1000'
press done
becomes 10 has carry-on
record second 6
press carry-on
wait "$recorder"
press stop
becomes 10 has finish
facts() { "$BUILD/tests/sound_facts" "$TMPDIR/$1.wav" "${@:2}" >"$TMPDIR/facts"; }
of() { sed -n "s/^$1 //p" "$TMPDIR/facts" | head -n 1; }
below() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a < b) }'; }
loudest=-99
for part in first second; do
  facts $part
  is "$part: it was heard" below -60 "$(of peak)"
  is "$part: not before it was wanted ($(of sound))" below 0.3 "$(of sound | cut -d' ' -f1)"
  is "$part: no sample comes near full scale ($(of peak) dB)" below "$(of peak)" -3
  is "$part: it is no louder than it may be for long ($(of lufs) LUFS)" below "$(of lufs)" -15
  for ((k = 0; k < 11; k++)); do # each half second
    facts $part "$((k / 2)).$((k % 2 * 5))" "$(((k + 1) / 2)).$(((k + 1) % 2 * 5))"
    loudest=$(awk -v a="$loudest" -v b="$(of lufs)" 'BEGIN { print (b + 0 > a + 0 && b != "-inf" ? b : a) }')
  done
done
is "nor does any half second startle ($loudest LUFS)" below "$loudest" -12
echo "1..$n"
