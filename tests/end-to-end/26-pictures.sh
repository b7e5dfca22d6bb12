#!/bin/bash
# A picture put for a client with `gesto room --picture`: taken in by a locked player, upright
# and without what the camera wrote beside it, drawn on, made again anywhere; and what is
# hostile or not whole is refused with one sentence, leaving nothing behind.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
for tool in convert python3 jq; do
  command -v $tool >/dev/null || { echo "ok 1 - pictures # SKIP $tool is not here"; exit 0; }
done
TMPDIR=${TMPDIR:-$(mktemp -d)}
export XDG_STATE_HOME=$TMPDIR/state XDG_RUNTIME_DIR=$TMPDIR GESTO_ARCHIVE=$TMPDIR/archive
# A program that a busy machine holds up is not taken for one that hangs.
export GESTO_PATIENCE=${GESTO_PATIENCE:-10}
gesto=$BUILD/gesto
n=0
is() { # name, command...
  n=$((n + 1))
  if "${@:2}"; then echo "ok $n - $1"; else
    echo "not ok $n - $1"
    sed 's/^/# /' "$TMPDIR/err" 2>/dev/null | tail -n 5
  fi
}
put() { "$gesto" room Juno --picture "$1" >"$TMPDIR/out" 2>"$TMPDIR/err"; }
stored() { find "$GESTO_ARCHIVE"/clients/*/pictures -type f 2>/dev/null; }
about() { identify -format '%m %wx%h %[channels]' "$(stored)"; }
holds() { "$gesto" verify >/dev/null 2>"$TMPDIR/err"; }
colour() { convert "$1" -crop 1x1+"$2"+"$3" +repage -alpha off -depth 8 txt:- | grep -oiE '#[0-9A-F]{6}' | head -n 1; }
is_red() { # file, x, y
  [ "$(convert "$1" -format "%[fx:p{$2,$3}.r>0.6&&p{$2,$3}.b<0.4]" info:)" = 1 ]
}
script() { # value of "under"
  cat >"$TMPDIR/script.jsonl" <<END
{"gesto":"gestures/1","exercise":"org.gesto.draw","stage":[400,300],"seed":7}
{"t":0.1,"control":"under","value":"$1"}
{"t":0.2,"control":"brush","value":"ink"}
{"t":0.5,"down":[20,150],"pressure":0.9}
{"t":0.7,"move":[200,150]}
{"t":0.9,"up":[380,150]}
{"t":1.0,"close":{"keep":"keep","process":true,"title":"over it"}}
END
  "$gesto" play --client Juno "$TMPDIR/script.jsonl" 2>"$TMPDIR/err"
}

# ---- Drawn on, and made again ------------------------------------------------------------
first=$(script own-picture)
is "without a picture one draws on paper" test -s "$first/creations/01-draw/artwork.png"
guest=$("$gesto" play "$TMPDIR/script.jsonl" 2>/dev/null | sed 's|.*/clients/||; s|/.*||')
refused_for_guest() {
  ! "$gesto" room "$guest" --picture "$TMPDIR/script.jsonl" >"$TMPDIR/out" 2>"$TMPDIR/err" &&
    grep -q "of a guest nothing is kept" "$TMPDIR/err"
}
is "of a guest none is kept" refused_for_guest

# 300 x 400 as it is seen: red at the top, written on its side, as cameras do.
convert -size 200x300 xc:'#c03020' xc:'#2040a0' +append "$TMPDIR/side.png"
convert "$TMPDIR/side.png" -quality 95 "$TMPDIR/plain.jpg"
python3 - "$TMPDIR" <<'END'
import sys
b = open(sys.argv[1] + "/plain.jpg", "rb").read()
exif = (b"Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"
        b"\x01\x0f\0\x02\0\0\0\x0a\0\0\0\x26\0\0\0\0SecretCam\0GPS 52.5N 13.4E")
open(sys.argv[1] + "/photo.jpg", "wb").write(
    b[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + b[2:])
END
is "a photo is put" put "$TMPDIR/photo.jpg"
is "as a PNG, upright" test "$(about)" = "PNG 300x400 srgb"
is "red is at the top" is_red "$(stored)" 150 20
told() { grep -rqaE "SecretCam|GPS 52" "$1"; }
is "the camera wrote where it was" told "$TMPDIR/photo.jpg"
untold() { ! told "$GESTO_ARCHIVE"; }
is "and nothing of that is left" untold
is "all of it holds" holds
over=$(script own-picture)/creations/01-draw
lies_under() {
  is_red "$over/artwork.png" 200 20 &&
    [ "$(colour "$over/artwork.png" 200 150)" != "$(colour "$over/artwork.png" 200 140)" ]
}
is "it lies under what is drawn" lies_under
is "the paper around it stays" test "$(colour "$over/artwork.png" 10 20)" = "#FFFFFF"
unzip -p "$over/artwork.ora" stack.xml >"$TMPDIR/stack.xml"
is "in OpenRaster it is a sheet by itself" grep -q 'name="Underneath"' "$TMPDIR/stack.xml"
is "and the one that was drawn on is the chosen one" \
  test "$(grep -o 'name="[^"]*".* selected="true"' "$TMPDIR/stack.xml" | cut -d'"' -f2)" = "Sheet 1"
quietly() { "$@" >/dev/null 2>"$TMPDIR/err"; }
is "it is made again from the record" quietly "$gesto" replay "$over"
cp -r "$over" "$TMPDIR/elsewhere"
convert -size 90x90 xc:green "$TMPDIR/green.png"
is "another one takes its place" put "$TMPDIR/green.png"
is "and of the first nothing is left with the client" \
  test "$(stored | wc -l) $(about)" = "1 PNG 90x90 srgb"
is "what was drawn on the first is made again as it was" quietly "$gesto" replay "$over"
is "on another machine, too" \
  quietly env GESTO_ARCHIVE="$TMPDIR/none" "$gesto" replay "$TMPDIR/elsewhere"
unused=$(script tree)/creations/01-draw
is "a drawing that does not look at it holds no copy" test -z "$(ls "$unused/assets" 2>/dev/null)"
is "it is taken off" quietly "$gesto" room Juno --no-picture
is "with its file" test -z "$(stored)"
let_go() { quietly "$gesto" forget "$over" && [ ! -e "$over" ] && holds; }
is "letting go of a drawing takes its copy along" let_go

# ---- Starters, on paper of any shape ---------------------------------------------------------
starters=$("$BUILD/gesto-player" --probe "$BUILD/plugins/draw.so" |
  jq -r '.controls[] | select(.key == "under") | .choices[2:][].key')
scripts=() stage=400,300
for starter in $starters; do
  scripts+=("$TMPDIR/$starter.jsonl")
  printf '{"gesto":"gestures/1","exercise":"org.gesto.draw","stage":[%s],"seed":7}\n%s\n%s\n' "$stage" \
    "{\"t\":0.1,\"control\":\"under\",\"value\":\"$starter\"}" \
    '{"t":1,"close":{"keep":"keep","process":false,"title":"begun"}}' >"${scripts[-1]}"
  [ "$stage" = 400,300 ] && stage=240,420 || stage=400,300
done
begun=$("$gesto" play --client Robin "${scripts[@]}" 2>"$TMPDIR/err")
lined() { # a starter has lines, and is not mostly lines
  local part
  part=$(convert "$1" -format '%[fx:round(1000*(1-mean))]' info:)
  [ "$part" -ge 3 ] && [ "$part" -le 60 ]
}
all_lined() { for work in "$begun"/creations/*/artwork.png; do lined "$work" || return 1; done; }
is "each of $(wc -w <<<"$starters") starters lies on paper of any shape" all_lined
is "and no two are the same" \
  test "$(sha256sum "$begun"/creations/*/artwork.png | cut -d' ' -f1 | sort -u | wc -l)" -eq ${#scripts[@]}

# ---- OpenRaster ----------------------------------------------------------------------------
is "an OpenRaster is put, with all its sheets" put tests/fuzz/corpus/open_raster/mypaint.ora
is "without a word" test ! -s "$TMPDIR/err"
python3 - "$TMPDIR" <<'END'
import sys, zipfile
layers = ('<layer src="a.png" name="Glow" composite-op="svg:screen"/>'
          '<layer src="a.png" name="Shade" composite-op="svg:multiply" visibility="hidden"/>'
          '<stack composite-op="krita:xor"><layer src="a.png" name="In &#10;it"/></stack>'
          '<layer src="a.png" name="Ground"/>')
with zipfile.ZipFile(sys.argv[1] + "/blended.ora", "w") as z:
    z.writestr("mimetype", "image/openraster")
    z.writestr("stack.xml", '<image w="90" h="90"><stack>%s</stack></image>' % layers)
    z.write(sys.argv[1] + "/green.png", "a.png")
END
is "one whose sheets blend is put, too" put "$TMPDIR/blended.ora"
names_them() { [ "$(wc -l <"$TMPDIR/err")" -eq 1 ] && grep -q 'different here: "In  it", "Glow"\.$' "$TMPDIR/err"; }
is "and it is said which may look different" names_them
quietly "$gesto" room Juno --no-picture

# ---- What is refused -----------------------------------------------------------------------
mkdir "$TMPDIR/bad"
python3 - "$TMPDIR" <<'END'
import io, sys, zipfile, zlib, struct
to, good = sys.argv[1] + "/bad/", sys.argv[1] + "/"
def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
def png(w, h, body):
    head = struct.pack(">IIBBBBB", w, h, 1, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(body, 9))
            + chunk(b"IEND", b""))
def save(name, bytes): open(to + name, "wb").write(bytes)
save("bomb.png", png(30000, 30000, bytes(30000 * 3751)))
save("short.png", png(400, 300, bytes(100)))
save("text.png", png(9, 9, bytes(27))[:-12] + chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1 << 26))) * 90)
def ora(name, stack, files=(), kind="image/openraster"):
    b = io.BytesIO()
    with zipfile.ZipFile(b, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("mimetype", kind)
        if stack is not None: z.writestr("stack.xml", stack)
        for path, body in files: z.writestr(path, body)
    save(name, b.getvalue())
layer = '<image w="9" h="9"><stack><layer src="%s"/></stack></image>'
small = png(9, 9, bytes(27))
ora("dots.ora", layer % "../../etc/passwd", [("../../etc/passwd", b"x")])
ora("absolute.ora", layer % "/etc/passwd")
ora("bomb.ora", b" " * (1 << 28))
ora("pixels.ora", layer % "a.png", [("a.png", png(30000, 30000, bytes(30000 * 3751)))])
ora("huge.ora", '<image w="40000" h="40000"><stack/></image>')
ora("no-size.ora", '<image w="-4" h="0"><stack/></image>')
ora("many.ora", '<image w="9" h="9"><stack>' + '<layer src="a.png"/>' * 500 + "</stack></image>", [("a.png", small)])
ora("laughs.ora", '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><image w="9" h="9"><stack name="&b;"/></image>')
ora("nothing.ora", '<image w="9" h="9"><stack/></image>')
ora("missing.ora", layer % "data/none.png")
ora("other.ora", layer % "a.png", [("a.png", small)], "application/zip")
jpg = open(good + "plain.jpg", "rb").read()
at = jpg.index(b"\xff\xc0")
save("bomb.jpg", jpg[:at + 5] + b"\xff\xdc\xff\xdc" + jpg[at + 9:])
for name, bytes_ in (("photo.jpg", open(good + "photo.jpg", "rb").read()),
                     ("side.png", open(good + "side.png", "rb").read()),
                     ("sheets.ora", open("tests/fuzz/corpus/open_raster/mypaint.ora", "rb").read())):
    for part in (1, 3, 40, 75, 99):
        save("cut-%d-%s" % (part, name), bytes_[:len(bytes_) * part // 100])
    save("cut-one-" + name, bytes_[:-1])
save("empty.png", b"")
save("words.txt", b"Dear Juno\n")
save("gif.png", b"GIF89a" + bytes(40))
END
before=$(find "$GESTO_ARCHIVE" -type f | sort | xargs sha256sum | sha256sum)
for file in "$TMPDIR"/bad/*; do
  "$gesto" room Juno --picture "$file" >"$TMPDIR/out" 2>"$TMPDIR/err"
  code=$?
  said=$(wc -l <"$TMPDIR/err")
  [ "$code" -eq 1 ] && [ "$said" -eq 1 ] && grep -q "^gesto room: nothing was put. $file .*\.$" "$TMPDIR/err" ||
    { echo "# $(basename "$file"): exit $code, $said lines: $(head -n 1 "$TMPDIR/err")"; wrong=1; }
done
is "each of $(ls "$TMPDIR/bad" | wc -l) hostile or broken files gives one sentence" test -z "$wrong"
is "and nothing of them is in the archive" \
  test "$before" = "$(find "$GESTO_ARCHIVE" -type f | sort | xargs sha256sum | sha256sum)"
missing() { ! put "$TMPDIR/nowhere.png" && grep -q "is not there" "$TMPDIR/err"; }
is "what is not there is said, too" missing
echo "1..$n"
