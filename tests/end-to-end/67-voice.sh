#!/bin/bash
# What a session lets be heard: words through the real gesto-voice, Stop, the sounds of the
# house, the words of an exercise with their captions and their place in its journal; and a
# voice that cannot speak, which holds nobody up.
. "$(dirname "$0")/heard.bash"

inside() {
  begin_session
  for _ in {1..600}; do
    voice=$(children "$(keeper)" gesto-voice | head -n 1)
    grep -qsE '^Seccomp:\s2' "/proc/$voice/status" && break # its walls stand
    sleep 0.1
  done
  { cat "/proc/$voice/status"; ls "/proc/$voice/fd"; } >"$TMPDIR/voice" 2>&1
  jack_rec -f "$TMPDIR/heard.wav" -d 14 -b 24 PortAudio:out_0 PortAudio:out_1 >/dev/null 2>&1 &
  local rec=$!
  sleep 0.6
  tell volume 1000
  tell say "Lift both arms, as far as is comfortable."
  sleep 5
  tell chime 2
  sleep 2
  tell say "This is a longer text that goes on and on, so that Stop comes in the middle of it."
  sleep 2.5
  tell hush 1
  sleep 0.8
  tell hush 0
  wait $rec
  tell choose org.gesto.move
  await player && tell action 1
  await caption && sleep 0.5 && tell leave
  await left && tell close
  await closed && tell bye
  wait "$gesto"
}
listen_in "$@"

is "the voice that waits is locked: no new rights, no calls but its own" eval \
  'grep -qE "^NoNewPrivs:\s1" "$TMPDIR/voice" && grep -qE "^Seccomp:\s2" "$TMPDIR/voice"'
is "and holds nothing open but its link" eval '[ "$(tail -n 4 "$TMPDIR/voice" | tr -d "\n")" = 0123 ]'
is "the window is told that there is sound and a voice" \
  grep -q '"sound":true,"voice":true,"why":""' "$TALK_LOG"
facts all
read -r first last < <(of all sound)
facts words "$first" "$last"
is "words are heard: two to five seconds ($first to $last)" \
  holds "$last - $first > 2 && $last - $first < 5"
is "at -26 to -16 LUFS ($(of words lufs)), under -1 dBFS ($(of words peak))" \
  holds "$(of words lufs) > -26 && $(of words lufs) < -16 && $(of words peak) < -1"
read -r from to < <(sed -n 's/^sound //p' "$TMPDIR/all.facts" | sed -n 2p)
facts keep "$(awk "BEGIN { print $from - 0.02 }")" "$(awk "BEGIN { print $to + 0.02 }")"
is "the two notes of Keep at -26 dBFS (peak $(of keep peak))" \
  holds "$(of keep peak) > -27 && $(of keep peak) < -22"
is "without a click ($(of keep bend))" without_click "$(of keep bend)" 0.004
# A busy machine may let the sound server's clock fall behind ours, never go before it.
apart=$(awk "BEGIN { print ($(said 'hush 1') - $(said 'say This')) / 1000 }")
read -r from to < <(sed -n 's/^sound //p' "$TMPDIR/all.facts" | sed -n 3p)
is "the longer text is heard (${from:-never})" holds "${from:-0} > 0"
last=$(sed -n 's/^sound [0-9.]* //p' "$TMPDIR/all.facts" | tail -n 1)
is "until Stop, and 300 ms at most after it ($from to $last, $apart s)" \
  holds "${last:-99} - ${from:-0} <= $apart + 0.3"
facts stop "$(awk "BEGIN { print ${last:-0} + 0.01 }")" "$(awk "BEGIN { print ${last:-0} + 1 }")"
is "then all is silent, and stays so (peak $(of stop peak))" holds "$(of stop peak) < -100"

is "what the exercise says is shown" grep -q 'caption Feel the chair that carries you' "$TALK_LOG"
"$BUILD/tests/said_lines" "$folder"/creations/01-move >"$TMPDIR/said.facts" 2>&1
is "and journalled with the sum of what was heard" \
  grep -qE '^\{"t":[0-9]+,"text":"Feel the chair that carries you","clip":"[0-9a-f]{64}"\}$' "$TMPDIR/said.facts"
cp "$folder"/creations/01-move/process.journal "$TMPDIR/before.journal"
"$home/gesto" replay "$folder"/creations/01-move >"$TMPDIR/one.facts" 2>&1 &&
  "$home/gesto" replay "$folder"/creations/01-move >"$TMPDIR/two.facts" 2>&1
is "two replays are the same, and say nothing again" eval \
  'cmp -s "$TMPDIR/one.facts" "$TMPDIR/two.facts" && grep -q "equals the record" "$TMPDIR/one.facts" &&
   cmp -s "$TMPDIR/before.journal" "$folder/creations/01-move/process.journal"'
is "the closed session holds" eval '"$home/gesto" verify "$folder" >"$TMPDIR/verify.facts"'

spoken() { "$BUILD/tests/voice_rig" "$BUILD/gesto-voice" en 1 "Raise both arms" 2>/dev/null | sha256sum; }
is "the same words sound the same each time, also where each call but its own ends it" eval \
  '[ "$(spoken)" = "$(GESTO_SANDBOX_KILL=1 spoken)" ] && [ "$(spoken)" != "$(sha256sum </dev/null)" ]'

# What was said is journalled all the same.
printf '%s\n' '{"gesto":"gestures/1","exercise":"org.gesto.move","stage":[640,480],"seed":7}' \
  '{"t":1,"action":"begin"}' '{"t":2,"advance":true}' \
  '{"t":2,"close":{"keep":"keep","process":true}}' >"$TMPDIR/short.jsonl"
without() { # what gesto-voice does instead
  printf '#!/bin/sh\n%s\n' "$1" >"$home/gesto-voice"
  chmod "${2:-+x}" "$home/gesto-voice"
  local folder
  folder=$(timeout 15 "$home/gesto" play "$TMPDIR/short.jsonl" 2>"$TMPDIR/err") &&
    "$BUILD/tests/said_lines" "$folder/creations/01-move" >"$TMPDIR/without.facts" &&
    grep -q '"text":"Feel the chair that carries you","clip":null' "$TMPDIR/without.facts"
}
rm "$home/gesto-voice"
is "a voice that crashes holds nobody" without 'kill -SEGV $$'
is "nor one that hangs" without 'exec sleep 60'
is "nor one that cannot be started" without true -x
echo "1..$n"
