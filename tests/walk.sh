#!/usr/bin/env bash
# An analyst tags an article with the keyboard alone, with real key events in the real program: six quotes with
# two attributes each, the sources of these six, a denial and the claim it denies. No suggestion, no bulk action.
# Every key that is sent counts, a chord as one; what counts in the end is the RON on disk.
#   tests/walk.sh [FOLDER]     keeps screenshots in FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
if ! compgen -G "../shared/seed/*.txt" >/dev/null; then
    echo "skipped: no shared data"
    exit 0
fi
source tests/screen.sh "$@"

most=150
presses=0
# Presses keys one after the other.
press() {
    presses=$((presses + $#))
    key "$@"
}
# Presses one key several times.
times() { press $(yes "$2" | head -n "$1"); }

"$cli" new "$work/project" ../shared/seed/*.txt >/dev/null
open "$ascribe" "$work/project" --annotator walker

# “To establish the cornerstone …”, a source familiar with the visit. The string before it, in what is not the
# article, is passed over.
press u q 1 shift+2
times 6 ctrl+shift+Right
press shift+s
# “Until now …”, added this manager.
press u q period
press j
times 2 ctrl+shift+Left
press shift+s
shot first-two
# Over “hard power”, “Abrahamic Accords,”, “Hostile actions” and “Intensify” to
# “Strengthen its” hard power “in a tense regional context”, writes the Moroccan weekly As is.
times 5 u
press q period
press j
times 5 ctrl+shift+Left
press shift+s
# “It is possible …“, he emphasizes.
press u q period
press ctrl+shift+Right shift+s
# … to the ” serious “. For its part, Morocco categorically denies having purchased this software
press u j
times 4 ctrl+Right
times 6 ctrl+shift+Right
press d
times 4 ctrl+shift+Left
press shift+c
shot denial
# Over “Defamation” to: For Bruce Maddy-Weitzman, Morocco has not abandoned the Palestinian cause “But has …”
press u u q period
press k ctrl+Right
times 3 ctrl+shift+Right
press shift+s
# “Most of the countries …”, he said.
press u q period
press ctrl+shift+Right shift+s
shot walked
close

set=$work/project/annotations/walker/*.ron
# How many lines of the set hold all of these.
lines() {
    local found
    found=$(cat $set)
    for words in "$@"; do found=$(grep -- "$words" <<<"$found" || true); done
    grep -c . <<<"$found" || true
}
expect "annotations" "$(annotations $set)" 14
expect "quotes with two attributes" "$(lines 'label: "quote"' '"form": "direct", "translated": "no"')" 6
expect "attributions" "$(lines 'kind: "attributed_to"')" 6
expect "denials of a claim" "$(lines 'kind: "denies"')" 1
expect "relations" "$(relations $set)" 7
# The ids of the tags with this label and exactly these words.
ids() { sed -n "s/^ *(id: \"\([a-z0-9]*\)\", label: \"$1\".* text: \[\"$2\"\],.*/\1/p" $set; }
# From label and words, by what kind of tie, to label and words.
while IFS='|' read -r from words kind to others; do
    found=0
    for one in $(ids "$from" "$words"); do
        for other in $(ids "$to" "$others"); do
            found=$((found + $(lines "kind: \"$kind\", from: \"$one\", to: \"$other\"")))
        done
    done
    expect "$from $words $kind $to $others" "$found" 1
done <<'WORDS'
quote|“To establish the cornerstone of future security relations between Israel and Morocco”|attributed_to|source|a source familiar with the visit
quote|“Until now, there was some cooperation, but .* of our partnership ”|attributed_to|source|this manager
quote|“Strengthen its” hard power “in a tense regional context”|attributed_to|source|the Moroccan weekly As is
quote|“It is possible that in a context of .* with all that this implies. “|attributed_to|source|he
quote|“But has many other interests, many other benefits to be derived from recalibration”|attributed_to|source|Bruce Maddy-Weitzman
quote|“Most of the countries in the region .* has a lot to offer them”|attributed_to|source|he
denial|categorically denies having purchased this software|denies|claim|having purchased this software
WORDS
"$cli" check "$work/project"
((presses <= most)) || fail "$presses presses, at most $most"
echo "ok: $presses presses, at most $most"

# The same article by its suggestions: the first two are accepted, the third is refused, and both are kept.
open "$ascribe" "$work/project" --annotator tabber
key Tab Return Return BackSpace
shot suggested
close
set=$work/project/annotations/tabber/*.ron
(($(lines 'origin: Rule(' 'confirmed_by: "tabber"') >= 2)) || fail "suggestions were not accepted: $(cat $set)"
expect "refusals" "$(sed -n '/rejected: \[/,/^    \]/p' $set | grep -c 'label:')" 1
echo "ok: suggestions are accepted and refused by one key each"
