#!/bin/bash
# Installed Gesto stands on its own and can be taken away without a trace.
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
TMPDIR=${TMPDIR:-$(mktemp -d)}
n=0
is() {
  n=$((n + 1))
  if "${@:2}" >"$TMPDIR/said" 2>&1; then echo "ok $n - $1"; else
    echo "not ok $n - $1"
    sed 's/^/# /' "$TMPDIR/said"
  fi
}
if [ ! -x "$BUILD/gesto" ]; then
  echo "ok 1 - nothing to install yet # SKIP"
  exit 0
fi
root=$TMPDIR/root
is "it can be installed" .ci/install "$BUILD" "$root" /opt/gesto
is "the command is there" test -x "$root/opt/gesto/bin/gesto"
is "nothing points back into the source" test -z "$(find "$root" -type l -lname '/*')"
is "every program came along" test "$(cd "$BUILD" && ls -d gesto* | wc -l)" -eq "$(cd "$root/opt/gesto/lib/gesto" && ls -d gesto* | wc -l)"
is "the words of other languages came along" test -s "$root/opt/gesto/lib/gesto/words/ar/LC_MESSAGES/gesto.mo"
is "it finds its exercises" "$root/opt/gesto/bin/gesto" exercises
is "all of them load" test "$("$root/opt/gesto/bin/gesto" exercises | grep -c 'org\.gesto\.')" -ge "$(grep -c '^\[' plugins.conf)"
is "the manual page is one" grep -q '^.TH GESTO 1' "$root/opt/gesto/share/man/man1/gesto.1"
is "a prefix must be whole" test "$(.ci/install "$BUILD" "$root" opt 2>&1 | grep -c '^Gesto: PREFIX')" -eq 1
is "it can be taken away" .ci/install --remove "$root" /opt/gesto
is "no file of it stays" test -z "$(find "$root" ! -type d)"
echo "1..$n"
