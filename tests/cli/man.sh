#!/bin/sh
# The manual page tells each command, option, key, variable and exit code of the program, shows
# them as they are, and is right for both programs that render such pages.
. "$PC_SRCDIR/tests/cli/lib.sh"

page=$PC_BUILDDIR/man/perfcourse.1
: >"$tmp/out"
: >"$tmp/err"
rendered=0

# What a reader sees, as one line of words.
words_of() {
    sed "s/.$(printf '\b')//g; s/[−‐]/-/g" "$1" | tr -s '[:space:]' ' '
}

# told TEXT: the reader sees it.
told() {
    checks=$((checks + 1))
    grep -q -F -e "$1" "$tmp/words" || wrong "$renderer shows no \"$1\""
}

# tells FILE: its lines are there.
tells() {
    [ -s "$1" ] || wrong "$1 is empty"
    while IFS= read -r line; do
        told "$line"
    done <"$1"
}

run 0 help
sed -n '/^usage/d; /^Every/q; s/^  \([a-z]\)/\1/p' "$tmp/out" | tr -s ' ' >"$tmp/commands"
sed -n 's/^  \(--[a-z]\)/\1/p' "$tmp/out" | tr -s ' ' >"$tmp/globals"
sed 's/ .*//' "$tmp/commands" | while read -r command; do
    # That of help is the overview.
    [ "$command" = help ] || "$program" "$command" --help
done | sed -n 's/^ *\(--[a-z-]*\)\(=\([^ ]*\)\)\{0,1\} .*/\1 \3/p' | sed 's/ $//' | sort -u >"$tmp/options"
"$PC_BUILDDIR/tests/cli/keys" >"$tmp/keys"

# The variables that the sources name; those of hosts, of the libraries and of other programs are not
# for learners.
internal='PERFBENCH_COUNT PERFCOURSE_PAD PERFPROF_MIB LD_PRELOAD'
files=$(find "$PC_SRCDIR/src" -name '*.c')
# shellcheck disable=SC2086
{
    grep -h -o 'getenv("[A-Z_]*")' $files
    grep -h -o '"\(PERFCOURSE\|XDG\)_[A-Z_]*"' $files
    grep -h -o '"\(VISUAL\|EDITOR\|NO_COLOR\|LC_ALL\|LC_CTYPE\|LANG\)"' $files
} | sed 's/.*"\(.*\)".*/\1/' | sort -u >"$tmp/variables"
for name in $internal; do
    sed -i "/^$name\$/d" "$tmp/variables"
done
sed -n '/^enum pc_code/,/^}/s/^ *PC_[A-Z]* = \([0-9]*\),.*/\1/p' "$PC_SRCDIR/src/base/err.h" >"$tmp/codes"

# shown PROGRAM: what it made of the page is in $tmp/page.
shown() {
    renderer=$1
    rendered=1
    words_of "$tmp/page" >"$tmp/words"
    for list in commands globals options keys variables; do
        tells "$tmp/$list"
    done
    told "perfcourse $("$program" --version | sed 's/.* //')"
    sed "s/.$(printf '\b')//g" "$tmp/page" | sed -n '/^EXIT STATUS/,/^EXAMPLES/p' >"$tmp/status"
    while read -r code; do
        checks=$((checks + 1))
        grep -q "^ *$code  *[a-z]" "$tmp/status" || wrong "$renderer shows no exit status $code"
    done <"$tmp/codes"
}

if command -v groff >/dev/null && groff -man -Tutf8 "$page" >/dev/null 2>&1; then
    groff -man -ww -Tutf8 -P-cbou -rLL=1000n "$page" >"$tmp/page" 2>"$tmp/err" || wrong "groff failed"
    [ ! -s "$tmp/err" ] || wrong "groff warns"
    shown groff
else
    echo "skipped: groff is missing"
fi
if command -v mandoc >/dev/null; then
    mandoc -Tlint -Wwarning "$page" >"$tmp/out" 2>&1 || wrong "mandoc warns"
    mandoc -Tutf8 -Owidth=1000 "$page" >"$tmp/page"
    shown mandoc
else
    echo "skipped: mandoc is missing"
fi

# Without either the page is still made, of tables that hold something.
run 0 manual "$PC_SRCDIR/man/perfcourse.1.in"
cmp -s "$tmp/out" "$page" || wrong "the page is not that of this program"
says_not out '^@'
run 2 manual
run 7 manual /nowhere
says err '/nowhere'
[ "$rendered" = 1 ] || echo "skipped: nothing renders the page, install groff-base or mandoc"

finish
