#!/bin/bash
# No program or exercise offers a name that libmypaint has too: the loader would let the
# library call ours instead of its own.
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
n=0

names() { nm -D --defined-only "$1" | awk '{ print $3 }' | sed 's/@.*//' | sort -u; }

library=$(ldd "$BUILD/gesto-player" | awk '/libmypaint/ { print $3 }')
theirs=$(names "$library")
n=$((n + 1))
if grep -qx exp_decay <<<"$theirs"; then
  echo "ok $n - libmypaint offers names without a prefix, so this is worth a look"
else
  echo "not ok $n - cannot see the names of libmypaint in '$library'"
fi
for file in "$BUILD"/gesto "$BUILD"/gesto-* "$BUILD"/plugins/*.so; do
  [ -f "$file" ] && [ -x "$file" ] || continue
  n=$((n + 1))
  both=$(comm -12 <(names "$file") <(echo "$theirs") | tr '\n' ' ')
  if [ -z "${both// /}" ]; then
    echo "ok $n - ${file##*/} offers none of them"
  else
    echo "not ok $n - ${file##*/} offers $both"
  fi
done
echo "1..$n"
