# Common to the tests with hostile kernels.
# shellcheck shell=sh
# Sourced.  A kernel is a file of tests/hostile/kernels, written on tests/hostile/hostile.h.  Its
# first lines tell what is expected when it misbehaves in the tests, while it is counted and while it
# is timed, as "/* STAGE: CODES TEXT */": CODES (separated by \|) and TEXT are basic regular
# expressions.  One that names no stage does not build.

. "$PC_SRCDIR/tests/cli/lib.sh"
. "$PC_SRCDIR/tests/cli/course_of.sh"

kernels=$PC_SRCDIR/tests/hostile/kernels

# What the kernels include belongs to the exercise here, and what they look for is in the home.
secret=$HOME/.secret
echo "nobody may read this" >"$secret"
cp "$PC_SRCDIR/tests/hostile/hostile.h" "$course/exercises/$ex07/join_names/"
echo "#define SECRET \"$secret\"" >"$course/exercises/$ex07/join_names/secret.h"

# Nothing of the program's own may stay here.
export TMPDIR="$tmp/temporary"
mkdir "$TMPDIR"

# The compiler is proven before several at a time use it: that takes a while, and a quiet one.
run 0 check join_names --use reference --quick

# expected NAME STAGE: "CODES TEXT" of the kernel in that stage.
expected() {
    if [ "$2" = tests ] && ! grep -q -E '^/\* (tests|counts|timed): ' "$kernels/$1.c"; then
        echo '3 does not build'
    else
        sed -n "s|^/\* $2: \(.*\) \*/|\1|p" "$kernels/$1.c"
    fi
}

# names_of STAGE: the kernels that have something to do in that stage.
names_of() {
    for kernel in "$kernels"/*.c; do
        name=$(basename "$kernel" .c)
        [ -z "$(expected "$name" "$1")" ] || echo "$name"
    done
}

# judge NAME STAGE: check the kernel; what is said and the code go to $tmp/NAME.STAGE.*.  The first
# line makes room for the word that tells when to misbehave, so that lines keep their numbers.  Who
# ends late gets a second try, in which nothing needs to be compiled.
judge() {
    file="$tmp/$1.$2.c"
    options=
    case $2 in
    tests) cp "$kernels/$1.c" "$file" ;;
    counts) sed '1s/.*/#define IN_COUNTS/' "$kernels/$1.c" >"$file" ;;
    timed) sed '1s/.*/#define IN_TIMING/' "$kernels/$1.c" >"$file" ;;
    esac
    [ "$2" = timed ] || options=--quick
    for _ in 1 2; do
        # shellcheck disable=SC2086
        "$alone" --hosts "$program" check join_names --use "$file" $options \
            >"$tmp/$1.$2.out" 2>"$tmp/$1.$2.err" </dev/null
        code=$?
        [ "$code" = 97 ] || break
    done
    echo "$code" >"$tmp/$1.$2.code"
}

# Whether it is as expected.
fits() {
    wanted=$(expected "$1" "$2")
    grep -q "^\(${wanted%% *}\)\$" "$tmp/$1.$2.code" &&
        grep -q -e "${wanted#* }" "$tmp/$1.$2.out"
}

# compare NAME STAGE: what came of it and what is expected.  Who lies about times may get away with it
# on a machine that is busy with others, hence another try of its own.
compare() {
    [ "$2" != timed ] || fits "$1" "$2" || judge "$1" "$2"
    cp "$tmp/$1.$2.out" "$tmp/out"
    cp "$tmp/$1.$2.err" "$tmp/err"
    got=$(cat "$tmp/$1.$2.code")
    wanted=$(expected "$1" "$2")
    checks=$((checks + 3))
    echo "$got" | grep -q "^\(${wanted%% *}\)\$" ||
        wrong "$1 in $2: exit code $got, wanted ${wanted%% *}"
    grep -q -e "${wanted#* }" "$tmp/out" || wrong "$1 in $2: no \"${wanted#* }\""
    ! LC_ALL=C grep -q "[$(printf '\001-\010\013-\037\177')]" "$tmp/out" ||
        wrong "$1 in $2: control characters"
    # Whoever does not pass learns what to do.
    case $got in
    [1345]) grep -q '^next: ' "$tmp/out" || wrong "$1 in $2: nothing to do next" ;;
    esac
}

# judge_all STAGE NAME...: so many at a time, as some use up their time limit.
judge_all() {
    stage=$1
    shift
    running=
    for name in "$@"; do
        judge "$name" "$stage" &
        # shellcheck disable=SC2086
        set_running $running $!
    done
    # shellcheck disable=SC2086
    wait $running
    for name in "$@"; do
        compare "$name" "$stage"
    done
}

# Wait for the first of those that run when there are enough.
set_running() {
    if [ $# -ge "${PC_HOSTILE_JOBS:-2}" ]; then
        wait "$1"
        shift
    fi
    running=$*
}

# A check on a terminal leaves its modes as they were, whatever the kernel does to its own output.
keeps_the_terminal() {
    command -v script >/dev/null || return
    for name in aborts escapes floods raw_kill_itself raw_terminal; do
        script -q -e -c "stty -g; '$program' check join_names --quick \
            --use '$kernels/$name.c'; stty -g" /dev/null </dev/null >"$tmp/out" 2>&1
        checks=$((checks + 1))
        before=$(sed -n '1s/.*:.*:.*:.*/&/p' "$tmp/out")
        if [ -z "$before" ] || [ "$before" != "$(sed -n '$p' "$tmp/out")" ]; then
            wrong "$name: the terminal has other modes than before"
        fi
    done
}

# Nothing stays: neither of what kernels made nor of what was made for them.
leaves_nothing() {
    checks=$((checks + 3))
    find "$TMPDIR" -mindepth 1 >"$tmp/out"
    [ ! -s "$tmp/out" ] || wrong "temporary files are left"
    find "$HOME" -mindepth 1 ! -path "$secret" >"$tmp/out"
    [ ! -s "$tmp/out" ] || wrong "files are left in the home folder"
    [ -e /tmp/perfcourse-was-here ] && wrong "a kernel has written to /tmp"
    # A cache of one's own: elsewhere other tests compile meanwhile.
    [ -z "$PC_TEST_CACHE" ] || find "$PC_TEST_CACHE" -mindepth 1 -name 'tmp.*' >"$tmp/out"
    [ ! -s "$tmp/out" ] || wrong "folders of compilers are left in the cache"
}
