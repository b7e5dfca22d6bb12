#!/bin/bash
# How the house is built: no include runs upwards or across, every header compiles alone,
# files and chains of includes stay short, the keeper links no window, sound or decoder.
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
n=0
check() { # name, then what was found against it (nothing: good)
  n=$((n + 1))
  if [ -z "$2" ]; then
    echo "ok $n - $1"
  else
    echo "not ok $n - $1"
    printf '%s\n' "$2" | sed 's/^/# /'
  fi
}
includes() { grep -noE '^ *# *include +"[^"]+"' "$1" | sed -E 's/^([0-9]+):.*"(.*)"/\1 \2/'; }

declare -A allowed=(
  [api]="api" [base]="api base" [record]="api base record" [media]="api base media"
  [studio]="api base studio" [ui]="api base ui" [light]="api base light" [player]="api base studio media player"
  [stage]="api base light ui stage" [desk]="api base light ui desk" [sound]="api base studio sound"
  [voice]="api base voice"
  [keeper]="api base record keeper")

upward=$(for file in core/*/*.[ch]; do
  folder=${file#core/} folder=${folder%%/*}
  while read -r line path; do
    [[ $path == core/*/* ]] || { echo "$file:$line includes \"$path\", not core/<folder>/..."; continue; }
    target=${path#core/} target=${target%%/*}
    [[ " ${allowed[$folder]} " == *" $target "* ]] || echo "$file:$line includes $path"
  done < <(includes "$file")
done)
check "no include runs upwards or across" "$upward"

outside=$(for file in plugins/*/*.[ch]; do
  while read -r line path; do
    [ "$path" = gesto.h ] || [ -f "$(dirname "$file")/$path" ] || echo "$file:$line includes $path"
  done < <(includes "$file")
done)
check "an exercise includes its own files and gesto.h alone" "$outside"

unknown=$(for folder in core/*/; do
  folder=$(basename "$folder")
  [ -n "${allowed[$folder]}" ] || echo "core/$folder has no floor; give it one here"
done)
check "every folder has its floor" "$unknown"

packages="sdl2 cairo pango pangocairo libmypaint portaudio-2.0 sndfile libpng sqlite3 libsodium"
packages+=" libzstd inih jansson libebur128 espeak-ng"
# shellcheck disable=SC2046,SC2086
alone=$(printf '%s\n' core/*/*.h | xargs -P 2 -I{} sh -c \
  'echo "#include \"{}\"" | gcc -std=c11 -D_GNU_SOURCE -fsyntax-only -Wall -Wextra -Werror -I. '"$(echo $(pkg-config --cflags $packages))"' -x c - 2>&1 | grep -m1 error')
check "every header compiles alone" "$alone"

long=$(wc -l core/*/*.[ch] plugins/*/*.[ch] tests/unit/*.[ch] | awk '$2 != "total" && $1 > 600')
check "no file is longer than 600 lines" "$long"

deep=$(python3 - <<'END'
import glob, re
words = {"core/base/result.h", "core/api/gesto.h"} # our vocabulary: they include nothing
inc = {f: [g for g in re.findall(r'^ *# *include +"(core/[^"]+)"', open(f, encoding="utf-8").read(), re.M)
           if g not in words] for f in glob.glob("core/*/*.[ch]")}
def deepest(f, chain):
    if f in chain:
        print("a circle: " + " > ".join(chain[chain.index(f):] + [f]))
        return chain
    return max((deepest(g, chain + [f]) for g in inc.get(f, ())), key=len, default=chain + [f])
for f in sorted(inc):
    if f.endswith(".c"):
        way = deepest(f, [])
        if len(way) > 7: print(" > ".join(w.removeprefix("core/") for w in way))
END
)
check "includes go at most 6 deep, and in no circle" "$deep"

licence=$(for file in core/*/*.[ch] plugins/*/*.[ch] tests/unit/*.[ch]; do
  head -n 1 "$file" | grep -q 'SPDX-License-Identifier: ' || echo "$file"
done)
check "every file names its licence" "$licence"

raw=$(grep -nE '(^|[^_a-z>.])(open|openat|fopen|creat|unlink|unlinkat|rename|renameat|fsync|fdatasync|pwrite|ftruncate|mkdir|mkdirat|rmdir)\(' \
  core/*/*.c | grep -vE '^core/base/io(_files)?\.c:|^[^:]*:[0-9]+: *(//|\*)|host->|tapes->')
check "files are opened and changed through core/base/io alone" "$raw"

if [ -x "$BUILD/gesto" ]; then
  linked=$(ldd "$BUILD/gesto" | grep -E 'SDL|portaudio|cairo|pango|png|jpeg|sndfile|FLAC|mypaint|fluidsynth|ebur128|X11|wayland')
  check "gesto links no window, no sound and no decoder" "$linked"
fi
if [ -x "$BUILD/gesto-player" ]; then
  linked=$(ldd "$BUILD/gesto-player" | grep -E 'SDL|portaudio|X11|wayland|fluidsynth|pulse|sqlite|sodium' |
    grep -vE 'libX11|libX11-xcb')
  check "gesto-player links no window, no sound device, no archive" "$linked"
fi
exported=$(for plugin in "$BUILD"/plugins/*.so; do
  [ -f "$plugin" ] || continue
  symbols=$(nm -D --defined-only "$plugin" | awk '{ print $3 }')
  [ "$symbols" = gesto_entry ] || echo "$plugin exports $symbols"
done)
check "an exercise shows one symbol" "$exported"
echo "1..$n"
