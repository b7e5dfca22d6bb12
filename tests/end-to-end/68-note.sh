#!/bin/bash
# A voice note: the microphone is a program that lives only while it is on; what it hears is a
# file of the session, or gone from the disk where it was let go of; a keeper that is killed
# meanwhile loses none of it; and nothing of the house is heard while it is on.
. "$(dirname "$0")/heard.bash"

begins='"state":"on","seconds":0.0,' kept='"state":"kept"'
inside() {
  begin_session
  jack_lsp >"$TMPDIR/before"
  tell volume 1000
  again "$begins" tell note 1
  jack_lsp >"$TMPDIR/while-on"
  sing_into_the_microphone
  jack_rec -f "$TMPDIR/heard.wav" -d 2 -b 24 PortAudio:out_0 PortAudio:out_1 >/dev/null 2>&1 &
  local rec=$!
  sleep 0.4
  tell chime 2
  tell say "Nobody hears this"
  wait $rec
  again "$kept" tell note 2
  jack_lsp >"$TMPDIR/while-off"
  cp -r "$GESTO_ARCHIVE"/.live/* "$TMPDIR/with-note"
  again '"state":"none"' tell note 5
  cp -r "$GESTO_ARCHIVE"/.live/* "$TMPDIR/without"

  again "$begins" tell note 1
  sleep 0.6
  again "$kept" kill -9 "$(children "$(keeper)" gesto-stage)"
  jack_lsp >"$TMPDIR/after-window"

  again "$begins" tell note 1
  be_silent
  sing_into_the_microphone
  sleep 1
  again "$kept" kill -9 "$(keeper)"
  jack_lsp >"$TMPDIR/after-kill-on"
  cp -r "$GESTO_ARCHIVE"/.live/* "$TMPDIR/after-kill"
  be_silent

  again "$begins" tell note 1
  sleep 0.7
  tell close
  await closed && tell bye
  wait "$gesto"
}
listen_in "$@"

is "before it is asked for nothing listens" eval '! grep -q in_0 "$TMPDIR/before"'
is "while it is on the microphone is a program of its own" grep -q in_0 "$TMPDIR/while-on"
is "and it is gone when it is off" eval '! grep -q in_0 "$TMPDIR/while-off"'
is "the level is told" grep -qE 'note .*"state":"on".*"level":[1-9]' "$TALK_LOG"
facts house
is "while it is on neither voice nor chime is heard ($(of house peak))" holds "$(of house peak) < -100"
measure() { "$BUILD/tests/sound_facts" "$TMPDIR/$1/note.flac" >"$TMPDIR/$1.facts"; }
measure with-note
was_on=$(awk "BEGIN { print ($(said "note .*$kept") - $(said "note .*$begins")) / 1000 }")
is "the note is a file of the session, with what was said ($(of with-note seconds) s, $(of with-note peak) dBFS)" \
  holds "$(of with-note seconds) > 2 && $(of with-note seconds) < $was_on + 0.5 && $(of with-note peak) > -20"
is "and nothing else of it is there" eval '[ ! -e "$TMPDIR/with-note/note.pcm" ]'
is "let go, it is gone from the disk and from the facts" eval \
  '[ ! -e "$TMPDIR/without/note.flac" ] && [ ! -e "$TMPDIR/without/note.pcm" ] &&
   ! grep -q voice_note "$TMPDIR/without/session.json"'
measure after-kill
is "what was said before the keeper was killed is there ($(of after-kill seconds) s, $(of after-kill peak) dBFS)" \
  holds "$(of after-kill seconds) > 0.7 && $(of after-kill peak) > -20"
is "and the microphone went with it" eval '! grep -q in_0 "$TMPDIR/after-kill-on"'
cp "$folder/note.flac" "$TMPDIR/with-note/" && measure with-note
is "nor does it listen on once its window is gone" eval '! grep -q in_0 "$TMPDIR/after-window"'
is "a note that Finish ends is kept, instead of the one before" eval \
  'grep -q "\"voice_note\"" "$folder/session.json" && holds "$(of with-note peak) < -60"'
is "the closed session holds" eval '"$home/gesto" verify "$folder" >"$TMPDIR/verify.facts"'
echo "1..$n"
