#!/usr/bin/env bash
# Holds the real window against pictures of it: dense tags, Arabic, a page of several scripts, the sample under
# review; light and dark; 100 % and 200 %. The scripts in them are all in fonts that come with the program, so they
# look alike on every machine.
#   tests/pictures.sh            compares; what differs is left in target/pictures
#   tests/pictures.sh --update   takes the pictures anew
set -euo pipefail
cd "$(dirname "$0")/.."
taken=$PWD/target/pictures
kept=tests/fixtures/pictures
mkdir -p "$taken" "$kept"
rm -f "$taken"/*
SCREEN=${SCREEN:-96} SCREEN_SIZE=1920x1280
source tests/screen.sh "$taken"
# Graphics drivers differ in the shades of edges: so many pixels of a million may be clearly different.
allowed=2500

cargo build --release -q -p ascribe
mkdir -p "$XDG_CONFIG_HOME/ascribe"

# What is opened.
project=tests/fixtures/reading

# NAME THEME ZOOM WIDTH HEIGHT KEY…
picture() {
    local name=$1 theme=$2 zoom=$3 width=$4 height=$5
    shift 5
    rm -rf "$work/project"
    cp -r "$project" "$work/project"
    echo "(annotator: Some(\"amina\"), theme: $theme, zoom: $zoom)" >"$XDG_CONFIG_HOME/ascribe/settings.ron"
    open "$PWD/target/release/ascribe" "$work/project"
    timeout 5 xdotool windowsize "$(window)" "$width" "$height" mousemove 1919 1279
    sleep 1.5
    for pressed in "$@"; do
        key "$pressed"
    done
    sleep 1
    shot "$name"
    # A few colours are enough to see by, and keep the files small.
    mogrify -dither None -colors 80 -strip "$taken/$name.png"
    close
}

for theme in Light Dark; do
    for zoom in 1.0 2.0; do
        size=$([[ $zoom == 1.0 ]] && echo "1280 800" || echo "1800 1160")
        end=${theme,}-${zoom%.0}00
        # shellcheck disable=SC2086 # two words
        {
            picture "dense-$end" "$theme" "$zoom" $size n n
            picture "mixed-$end" "$theme" "$zoom" $size ctrl+Next
            picture "arabic-$end" "$theme" "$zoom" $size ctrl+Next ctrl+Next n
            project=projects/port-averne
            picture "review-$end" "$theme" "$zoom" $size ctrl+2 n n
            project=tests/fixtures/reading
        }
    done
done

if [[ ${1:-} == --update ]]; then
    cp "$taken"/*.png "$kept/"
    du -ch "$kept"/*.png | tail -n 1
    exit
fi
failed=0
for picture in "$taken"/*.png; do
    name=$(basename "$picture")
    [[ -e $kept/$name ]] || { echo "FAILED: there is no picture $name; see tests/pictures.sh --update"; failed=1; continue; }
    pixels=$(compare -metric AE -fuzz 25% "$kept/$name" "$picture" "$taken/difference-$name" 2>&1 || true)
    [[ $pixels =~ ^[0-9.e+]+$ ]] || { echo "FAILED: $name: $pixels"; failed=1; continue; }
    share=$(awk -v pixels="$pixels" -v all="$(identify -format '%[fx:w*h]' "$picture")" 'BEGIN { printf "%d", pixels * 1e6 / all }')
    if ((share > allowed)); then
        echo "FAILED: $name: $share of a million pixels differ, see target/pictures/difference-$name"
        failed=1
    else
        echo "ok: $name: $share of a million pixels differ"
    fi
done
exit $failed
