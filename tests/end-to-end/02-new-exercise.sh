#!/bin/bash
# As a new developer would: one command, a changed sentence, and it is on the menu. Done in a
# copy of the house.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
n=0
is() { # name, then a command that must succeed
  n=$((n + 1))
  if "${@:2}" >"$TMPDIR/said" 2>&1; then echo "ok $n - $1"; else
    echo "not ok $n - $1"
    sed 's/^/# /' "$TMPDIR/said"
  fi
}
refused() { # one sentence, not 0
  local said
  ! said=$("$@" 2>&1) && echo "$said" && [ "$(grep -c '^Gesto: ' <<<"$said")" -eq 1 ]
}
TMPDIR=${TMPDIR:-$(mktemp -d)}
house=$TMPDIR/house
mkdir -p "$house/core" && cp -r Makefile .ci plugins plugins.conf assets tests "$house/" &&
  cp -r core/api "$house/core/" && cd "$house" || exit 1

is "a new exercise is made" make -s new-exercise ID=org.example.slow-waves
is "it has its own id" grep -q '"org.example.slow-waves"' plugins/slow-waves/slow-waves.c
is "it has its own name" grep -q '"Slow waves"' plugins/slow-waves/slow-waves.c
is "it is listed last" test "$(grep '^\[' plugins.conf | tail -1)" = "[slow-waves]"
is "the template stays as it is" diff -r plugins/template "$OLDPWD/plugins/template"
is "a taken name is refused in a sentence" refused .ci/new-exercise org.example.slow-waves
is "a bad id is refused in a sentence" refused .ci/new-exercise 'Org Example'
is "so is none" refused .ci/new-exercise ''
is "no refusal changed the list" test "$(grep -c '^\[slow-waves\]' plugins.conf)" -eq 1
sed -i 's/You could let the circle/You could, if you like, let the circle/' plugins/slow-waves/slow-waves.c
is "it builds" make -s BUILD=build build/plugins/slow-waves.so
if [ -x "$BUILD/gesto" ]; then
  is "gesto check finds nothing against it" "$BUILD/gesto" check build/plugins/slow-waves.so
fi
echo "1..$n"
