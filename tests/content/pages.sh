#!/bin/sh
# Pages of lessons: every C block compiles, with gcc and with clang; what a page quotes as output is
# what its program prints; and the text keeps to what every terminal can show.  The C blocks of a
# page are one file, so that later ones use what earlier ones define.
set -eu

cd "${PC_SRCDIR:?the source tree}"
export LC_ALL=C.UTF-8
flags="-std=gnu17 -O1 -Wall -Wextra -Werror -Wno-unused-function -Isrc/perfbench"
failed=0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

complain() {
    echo "$*"
    failed=$((failed + 1))
}

# blocks LANGUAGE PAGE: the text of all its blocks; those of C with their line numbers.
blocks() {
    awk -v want="$1" -v page="$2" '
        /^```/ && !inside { inside = 1; language = substr($0, 4)
            if (language == want && want == "c")
                printf "#line %d \"%s\"\n", FNR + 1, page
            next }
        /^```/ { inside = 0; next }
        inside && language == want' "$2"
}

# What a line, a table or a character must not be.
look_over() {
    head -n 1 "$1" | grep -q '^# .' || complain "$1: begins with \"# Title\""
    awk -v page="$1" '
        function no(what) { printf "%s:%d: %s\n", page, FNR, what; bad = 1 }
        /\t/ { no("a tab") }
        /\\\|/ { no("\\| is not shown as a bar") }
        /^```/ { inside = !inside
            if (inside && $0 !~ /^```(c|sh|lua|go|python|text|output)$/)
                no("say what the block is: c, text, output, ...")
            next }
        inside && length($0) > 72 { no("code of more than 72 columns") }
        !inside && /^# / && FNR > 1 { no("a second title") }
        !inside && /^\|/ { row = $0; gsub(/`[^`]*`/, "", row)
            if (gsub(/\|/, "", row) > 6) no("a table of more than five columns") }
        END { if (inside) no("a block that is not closed"); exit bad }' "$1" ||
        failed=$((failed + 1))
    if grep -nP '[\x{2600}-\x{27BF}\x{FE0F}\x{200D}\x{1F000}-\x{1FAFF}]' "$1"; then
        complain "$1: symbols that terminals draw in their own ways"
    fi
}

# compile CC PAGE: and run it, when the page quotes what it prints.
compile() {
    # shellcheck disable=SC2086 # the flags are words
    if [ ! -s "$work/want" ]; then
        "$1" $flags -fsyntax-only "$work/page.c" || complain "$2: $1 refuses it"
    elif ! "$1" $flags "$work/page.c" -o "$work/page" -lm; then
        complain "$2: $1 refuses it"
    elif ! timeout 20 "$work/page" >"$work/got"; then
        complain "$2: its program fails"
    elif ! diff "$work/want" "$work/got"; then
        complain "$2: its program prints something else than it says (with $1)"
    fi
}

pages=0
for page in lessons/*/pages/*.md templates/lessons/*/pages/*.md; do
    pages=$((pages + 1))
    look_over "$page"
    {
        echo '#define _GNU_SOURCE'
        for header in errno inttypes stdbool stddef stdint stdio stdlib string; do
            echo "#include <$header.h>"
        done
        blocks c "$page"
    } >"$work/page.c"
    blocks output "$page" >"$work/want"
    for cc in gcc clang; do
        command -v "$cc" >/dev/null && compile "$cc" "$page"
    done
done
echo "$pages pages, $failed complaints"
[ "$failed" -eq 0 ] && [ "$pages" -gt 0 ]
