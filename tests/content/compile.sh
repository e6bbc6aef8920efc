#!/bin/sh
# Every C file of the course compiles without a warning, with gcc and with clang, optimised as
# in a check: starters, references, benches, tests, mutants, experiments, the kernels of the
# self-proof, and the templates of `dev new`.
set -eu

root=${PC_SRCDIR:?the source tree}
flags="-std=gnu17 -O2 -Wall -Wextra -Werror -c"
compilers=0
failed=0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# compile CC HEADER_DIR FILE...: one run of the compiler for all of the files.
compile() {
    cc=$1
    headers=$2
    shift 2
    # shellcheck disable=SC2086 # the flags are words
    "$cc" $flags -I"$root/src/perfbench" -I"$headers" "$@" || failed=$((failed + 1))
}

for cc in gcc clang; do
    command -v "$cc" >/dev/null || continue
    compilers=$((compilers + 1))
    for course in "$root" "$root/templates"; do
        for dir in "$course"/exercises/*/*; do
            checks=$course/checks/${dir#"$course"/exercises/}
            compile "$cc" "$dir" "$dir"/*.c
            compile "$cc" "$dir" "$checks"/*.c "$checks"/mutants/*.c
        done
        for dir in "$course"/lessons/*/experiments; do
            [ ! -d "$dir" ] || compile "$cc" "$dir" "$dir"/*.c
        done
    done
    compile "$cc" "$root/checks/selfproof" "$root"/checks/selfproof/*.c
done

if [ "$compilers" -eq 0 ]; then
    echo "neither gcc nor clang is here"
    exit 77
fi
exit "$((failed > 0))"
