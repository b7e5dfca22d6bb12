#!/bin/bash
# The disk is full when a work is to be written at Finish, and the client keeps the work without
# how it was made: its record does not go before the work is there. When there is room again,
# the work is made from it, whole, and the session closes by itself.
unshare -rm true 2>/dev/null || { echo "ok 1 - a full disk # SKIP no mounts of our own here"; exit 0; }
[ "$1" = inside ] || exec unshare -rm bash "$0" inside
. "$(dirname "$0")/window.bash"
command -v convert >/dev/null || { echo "ok 1 - a full disk # SKIP convert is not here"; exit 0; }
mkdir "$TMPDIR/disk" && mount -t tmpfs -o size=6m none "$TMPDIR/disk" ||
  { echo "ok 1 - a full disk # SKIP no small disk can be had here"; exit 0; }
export GESTO_ARCHIVE=$TMPDIR/disk/archive
exercises plugins/draw.so
open_screen

stroke() { # y
  xdotool mousemove 300 "$1" mousedown 1
  for i in {1..20}; do xdotool mousemove $((300 + i * 10)) "$1"; done
  xdotool mouseup 1
}
waits() { [ -n "$(find "$GESTO_ARCHIVE/.live" -name 'process.journal' 2>/dev/null)" ]; }
half() { convert "$work" -gravity "$1" -crop 100%x50%+0+0 +repage -format '%k' info:; }
painted() { [ "$(half "$1")" -gt 8 ]; }

begin --client Ada --exercise org.gesto.draw
is "drawing begins" becomes 30 has area
becomes 10 shows '"id":"control-brush-'
becomes 10 paper
stroke 250
becomes 10 shows '"label":"Saved'
dd if=/dev/zero of="$TMPDIR/disk/fill" bs=4k 2>/dev/null
is "the disk is full" [ "$(df --output=avail "$TMPDIR/disk" | tail -n 1)" -eq 0 ]
stroke 650
sleep 0.5
press stop
becomes 10 has finish && press finish
is "closing comes" becomes 30 has made-0-keep
becomes 30 shows_not '"id":"coming"'
press made-0-keep
becomes 5 shows '"id":"made-0-keep"[^}]*"selected"'
press finish
is "it is said that there is no room" becomes 20 shows 'there is no room left'
is "and the record waits" waits
# Its players are held, so that the client leaves while the work is still being made again.
keeps=$(keeper)
held=$(children "$keeps" gesto-player)
becomes 20 has skip
kill -STOP $held 2>/dev/null
rm "$TMPDIR/disk/fill"
sleep 2.5
press skip
is "with room again the client leaves while the work is being made" becomes 10 shows 'Until another time'
is "and the record still waits" waits
kill -CONT $held 2>/dev/null
is "then it closes by itself" becomes 30 has leave
is "and is not said to stay open" becomes 5 shows_not 'could not be closed'
is "by the keeper who was there" [ "$(keeper)" = "$keeps" ]
press leave
is "and ends" becomes 30 ended
gesto=
work=$(folder)/creations/01-draw/artwork.png
is "the work is there" test -s "$work"
is "with what was drawn before" painted North
is "and on the full disk" painted South
is "without how it was made" [ -z "$(find "$(folder)" -name 'process*')" ]
is "all holds" quietly "$home/gesto" verify
echo "1..$n"
