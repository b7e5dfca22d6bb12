#!/bin/bash
# What a session lets be heard, recorded from a JACK server of our own: words through the real
# gesto-voice, the words of an exercise with their captions and their place in its journal, Stop,
# the sounds of the house, a voice note and how it is let go of.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
export TMPDIR XDG_STATE_HOME=$TMPDIR/state XDG_RUNTIME_DIR=$TMPDIR GESTO_ARCHIVE=$TMPDIR/archive
export TALK=$TMPDIR/talk TALK_LOG=$TMPDIR/log
home=$TMPDIR/programs
n=0
is() { # name, command... that must succeed
  n=$((n + 1))
  if "${@:2}"; then echo "ok $n - $1"; else
    echo "not ok $n - $1"
    { tail -n 30 "$TALK_LOG"; cat "$TMPDIR/err" "$TMPDIR"/*.facts; } 2>/dev/null | cut -c1-160 | sed 's/^/# /'
  fi
}
facts() { "$BUILD/tests/sound_facts" "$TMPDIR/heard.wav" "${@:2}" >"$TMPDIR/$1.facts"; }
of() { sed -n "s/^$2 //p" "$TMPDIR/$1.facts" | head -1; }
holds() { awk "BEGIN { exit !($1) }"; }
said() { sed -n "s/^\([0-9]*\) $1.*/\1/p" "$TALK_LOG" | head -1; } # ms of the first such line
await() { # pattern in the log, how often
  local i
  for ((i = 0; i < 300; i++)); do
    [ "$(grep -c -- "$1" "$TALK_LOG" 2>/dev/null)" -ge "${2:-1}" ] && return 0
    sleep 0.05
  done
  return 1
}

in_the_namespace() {
  mount -t tmpfs tmpfs /dev/shm || exit 9
  export JACK_DEFAULT_SERVER=gesto$$ JACK_NO_AUDIO_RESERVATION=1 JACK_NO_START_SERVER=1
  jackd -n "$JACK_DEFAULT_SERVER" -r -d dummy -r 48000 -p 1024 -C 2 -P 2 >"$TMPDIR/jackd.log" 2>&1 &
  local jack=$! gesto tone input
  jack_wait -s "$JACK_DEFAULT_SERVER" -w -t 10 >/dev/null 2>&1 || exit 9
  exec 7<>"$TALK"
  tell() { echo "$*" >&7; }
  "$home/gesto" session >"$TMPDIR/out" 2>"$TMPDIR/err" &
  gesto=$!
  await '"sound":true' || exit 9
  jack_rec -f "$TMPDIR/heard.wav" -d 9 -b 24 PortAudio:out_0 PortAudio:out_1 >/dev/null 2>&1 &
  local rec=$!
  sleep 0.6
  tell volume 1000
  tell say "Lift both arms, as far as is comfortable."
  sleep 3.6
  tell chime 2
  sleep 0.8
  tell say "This is a longer text that goes on and on, so that Stop comes in the middle of it."
  sleep 1.2
  tell hush 1
  sleep 0.8
  tell hush 0
  wait $rec

  tell choose org.gesto.move
  await player && tell action 1
  await caption && sleep 0.5 && tell leave
  await left
  tell note 1
  await '"state":"on"'
  jack_lsp >"$TMPDIR/while-on"
  input=$(jack_lsp | grep 'in_0' | head -1)
  jack_simple_client >/dev/null 2>&1 &
  tone=$!
  sleep 0.5
  jack_disconnect system:capture_1 "$input" && jack_connect jack_simple_client:output1 "$input"
  sleep 1
  tell note 2
  await '"state":"kept"'
  jack_lsp >"$TMPDIR/while-off"
  kill $tone
  cp -r "$GESTO_ARCHIVE"/.live/* "$TMPDIR/with-note"
  tell note 5
  await '"state":"none"' 3
  cp -r "$GESTO_ARCHIVE"/.live/* "$TMPDIR/without"
  tell note 1
  await '"state":"on","seconds":0.0,' 2 && sleep 1
  tell close
  await closed && tell bye
  wait $gesto
  kill $jack
  exit 0
}
if [ "${1-}" = inside ]; then in_the_namespace; fi

if ! command -v jackd jack_rec jack_wait jack_lsp jack_simple_client >/dev/null ||
  ! unshare --mount --ipc true 2>/dev/null; then
  echo "ok 1 - what is heard # SKIP no JACK, or no namespaces"
  echo "1..1"
  exit
fi
mkdir -p "$home"
for part in gesto gesto-player gesto-sound gesto-voice gesto-desk; do cp "$BUILD/$part" "$home/"; done
cp "$BUILD/tests/talking_stage" "$home/gesto-stage"
ln -sfn "$(realpath "$BUILD/assets")" "$home/assets"
cp -rL "$BUILD/plugins" "$BUILD/plugins.conf" "$home/"
mkfifo "$TALK" || exit 1
unshare --mount --ipc "$0" inside 2>/dev/null
if [ $? -eq 9 ]; then
  echo "ok 1 - what is heard # SKIP the JACK server or its device did not start"
  echo "1..1"
  exit
fi
folder=$(tail -n 1 "$TMPDIR/out")

is "the window is told that there is sound and a voice" \
  grep -q '"sound":true,"voice":true,"why":""' "$TALK_LOG"
facts all
read -r first last < <(of all sound)
facts words "$first" "$last"
is "words are heard: two to five seconds ($first to $last)" \
  holds "$last - $first > 2 && $last - $first < 5"
is "at -26 to -16 LUFS ($(of words lufs)), under -1 dBFS ($(of words peak))" \
  holds "$(of words lufs) > -26 && $(of words lufs) < -16 && $(of words peak) < -1"
facts keep "$(awk "BEGIN { print $last + 0.25 }")" "$(awk "BEGIN { print $last + 1.35 }")"
is "the two notes of Keep at -26 dBFS (peak $(of keep peak))" \
  holds "$(of keep peak) > -27 && $(of keep peak) < -22 && $(of keep bend) < 0.004"
# Both clocks run evenly: what lies between "say" and "hush" in the log does so in the record.
apart=$(awk "BEGIN { print ($(said 'hush 1') - $(said 'say Lift')) / 1000 }")
facts stop "$(awk "BEGIN { print $first + $apart + 0.3 }")" "$(awk "BEGIN { print $first + $apart + 1.5 }")"
is "300 ms after Stop all is silent, and stays so (peak $(of stop peak))" \
  holds "$(of stop peak) < -100"
facts before "$(awk "BEGIN { print $first + $apart - 0.5 }")" "$(awk "BEGIN { print $first + $apart }")"
is "and before it was not ($(of before peak))" holds "$(of before peak) > -40"

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

is "while it is on the microphone is a program of its own" grep -q in_0 "$TMPDIR/while-on"
is "and it is gone when it is off" eval '! grep -q in_0 "$TMPDIR/while-off"'
"$BUILD/tests/sound_facts" "$TMPDIR/with-note/note.flac" >"$TMPDIR/note.facts"
is "the note is a file of the session, with what was said ($(of note seconds) s, $(of note peak) dBFS)" eval \
  'holds "$(of note seconds) > 1 && $(of note seconds) < 6 && $(of note peak) > -20 && $(of note peak) < 0"'
is "and nothing else of it is there" eval '[ ! -e "$TMPDIR/with-note/note.pcm" ]'
is "let go, it is gone from the disk and from the facts" eval \
  '[ ! -e "$TMPDIR/without/note.flac" ] && [ ! -e "$TMPDIR/without/note.pcm" ] &&
   ! grep -q voice_note "$TMPDIR/without/session.json"'
is "a note that Finish ends is kept" eval \
  '[ -s "$folder/note.flac" ] && grep -q "\"voice_note\"" "$folder/session.json"'
is "the closed session holds" eval '"$home/gesto" verify "$folder" >"$TMPDIR/verify.facts"'

# A voice that cannot speak holds nobody: what was said is journalled all the same.
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
is "one that crashes holds nobody" without 'kill -SEGV $$'
is "nor one that hangs" without 'exec sleep 60'
is "nor one that cannot be started" without true -x
echo "1..$n"
