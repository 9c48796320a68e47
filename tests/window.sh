#!/usr/bin/env bash
# The real program in a real window on a virtual screen, driven by real key and mouse events; what counts is
# the RON on disk afterwards.
#   tests/window.sh [FOLDER]     keeps screenshots in FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."

source tests/screen.sh "$@"

echo "-- tagging by keyboard alone"
if compgen -G "../shared/seed/*.txt" >/dev/null; then
    article=(../shared/seed/*.txt)
    quote='"To establish the cornerstone of future security relations between Israel and Morocco"'
    source='a source familiar with the visit'
    denial='Morocco categorically denies having purchased this software'
    claim='having purchased this software'
else
    echo "skipped: no shared data; the sample article instead"
    article=(projects/port-averne/documents/in-port-averne-*.txt)
    quote='"The town is not losing a keeper,"'
    source='an official familiar with the talks'
    denial='categorically denies having read it before signing'
    claim='having read it before signing'
fi
"$cli" new "$work/project" "${article[@]}" >/dev/null
open "$ascribe" "$work/project" --annotator tester
find_words "$quote"
key q
find_words "$source"
key shift+s
find_words "$denial"
key d
find_words "$claim"
key shift+c
key Return
key space
key Escape
shot tagged
key ctrl+z ctrl+z ctrl+z ctrl+z ctrl+z
sleep 1
set=("$work"/project/annotations/tester/*.ron)
# A set that was empty from the start leaves no file behind.
count=0
[[ ! -e ${set[0]} ]] || count=$(annotations "${set[0]}")
expect "annotations after undoing five times" "$count" 0
key ctrl+shift+z ctrl+shift+z ctrl+shift+z ctrl+shift+z ctrl+shift+z
close
set=("$work"/project/annotations/tester/*.ron)
expect "one line an annotation" "$(annotations "${set[0]}")" 4
expect "one line a relation" "$(relations "${set[0]}")" 2
for words in 'label: "quote".*“To establish\|label: "quote".*“The town' 'label: "source"' 'label: "denial".*strength' \
    'label: "claim"' 'kind: "attributed_to"' 'kind: "denies"'; do
    grep -q "$words" "${set[0]}" || fail "no line with $words"
done
"$cli" check "$work/project"

echo "-- a second run, one attribute"
cp "${set[0]}" "$work/before.ron"
open "$ascribe" "$work/project" --annotator tester
key n Return
key space
close
git diff --no-index --numstat "$work/before.ron" "${set[0]}" >"$work/numstat" || true
expect "lines changed by one attribute" "$(cut -f 1,2 "$work/numstat" | tr '\t' ' ')" "1 1"

echo "-- opened again, nothing changes"
cp "${set[0]}" "$work/before.ron"
open "$ascribe" "$work/project" --annotator tester
key n
shot again
close
cmp "$work/before.ron" "${set[0]}"
echo "ok: the same bytes"

echo "-- tagging with the mouse"
open "$ascribe" "$work/project" --annotator mouse
id=$(window)
timeout 5 xdotool mousemove --window "$id" 420 284; sleep 0.4
timeout 5 xdotool mousedown 1; sleep 0.3
for x in 440 480 540; do timeout 5 xdotool mousemove --window "$id" "$x" 284; sleep 0.2; done
timeout 5 xdotool mouseup 1; sleep 0.6
shot selected
key q
close
set=("$work"/project/annotations/mouse/*.ron)
expect "annotations made with the mouse" "$(annotations "${set[0]}")" 1
"$cli" check "$work/project"

echo "-- a web page, read in a process of its own, looked at and imported"
mkdir "$work/articles"
cat >"$work/articles/page.html" <<'HTML'
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Harbour closed - The Averne Courier</title>
<meta property="og:title" content="Harbour closed"><meta name="author" content="Odile Farrant"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Harbour closed</h1>
<p>The port of Averne was closed on Tuesday, after a storm that nobody in the harbour office had seen coming, and
that had broken three of its four cranes before it was light.</p>
<p>“We are closed,” the harbour master said. He denied that any ship had been lost, and asked the crews of those that
lay outside the bar to wait for the morning tide, when pilots would bring them in one after the other.</p>
<p>The council meets on Thursday to hear what the repairs will cost, and who is to pay for them.</p></article>
<footer><a href="/imprint">Imprint</a></footer></body></html>
HTML
head -c 60000 /dev/zero >"$work/articles/broken.txt"
open "$ascribe" "$work/project" --annotator tester
key ctrl+i
timeout 20 xdotool type --delay 12 "$work/articles"
key Return
sleep 2
shot preview
key Return
sleep 2
shot imported
close
pages=("$work"/project/documents/harbour-closed-*.txt)
[[ -e ${pages[0]} ]] || fail "the page was not imported"
grep -q "“We are closed,” the harbour master said." "${pages[0]}" || fail "the text of the page is not there"
! grep -q Sport "${pages[0]}" || fail "the menu of the page is in the text"
"$cli" check "$work/project"

echo "-- the README's first command, for somebody without a name"
command=$(awk '/^```sh$/ { inside = 1; block++; next } /^```$/ { inside = 0 } inside && block == 1' README.md)
open bash -c "$command"
timeout 10 xdotool type --delay 40 tester
key Return
sleep 3
shot sample
key ctrl+q
sleep 3
samples=("$XDG_DATA_HOME"/ascribe/samples/*/project.ron)
[[ -e ${samples[0]} ]] || fail "no copy of the sample project was made"
[[ -z $(git status --porcelain -- projects) ]] || fail "the sample in the project was changed"
echo "ok: a copy of the sample project was opened"
