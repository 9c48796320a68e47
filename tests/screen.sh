#!/usr/bin/env bash
# A virtual screen for the real program, and hands to drive it with: sourced by the tests that need one.
#   source tests/screen.sh [FOLDER]     keeps screenshots in FOLDER

work=$(mktemp -d)
shots=${1:-$work}
mkdir -p "$shots"
export XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data
export DISPLAY=:${SCREEN:-97}
# No desktop here: without these, a machine that has one would show its file dialogs.
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

finish() {
    jobs -p | xargs -r kill 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
fail() {
    echo "FAILED: $1" >&2
    timeout 10 import -window root "$shots/failed.png" 2>/dev/null || true
    exit 1
}

Xvfb "$DISPLAY" -screen 0 "${SCREEN_SIZE:-1400x900}x24" >"$work/xvfb.log" 2>&1 &
for _ in $(seq 50); do
    timeout 2 xdotool getmouselocation >/dev/null 2>&1 && break
    sleep 0.2
done
openbox >"$work/openbox.log" 2>&1 &

window() { timeout 3 xdotool search --onlyvisible --class ascribe 2>/dev/null | tail -n 1 || true; }
# Starts the program and waits for its window.
open() {
    "$@" >"$work/program.log" 2>&1 &
    program=$!
    for _ in $(seq 1500); do
        if [[ -n $(window) ]]; then
            timeout 5 xdotool windowactivate --sync "$(window)" 2>/dev/null || true
            sleep 2
            return
        fi
        kill -0 $program 2>/dev/null || break
        sleep 0.2
    done
    cat "$work/program.log" >&2
    fail "no window came up"
}
key() { timeout 20 xdotool key --clearmodifiers --delay 120 "$@"; sleep 0.3; }
find_words() {
    key ctrl+f
    timeout 60 xdotool type --delay 12 "$1"
    sleep 0.8
    key Escape
}
close() {
    key ctrl+q
    for _ in $(seq 100); do
        kill -0 $program 2>/dev/null || return 0
        sleep 0.1
    done
    fail "the window did not close"
}
shot() { timeout 10 import -window "$(window)" "$shots/$1.png"; }
annotations() { grep -c '^        (id: .* label: ' "$1" || true; }
relations() { grep -c '^        (id: .* kind: ' "$1" || true; }
expect() { [[ $2 == "$3" ]] || fail "$1: $2 instead of $3"; echo "ok: $1: $2"; }

# The folder of another build, such as target/debug, if not the one that people get.
bin=${BIN:-}
if [[ -z $bin ]]; then
    cargo build --release -q -p ascribe -p ascribe-cli
    bin=target/release
fi
ascribe=$PWD/$bin/ascribe
cli=$PWD/$bin/ascribe-cli
