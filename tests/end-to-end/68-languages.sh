#!/bin/bash
# The screens in other languages: every word has a translation whose placeholders fit, the
# template is that of the sources, and a real window speaks German, or Arabic from the right.
. "$(dirname "$0")/window.bash"
for tool in msgfmt msgcmp xgettext; do
  command -v $tool >/dev/null || { echo "ok 1 - languages # SKIP $tool is not here"; exit 0; }
done

whole() { # language
  msgfmt -c -o /dev/null "assets/words/$1.po" && msgcmp "assets/words/$1.po" assets/words/gesto.pot
}
for po in assets/words/*.po; do
  language=$(basename "$po" .po)
  is "every word has its translation: $language" quietly whole "$language"
  is "and the catalogue is built: $language" test -s "$BUILD/words/$language/LC_MESSAGES/gesto.mo"
done
# As 01-words.sh does for the English.
judges() { ! grep -nE '^(msgstr|")' "assets/words/$1.po" | grep -iE "$2"; }
is "no German word judges, praises or speaks of failure" quietly judges de \
  '\b(fehler\w*|fehlgeschlagen|gescheitert|falsch\w*|ungültig\w*|patient\w*|punktzahl|super|toll|prima|störung\w*)\b'
is "no Arabic word does" quietly judges ar 'خطأ|خاطئ|فشل|مريض|أحسنت|ممتاز|اضطراب'
is "the template is that of the sources (make words)" quietly .ci/words "$BUILD" --check

exercises
open_screen
begin --language de
is "a window speaks German" becomes 20 shows 'Wie kommst du an'
press skip
is "the cards say in German what an exercise is" becomes 10 shows '"label":"Malen".*Nichts muss|"detail":"Du kannst zeichnen oder malen'
press card-org.gesto.draw
is "and so do its tools" becomes 20 shows '"label":"Bleistift"'
is "Stop stands on the right" test "$(rect_of stop | cut -d' ' -f1)" -gt 900
press stop
is "all stops in German" becomes 10 shows 'Alles steht still'
press finish
becomes 10 has skip && press skip
becomes 10 has skip && press skip
becomes 10 has leave && press leave
is "the session ends" becomes 20 ended

LANGUAGE=ar begin
is "a window speaks Arabic" becomes 20 shows 'كيف حالك وأنت تصل'
press skip
becomes 10 has card-org.gesto.draw && press card-org.gesto.draw
is "the tools are named in Arabic" becomes 20 shows '"label":"فرشاة"'
is "Stop stands on the left" test "$(rect_of stop | cut -d' ' -f1)" -lt 300
is "and the tools on the right" test "$(rect_of control-brush-pencil | cut -d' ' -f1)" -gt 900
kill "$gesto" 2>/dev/null
is "the session ends" becomes 20 ended

begin --exercise org.gesto.loop --language ar
is "an exercise says in Arabic what can be reached in it" becomes 20 shows 'المسار 1، فارغ'
kill "$gesto" 2>/dev/null
is "and its session ends" becomes 20 ended
echo "1..$n"
