#!/bin/sh
# clang-tidy finds nothing in src.  It takes a second for each file, so a file is looked at again
# only when it, a header or the rules changed.
set -eu
: "${PC_BUILDDIR:?run this from make check}"
cd "${PC_SRCDIR:-.}"

if ! command -v clang-tidy >/dev/null 2>&1; then
    [ "${CI:-}" != true ] || { echo "clang-tidy is missing, and CI must have it"; exit 1; }
    echo "skipped: clang-tidy is missing (package clang-tidy)"
    exit 77
fi

PC_CLEAN=${PC_LINT_CACHE:-$PC_BUILDDIR/tests/cache/lint}
mkdir -p "$PC_CLEAN"
PC_RULES=$( (cat .clang-tidy "$PC_BUILDDIR/config.h" && find src -name '*.h' -exec cat {} +) | sha256sum)
PC_FLAGS="-std=gnu17 -D_GNU_SOURCE -include $PC_BUILDDIR/config.h -Isrc
    $(pkg-config --cflags lua5.4 libuv jansson libdw libseccomp libxxhash)"
PC_PLACES=$(for place in BINDIR DATADIR LIBEXECDIR INCLUDEDIR LIBDIR BUILDDIR SRCDIR; do
    printf ' -DPC_%s="/"' "$place"
done)
export PC_CLEAN PC_RULES PC_FLAGS PC_PLACES

# shellcheck disable=SC2016
find src -name '*.c' | LC_ALL=C sort | xargs -P "$(nproc)" -n 4 sh -c '
    status=0
    for file; do
        clean=$PC_CLEAN/$( (echo "$PC_RULES" && cat "$file") | sha256sum | cut -c 1-64)
        [ ! -e "$clean" ] || continue
        if clang-tidy --quiet "$file" -- $PC_FLAGS $PC_PLACES -DBENCH_COUNTER_PATH="\"/\"" \
            2>"$clean.$$"; then
            touch "$clean"
        else
            status=1
            cat "$clean.$$"
        fi
        rm -f "$clean.$$"
    done
    exit "$status"' sh
