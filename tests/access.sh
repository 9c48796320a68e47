#!/usr/bin/env bash
# The real program as a screen reader sees it: over the accessibility bus, on a virtual screen. What is there and
# what it can do is checked by tests/access.py.
#   tests/access.sh [PROGRAM]     with another build than the release
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ -z ${ASCRIBE_BUS:-} ]]; then
    # A session bus of its own: no desktop here, and no screen reader but the script.
    exec env ASCRIBE_BUS=1 dbus-run-session -- "$0" "$@"
fi
work=$(mktemp -d)
export XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_CACHE_HOME=$work/cache XDG_RUNTIME_DIR=$work/run
export DISPLAY=${ASCRIBE_DISPLAY:-:96}
unset WAYLAND_DISPLAY
mkdir -m 700 "$XDG_RUNTIME_DIR"
finish() {
    jobs -p | xargs -r kill 2>/dev/null || true
    rm -rf "$work" 2>/dev/null || true
}
trap finish EXIT

Xvfb "$DISPLAY" -screen 0 1400x900x24 >"$work/xvfb.log" 2>&1 &
for _ in $(seq 50); do
    timeout 2 xdotool getmouselocation >/dev/null 2>&1 && break
    sleep 0.2
done
openbox >"$work/openbox.log" 2>&1 &

# What a desktop does when a screen reader starts or ends.
listening() {
    dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.freedesktop.DBus.Properties.Set \
        string:org.a11y.Status string:IsEnabled "variant:boolean:$1" >/dev/null
    sleep 1
}

program=${1:-}
if [[ -z $program ]]; then
    cargo build --release -q -p ascribe
    program=target/release/ascribe
fi
cp -r projects/port-averne "$work/project"
"$program" "$work/project" --annotator amina >"$work/program.log" 2>&1 &
for _ in $(seq 150); do
    [[ -n $(timeout 3 xdotool search --onlyvisible --class ascribe 2>/dev/null) ]] && break
    sleep 0.2
done
timeout 5 xdotool search --onlyvisible --class ascribe windowactivate --sync 2>/dev/null || true
# It may start and end at any time while the program runs.
listening true
listening false
listening true
if ! /usr/bin/python3 tests/access.py "$work/project" in-port-averne-the-bridge-that-stands-on-b9vsrshj amina; then
    cat "$work/program.log" >&2
    exit 1
fi
grep -q 'motion: false' "$XDG_CONFIG_HOME/ascribe/settings.ron" || { echo "FAILED: motion does not stay off" >&2; exit 1; }
echo "ok: it is kept for the next time"
diff -r --exclude=.ascribe projects/port-averne "$work/project"
echo "ok: reading and going changed no file"
