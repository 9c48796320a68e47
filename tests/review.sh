#!/usr/bin/env bash
# Somebody decides between two annotators by the keyboard, with real key events in the real program: ten differences,
# one of them rejected and one edited. Then one annotator changes a tag, and just that decision comes back. What
# counts is the RON on disk, and what the verbs tell of it.
#   tests/review.sh [FOLDER]     keeps screenshots in FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."

source tests/screen.sh "$@"

project=$work/project
article=in-port-averne-the-bridge-that-stands-on-b9vsrshj.ron
cp -r projects/port-averne "$project"
rm -rf "$project"/{decisions,comments,annotations/gold}
sed -i '/^    adjudicator: /d' "$project/project.ron"
made=$project/decisions/judge/$article
# How many lines of a file hold this.
lines() { grep -c -- "$2" "$1" || true; }
# How many cases are in this state.
cases() {
    "$cli" adjudicate "$project" --as judge --json >"$work/cases.json" 2>/dev/null || true
    sed -n '/"totals"/,$s/.*"'"$1"'": \([0-9]*\).*/\1/p' "$work/cases.json"
}

echo "-- ten differences by the keyboard"
open "$ascribe" "$project" --annotator judge
key ctrl+2
shot hidden
# “I review this article”, in the middle.
timeout 5 xdotool mousemove --window "$(window)" 610 334
sleep 0.4
timeout 5 xdotool click 1
sleep 2
shot compared
key 2 1 1 2 1
key e Return
key 1 b x 2
sleep 3
shot decided
close
expect "decisions" "$(lines "$made" 'verdict: ')" 10
expect "rejections" "$(lines "$made" 'verdict: Reject')" 1
expect "edited tags" "$(lines "$made" 'verdict: Edit')" 1
expect "decided" "$(cases decided)" 10
expect "stale" "$(cases stale)" 0
gold=$project/annotations/gold/$article
made_gold=$(annotations "$gold")
((made_gold >= 8)) || fail "gold has only $made_gold tags"
expect "tags of gold that say by whom they were decided" "$(lines "$gold" 'decided: .*by: "judge"')" "$made_gold"
"$cli" check "$project" --rule gold-out-of-date --strict >/dev/null || fail "gold is not what was decided"

echo "-- one tag is changed, and just that decision comes back"
cp "$made" "$work/before.ron"
sed -i '/id: "xbwsyef138"/s/"form": "indirect"/"form": "mixed"/' "$project/annotations/amina/$article"
expect "stale" "$(cases stale)" 1
expect "decided" "$(cases decided)" 9
open "$ascribe" "$project" --annotator judge
key ctrl+2
key n n n n
shot stale
cmp "$work/before.ron" "$made" || fail "what was decided was changed"
key ctrl+k
timeout 10 xdotool type --delay 40 "Team: what became of the tags"
sleep 0.5
key Return
sleep 2
shot feedback
close
