#!/bin/sh
# `perfcourse dev verify`: each kind of fault that is planted in a course is named.  Most of them
# are planted in an exercise that is judged by counts alone, so that no time decides here.
. "$PC_SRCDIR/tests/cli/lib.sh"

course="$tmp/course"
cc=${CC:-gcc}
cc=${cc##* }
export PERFCOURSE_DATADIR="$course"
exercise="$course/exercises/$ex07/keep_small"
checks_dir="$course/checks/$ex07/keep_small"
lesson="$course/lessons/$ex07/lesson.lua"

fresh() {
    rm -rf "$course"
    mkdir -p "$course"
    cp -R "$PC_SRCDIR/lessons" "$PC_SRCDIR/exercises" "$PC_SRCDIR/checks" "$course"
    chmod -R u+w "$course"
}

fresh
run 0 dev verify keep_small --cc "$cc"
says out '^trying 14 kernels' '^07.5 .*reference .*live-B' ': certified$'
says_not out 'defect' "$(printf '\r')"
[ ! -e "$HOME/perfcourse" ] || wrong "certifying made a workspace"

run 0 dev verify 07.5 --margins --cc "$cc"
says out '^propose 07.5 live-B <= .*reference .*a_page_for_each_name' '^propose 07.5 allocs/op'

# What must be refused passes, what must pass is too near, texts are missing.
cp "$checks_dir/reference.c" "$exercise/keep_small.c"
echo 'static int nobody_needs_this;' >>"$exercise/keep_small.c"
cp "$checks_dir/reference.c" "$checks_dir/mutants/puts_for_the_caller.c"
cp "$checks_dir/mutants/copies_and_holds.c" "$checks_dir/mutants/cuts_long_names.c"
sed -i 's/\["allocs\/op"\] = {max = 128, gold = 80}/["allocs\/op"] = {max = 80}, ["B\/op"] = {max = 1e9}/' \
    "$checks_dir/limits.lua"
awk '/name = "keep_small"/ { inside = 1 }
    inside && /hints = {/ { print "hints = {\"one\", \"two\"},"; skipping = 1 }
    skipping && /^            },/ { skipping = 0; inside = 0; next }
    !skipping' "$lesson" >"$tmp/lesson" && cp "$tmp/lesson" "$lesson"
run 1 dev verify keep_small --cc "$cc"
says out '^defect: 07.5 keep_small: it has 2 hints' \
    '^defect: .*neither the starter nor a mutant misses B/op' \
    '^defect: 07.5 keep_small, .*, starter: it builds with 1 warning: .*nobody_needs_this' \
    '^defect: .*, starter: it passes, but must be refused for live-B' \
    '^defect: .*, reference: allocs/op 68 is 1.18 times from its limit 80, 1.50 are needed' \
    '^defect: .*, puts_for_the_caller: it passes, but must be refused for crash' \
    '^defect: .*, cuts_long_names: it is refused for live-B instead of wrong' \
    'not certified, [0-9]* defects$'
run 1 dev verify 07.5 --cc "$cc" --json
cp "$tmp/out" "$tmp/json"
at() {
    want=$1
    shift
    checks=$((checks + 1))
    value=$("$PC_BUILDDIR/tests/cli/json_at" "$@" <"$tmp/json")
    [ "$value" = "$want" ] || wrong "$* is $value, not $want"
}
at 1 code
at 1 exercises
at '"starter"' kernels 0 role
at '"live-B"' kernels 0 declared 0
at '"live-B"' kernels 1 limits 0 metric
at true kernels 1 limits 0 passed
at '"07.5 keep_small"' defects 0 where

# Without an afterword, without mutants, and with a reference that is none.
fresh
cp "$exercise/keep_small.c" "$checks_dir/reference.c"
rm -rf "$checks_dir/mutants"
sed -i '/mutants = {/,/^    },/d' "$checks_dir/limits.lua"
awk '/name = "keep_small"/ { inside = 1 }
    inside && /afterword = / { skipping = 1 }
    skipping { if (/\]\],/) { skipping = 0; inside = 0 } next }
    { print }' "$lesson" >"$tmp/lesson" && cp "$tmp/lesson" "$lesson"
run 1 dev verify keep_small --cc "$cc"
says out 'it has no mutant' 'it has no afterword' \
    'reference: it must pass, but is refused for live-B'

# A kernel that does not build, limits that cannot be read.
fresh
echo 'int broken(void) { return' >>"$exercise/keep_small.c"
run 1 dev verify keep_small --cc "$cc"
says out 'starter: it is refused for build instead of live-B: does not build'
echo 'return {' >"$checks_dir/limits.lua"
run 1 dev verify keep_small --cc "$cc"
says out '^defect: 07.5 keep_small: .*limits.lua'

# A topic that cannot be read.
fresh
sed -i 's/proof = "append"/proof = "apend"/' "$lesson"
run 1 dev verify --cc "$cc"
says out '^defect: a topic: .*no experiment "apend"'

fresh
run 7 dev verify 07.5 --cc no_such_compiler
says err 'no_such_compiler'
run 2 dev verify 07.9
run 2 dev verify --cc a,b,c,d,e
says err 'at most 4'
run 0 dev --help
says out '--margins' '--json' '--cc'

finish
