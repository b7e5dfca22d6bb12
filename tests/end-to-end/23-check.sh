#!/bin/bash
# gesto check: what holds for our own exercises, and what is found in the broken ones.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
gesto=$BUILD/gesto out=$TMPDIR/out
n=0
report() {
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
    echo "not ok $n - $2"
    sed 's/^/# /' "$out"
  fi
}
holds() { # file
  "$gesto" check "$1" >"$out" 2>&1
  [ $? -eq 0 ] && [ "$(grep -c '^ok ' "$out")" -ge 20 ] && ! grep -q '^not ok' "$out"
  report $? "everything holds for $(basename "$1")"
}
found() { # name, words of the line that does not hold
  "$gesto" check "$BUILD/broken/$1.so" >"$out" 2>&1
  [ $? -eq 1 ] && grep '^not ok' "$out" | grep -qF -- "$2"
  report $? "$1: \"$2\" is found"
}

for file in "$BUILD"/plugins/*.so "$BUILD"/exercises/steady.so; do holds "$file"; done

found own-chance "the same events give the same state, picture and works"
found no-entry "it shows gesto_entry and nothing else"
found needs-above "it loads"
found wrong-size "it loads"
found missing-symbol "it loads"
found loud-noise "its sound half runs 1000 blocks and makes numbers only"
found half-load "load answers to empty, cut and random bytes"
found says-badly "what it says can be spoken"

"$gesto" check "$BUILD/broken/crash-on-event.so" >"$out" 2>&1
[ $? -eq 1 ] && grep -q '^# now: the same events twice' "$out" && ! grep -q '^1\.\.' "$out"
report $? "an exercise that ends the examination is named, with what was being tried"

GESTO_CHECK_SEED=5 "$BUILD/gesto-player" --check "$BUILD/exercises/steady.so" >"$out" 2>&1
first=$(grep -c 'seed' "$out") seed=$(sed -n 's/.*(seed \([0-9]*\)).*/\1/p' "$out" | head -1)
GESTO_CHECK_SEED=6 "$BUILD/gesto-player" --check "$BUILD/exercises/steady.so" >"$out" 2>&1
[ "$first" -ge 1 ] && [ -n "$seed" ] && grep -q '^ok.*(seed ' "$out" && ! grep -q "seed $seed)" "$out"
report $? "the seed is printed, and another one can be given"
echo "1..$n"
