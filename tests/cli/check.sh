#!/bin/sh
# `perfcourse check`, without its timing part: starters fail for the declared reasons, references
# pass, mutants are refused, and the output suits whoever reads it.
. "$PC_SRCDIR/tests/cli/lib.sh"

run 1 check 07.1 --use starter --quick
says out '^check 07.1 join_names' '^build: ok' '^tests: .*no memory error' \
    '^allocs/op: 1000, at most 24' '^verdict: '
says_not out "$(printf '\033')" "$(printf '\r')" 'speedup: passed'
run 0 check join --use reference --quick
says out '^allocs.op: 1, .* passed'

# Several at once: one exit code, a total.  Two starters miss nothing but the speed-up.
run 1 check 07 --use starter --quick
says out 'check 07.1' 'check 07.2' 'check 07.6' '^total: 2 of 6'
run 0 check 07 --use reference --quick
says out '^total: 6 of 6'

# The same seed repeats the inputs; the counts are the same whatever the seed.
for seed in 1 2 18446744073709551615; do
    run 1 check 07.1 --use starter --quick --seed "$seed" --json
    says out '"code": 1' "\"seed\": \"$seed\"" '"allocs/op"'
    grep -A3 '"allocs/op": {' "$tmp/out" | grep '"m[axin]*":' >"$tmp/counts.$seed"
done
cmp -s "$tmp/counts.1" "$tmp/counts.2" || wrong "counts differ between seeds"

# Mutants are refused.  What shows only while timing, time itself or results that are wrong then,
# needs a whole check.
refused() {
    for mutant in "$PC_SRCDIR/checks/$ex07/$1/mutants"/*.c; do
        for how in --quick --careful; do
            "$PC_BUILDDIR/perfcourse" check "$1" --use "$mutant" $how >"$tmp/out" \
                2>"$tmp/err" </dev/null
            got=$?
            [ "$got" = 0 ] || break
        done
        checks=$((checks + 1))
        name=$(basename "$mutant" .c)
        reasons=$(sed -n "s/^ *$name = {\(.*\)},*.*/\1/p" \
            "$PC_SRCDIR/checks/$ex07/$1/limits.lua")
        [ -n "$reasons" ] || wrong "$name is not declared in limits.lua"
        case $reasons in
        *build*) wanted=3 ;;
        *crash*) wanted=5 ;;
        *wrong* | *leak*) wanted=4 ;;
        '"speedup"' | '"speedup", "growth"') continue ;;
        *) wanted=1 ;;
        esac
        [ "$got" = "$wanted" ] || wrong "$1 $name: exit code $got, wanted $wanted"
    done
}
for exercise in "$PC_SRCDIR/checks/$ex07"/*/; do
    refused "$(basename "$exercise")"
done

# The learner's own file, found through the workspace, and edited.
run 0 init "$tmp/ws"
file="$tmp/ws/$ex07/join_names/join_names.c"
cp "$PC_SRCDIR/checks/$ex07/join_names/reference.c" "$file"
run 0 check --quick --workspace "$tmp/ws"
says out 'check 07.1'
printf 'char *join_strings(void)\n{\n    return 1 +;\n}\n' >"$file"
run 3 check 07.1 --workspace "$tmp/ws"
says out 'join_names.c:3:' 'error' 'return 1 +;' '\^'

# A header of the learner's beside the kernel does not change what is judged.
cp "$PC_SRCDIR/checks/$ex07/join_names/reference.c" "$file"
echo '#error patched' >"$tmp/ws/$ex07/join_names/join_names.h"
run 0 check 07.1 --quick --workspace "$tmp/ws"

# Interrupted: nothing is left, exit code 130.
# shellcheck disable=SC2016
"$PC_BUILDDIR/tests/cli/alone" sh -c '
    "$0" check 07 --use starter --careful >/dev/null 2>&1 & pid=$!
    for i in 1 2 3 4 5 6 7 8 9 10; do
        kill -0 "$pid" && [ -n "$(cat "/proc/$pid/task/$pid/children")" ] && break
        sleep 0.05
    done
    kill -INT "$pid"; wait "$pid"' "$PC_BUILDDIR/perfcourse"
got=$?
checks=$((checks + 1))
[ "$got" = 130 ] || wrong "interrupted: exit code $got, wanted 130"

finish
