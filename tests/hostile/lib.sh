# Common to the tests of broken surroundings: a cache of one's own, and nothing is left in it.
# shellcheck shell=sh
. "${PC_SRCDIR:?run this from make check}/tests/cli/lib.sh"

export XDG_CACHE_HOME="$tmp/cache"
mkdir "$XDG_CACHE_HOME"

# `make check-hostile` runs all rows, `make check` those that are soon over.
everything() { [ -n "${PC_HOSTILE:-}" ]; }

# fake NAME LINE...: a program in $tmp/bin that is a script of these lines.
fake() {
    mkdir -p "$tmp/bin"
    name=$tmp/bin/$1
    shift
    { echo '#!/bin/sh' && printf '%s\n' "$@"; } >"$name"
    chmod +x "$name"
}

# leaves_nothing WHAT: no scratch folder and no file that is half written.
leaves_nothing() {
    checks=$((checks + 1))
    find "$XDG_CACHE_HOME" "$HOME" "$tmp/ws" \( -name 'tmp.*' -o -name '*.??????' \) \
        >"$tmp/left" 2>/dev/null
    [ ! -s "$tmp/left" ] || {
        cp "$tmp/left" "$tmp/out"
        wrong "files are left: $1"
    }
}

# Whether there may be mounts of one's own.
can_mount() { unshare -m true 2>/dev/null; }
