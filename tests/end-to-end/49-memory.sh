#!/bin/bash
# An exercise that takes all memory it is given gets no more than its entry in plugins.conf
# says; what it was in is left out, and the script goes on.
cd "$(dirname "$0")/../.." || exit 1
BUILD=$(realpath "${BUILD:-build}")
TMPDIR=${TMPDIR:-$(mktemp -d)}
export XDG_STATE_HOME=${XDG_STATE_HOME:-$TMPDIR/state} XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-$TMPDIR}
export GESTO_ARCHIVE=$TMPDIR/archive XDG_CACHE_HOME=$TMPDIR/cache GESTO_PATIENCE=10
n=0
report() { # code, name
  n=$((n + 1))
  if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else
    echo "not ok $n - $2"
    tail -n 15 "$TMPDIR/err" "$TMPDIR/out" | sed 's/^/# /'
  fi
}
if nm "$BUILD/gesto-player" 2>/dev/null | grep -qE '__[at]san_init'; then
  echo "ok 1 - memory # SKIP a sanitizer maps more than there is"
  exit 0
fi
home=$TMPDIR/programs
mkdir -p "$home/plugins"
cp "$BUILD/gesto" "$BUILD/gesto-player" "$home/"
cp "$BUILD/broken/memory-eater.so" "$home/plugins/"
ln -s "$PWD/assets" "$home/assets"
cat >"$TMPDIR/eat.jsonl" <<'END'
{"gesto":"gestures/1","exercise":"org.gesto.broken.memory-eater","stage":[640,400],"seed":5}
{"t":0.1,"down":[20,20],"pressure":0.5,"tool":"pen","source":1}
{"t":0.2,"up":[20,20],"tool":"pen","source":1}
{"t":0.3,"down":[300,300],"pressure":0.5,"tool":"pen","source":2}
{"t":0.4,"up":[300,300],"tool":"pen","source":2}
{"t":1.0,"close":{"keep":"keep","process":true,"title":"All of it"}}
END
largest() { # MiB in plugins.conf: prints how many MiB the largest process had
  printf '[eater]\npath = memory-eater.so\nmemory = %s\n' "$1" >"$home/plugins.conf"
  python3 - "$home/gesto" "$TMPDIR" <<'END'
import resource, subprocess, sys
with open(sys.argv[2] + "/out", "w") as out, open(sys.argv[2] + "/err", "w") as err:
  code = subprocess.call([sys.argv[1], "play", sys.argv[2] + "/eat.jsonl"], stdout=out, stderr=err)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024 if code == 0 else -1)
END
}
little=$(largest 128) more=$(largest 512)
echo "128 MiB: $little MiB at most; 512 MiB: $more MiB at most" >>"$TMPDIR/err"
[ "$little" -gt 80 ] && [ "$little" -lt 220 ]
report $? "with 128 MiB it gets no more, and the script goes on"
[ "$more" -gt 400 ] && [ "$more" -lt 604 ]
report $? "with 512 MiB it gets more, and no more than that"
session=$(tail -n 1 "$TMPDIR/out")
"$home/gesto" journal "$session"/creations/01-*/process.journal >"$TMPDIR/story" 2>>"$TMPDIR/err" &&
  [ "$(grep -c '"down"' "$TMPDIR/story")" -eq 1 ]
report $? "the press that it ended in is left out, the other one stays"
