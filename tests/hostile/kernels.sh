#!/bin/sh
# Kernels that hang, crash, leak, fork, flood and lie: each gets its exit code and a message, and
# leaves no process.  The first line of a kernel says what is expected: "expect: CODES TEXT", both
# basic regular expressions; codes separated by \|.
. "$PC_SRCDIR/tests/cli/lib.sh"

judge() {
    kernel=$1
    name=$(basename "$kernel" .c)
    "$PC_BUILDDIR/tests/cli/alone" "$PC_BUILDDIR/perfcourse" check join_names --use "$kernel" \
        --quick >"$tmp/$name.out" 2>"$tmp/$name.err" </dev/null
    echo $? >"$tmp/$name.code"
}

expected() {
    sed -n '1s|^/\* expect: \(.*\) \*/|\1|p' "$1"
}

# Two at a time: some of them use up their time limit.
for kernel in "$PC_SRCDIR"/tests/hostile/kernels/*.c; do
    judge "$kernel" &
    running=$((${running:-0} + 1))
    if [ "$running" = 2 ]; then
        wait
        running=0
    fi
done
wait

for kernel in "$PC_SRCDIR"/tests/hostile/kernels/*.c; do
    name=$(basename "$kernel" .c)
    cp "$tmp/$name.out" "$tmp/out"
    cp "$tmp/$name.err" "$tmp/err"
    got=$(cat "$tmp/$name.code")
    wanted=$(expected "$kernel")
    [ -n "$wanted" ] || wanted='3 '
    codes=${wanted%% *}
    text=${wanted#* }
    checks=$((checks + 1))
    echo "$got" | grep -q "^\($codes\)\$" || wrong "$name: exit code $got, wanted $codes"
    says out "$text"
    says_not out "$(printf '\033')" "$(printf '\007')"
done

# The next check is not disturbed by any of them.
run 0 check join_names --use reference --quick

finish
