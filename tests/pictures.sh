#!/usr/bin/env bash
# Holds the real window against pictures of it: dense tags, Arabic, a page of several scripts; light and dark; 100 %
# and 200 %. The scripts in them are all in fonts that come with the program, so they look alike on every machine.
#   tests/pictures.sh            compares; what differs is left in the folder named last
#   tests/pictures.sh --update   takes the pictures anew
set -euo pipefail
cd "$(dirname "$0")/.."
kept=tests/fixtures/pictures
# Graphics drivers differ in the shades of edges: so many pixels of a million may be clearly different.
allowed=2500

work=$(mktemp -d)
shots=$work/shots
mkdir -p "$shots" "$kept" "$work/config/ascribe"
export XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data DISPLAY=:96
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
trap 'jobs -p | xargs -r kill 2>/dev/null || true' EXIT
Xvfb "$DISPLAY" -screen 0 1900x1300x24 >"$work/xvfb.log" 2>&1 &
for _ in $(seq 50); do
    timeout 2 xdotool getmouselocation >/dev/null 2>&1 && break
    sleep 0.2
done
timeout 5 xdotool mousemove 1899 1299
cargo build --release -q -p ascribe

# NAME THEME ZOOM WIDTHxHEIGHT KEYS…
picture() {
    local name=$1 theme=$2 zoom=$3 size=$4
    shift 4
    rm -rf "$work/project"
    cp -r tests/fixtures/reading "$work/project"
    echo "(annotator: Some(\"amina\"), theme: $theme, zoom: $zoom)" >"$work/config/ascribe/settings.ron"
    target/release/ascribe "$work/project" >"$work/program.log" 2>&1 &
    local program=$! window=""
    for _ in $(seq 100); do
        window=$(timeout 3 xdotool search --onlyvisible --class ascribe 2>/dev/null | tail -n 1 || true)
        [[ -z $window ]] || break
        sleep 0.2
    done
    timeout 5 xdotool windowmove "$window" 0 0 windowsize "$window" "${size%x*}" "${size#*x}" windowfocus "$window"
    sleep 2
    for key in "$@"; do
        timeout 5 xdotool key "$key"
        sleep 0.4
    done
    sleep 1
    # A few colours are enough to see by, and keep the files small.
    timeout 20 import -window "$window" -dither None -colors 48 -strip "$shots/$name.png"
    kill "$program"
    wait "$program" 2>/dev/null || true
}

for theme in Light Dark; do
    for zoom in 1 2; do
        size=$([[ $zoom == 1 ]] && echo 1280x800 || echo 1800x1200)
        end=${theme,}-${zoom}00
        picture "dense-$end" "$theme" "$zoom.0" "$size" n n
        picture "mixed-$end" "$theme" "$zoom.0" "$size" ctrl+Next
        picture "arabic-$end" "$theme" "$zoom.0" "$size" ctrl+Next ctrl+Next n
    done
done

if [[ ${1:-} == --update ]]; then
    cp "$shots"/*.png "$kept/"
    rm -rf "$work"
    du -ch "$kept"/*.png | tail -n 1
    exit
fi
failed=0
for picture in "$shots"/*.png; do
    name=$(basename "$picture")
    if [[ ! -e $kept/$name ]]; then
        echo "FAILED: there is no picture $name; see tests/pictures.sh --update"
        failed=1
        continue
    fi
    pixels=$(compare -metric AE -fuzz 25% "$kept/$name" "$picture" "$work/shots/difference-$name" 2>&1 || true)
    pixels=$(printf '%.0f' "$pixels" 2>/dev/null || echo 999999999)
    size=$(identify -format '%[fx:w*h]' "$picture")
    share=$((pixels * 1000000 / size))
    if ((share > allowed)); then
        echo "FAILED: $name: $share of a million pixels differ, see $shots/difference-$name"
        failed=1
    else
        echo "ok: $name: $share of a million pixels differ"
    fi
done
((failed)) || rm -rf "$work"
exit $failed
