#!/bin/sh
# A project outside of the tree uses the installed library, by pkg-config alone.
set -u

: "${PC_SRCDIR:?}" "${PC_BUILDDIR:?}"
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
failed=0

fail() {
    echo "FAIL: $*"
    failed=1
}

# expect NAME STATUS COMMAND...: runs it with output in $tmp/out and $tmp/err.
expect() {
    name=$1 status=$2
    shift 2
    "$@" >"$tmp/out" 2>"$tmp/err"
    got=$?
    [ "$got" -eq "$status" ] && return
    fail "$name: status $got, expected $status"
    cat "$tmp/out" "$tmp/err"
}

# has NAME FILE RE: a line of the file matches.
has() {
    grep -Eq -- "$3" "$tmp/$2" && return
    fail "$1: no line of $2 matches $3"
    cat "$tmp/$2"
}

# counts NAME BYTES ALLOCS: what the benchmark printed for --benchmem.
counts() {
    blank='[[:space:]]'
    has "$1" out "^Benchmark$1(-[0-9]+)?${blank}.*${blank}$2 B/op${blank}+$3 allocs/op\$"
}

make -s -C "$PC_BUILDDIR" install DESTDIR="$tmp/root" >"$tmp/log" 2>&1 || {
    cat "$tmp/log"
    fail "make install"
    exit 1
}
pc=$(find "$tmp/root" -name perfbench.pc)
PERFBENCH_COUNT=$(find "$tmp/root" -name perfbench-count.so)
PKG_CONFIG_PATH=$(dirname "$pc")
PKG_CONFIG_SYSROOT_DIR=$tmp/root
# With the prefix /usr these would be left out as the system's, although in another root.
PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1
PKG_CONFIG_ALLOW_SYSTEM_LIBS=1
export PERFBENCH_COUNT PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
export PKG_CONFIG_ALLOW_SYSTEM_CFLAGS PKG_CONFIG_ALLOW_SYSTEM_LIBS
cflags=$(pkg-config --cflags perfbench) || fail "pkg-config --cflags"
libs=$(pkg-config --libs perfbench) || fail "pkg-config --libs"

mkdir "$tmp/project" && cd "$tmp/project" || exit 99
for file in repeat.h repeat.c repeat_bench.c counts_bench.c failing_bench.c stall_bench.c; do
    cp "$PC_SRCDIR/tests/perfbench/$file" . || exit 99
done

# build PROGRAM FILE...: what the manual tells a user to type.
build() {
    program=$1
    shift
    # The flags are several words.
    # shellcheck disable=SC2086
    ${CC:-cc} -O2 -g -Wall -Wextra -Werror $cflags "$@" -o "$program" $libs && return
    fail "$program does not build"
    exit 1
}
build repeat repeat.c repeat_bench.c
build counts counts_bench.c
build both repeat.c repeat_bench.c counts_bench.c
build failing failing_bench.c
build stall stall_bench.c
if command -v g++ >/dev/null; then
    # shellcheck disable=SC2086
    g++ -Wall -Wextra -Werror $cflags -x c++ counts_bench.c -x none -o in_cpp $libs ||
        fail "the header is not for C++"
    expect "a C++ program" 0 ./in_cpp --bench=two --benchmem --benchtime=1x
    counts Two_blocks 64 2
fi

# Without flags: the tests, as in go test.
expect "tests pass" 0 ./repeat
[ "$(cat "$tmp/out")" = PASS ] || fail "more than PASS without flags"
expect "list" 0 ./repeat --list=.
printf '%s\n' BenchmarkRepeat repeating_nothing_gives_nothing \
    a_repetition_is_as_long_as_its_parts | diff - "$tmp/out" || fail "--list"

expect "list of two files" 0 ./both --list='^(zeroed|a_rep|two)'
printf '%s\n' a_repetition_is_as_long_as_its_parts BenchmarkTwo_blocks BenchmarkZeroed |
    diff - "$tmp/out" || fail "files as linked, lines in order"

# Every line that is not PASS is a configuration or a result, by the grammar of Go's format.
number='[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?'
grammar="^(PASS|[a-z][^[:space:][:upper:]]*: .+|Benchmark[^[:space:][:lower:]][^[:space:]]*"
grammar="${grammar}[[:space:]]+[0-9]+([[:space:]]+$number [^[:space:]]+)+)\$"
expect "format" 0 ./repeat --bench=. --benchmem --benchtime=2ms --count=2 --cpu=1,2
if grep -Evn -- "$grammar" "$tmp/out"; then
    fail "lines that are not Go's benchmark format"
fi
[ "$(grep -c ^Benchmark "$tmp/out")" -eq 8 ] ||
    fail "2 sizes, 2 cpus and 2 counts are 8 lines"
has "goos" out '^goos: linux$'
has "no suffix for one processor" out '^BenchmarkRepeat/n=1000[[:space:]]'
has "a suffix for two" out '^BenchmarkRepeat/n=10-2[[:space:]]'
expect "metrics" 0 ./failing --run='^passes$' --bench=reports --benchtime=500x
if grep -Evn -- "$grammar" "$tmp/out"; then
    fail "metrics are not Go's benchmark format"
fi
has "metrics are sorted" out \
    'MB/s.* apples/op.* max-ns.* p50-ns.* p90-ns.* p99-ns.* p99.9-ns.* zebras/op$'
has "100x is 100 times" out '^BenchmarkReports[^[:space:]]*[[:space:]]+500[[:space:]]'

expect "latencies" 0 ./stall --bench=. --benchtime=20ms --cpu=1,2
[ "$(grep -c 'max-ns.* p50-ns.* p90-ns.* p99-ns.* p99.9-ns$' "$tmp/out")" -eq 4 ] ||
    fail "no latencies of bench_pace()"
expect "latencies of any benchmark" 0 ./repeat --bench=. --latency --benchtime=2ms
[ "$(grep -c ' p99.9-ns$' "$tmp/out")" -ge 2 ] || fail "no latencies by --latency"

# Exact counts, also of what libc allocates.
expect "counting" 0 ./counts --bench=. --benchmem --benchtime=1ms --cpu=2
counts Two_blocks 64 2
counts Every_second 16 0.5
counts Nothing 0 0
counts Strdup_only 6 1
counts Asprintf_only '[0-9]+' '[12]'
counts Getline_only '[0-9]+' 1
counts Aligned 384 2
counts Reallocs 100024 3
counts Zeroed 92 2
counts Threads 48 1
counts Stopped 10 1
counts Groups/small 1 1
counts Groups/large_one 1000 1
expect "a size by pattern" 0 ./counts --run='^$' --bench='groups/sm' --benchtime=1x
[ "$(grep -c ^Benchmark "$tmp/out")" -eq 1 ] || fail "a pattern selects below a benchmark"
expect "without the counter" 0 env PERFBENCH_COUNT="$tmp/none.so" \
    ./counts --run='^$' --bench=two --benchmem --benchtime=1x
has "it says why" err '^perfbench: allocations are not counted: .*none.so'
[ "$(wc -l <"$tmp/err")" -eq 1 ] || fail "one line about counting"
grep -q allocs/op "$tmp/out" && fail "columns without counts"

# Failures can be read, repeated and seen in the status.
expect "a failing test" 1 ./failing --run=fails_with_text --bench=reports
has "its name" out '^--- FAIL: fails_with_text \([0-9.]+s\)$'
has "its place" out '^    failing_bench.c:[0-9]+:$'
has "what was expected" out '^        expected: "one,two" \(7 bytes\)$'
has "its seed" out '^    repeat with .*--seed=[0-9]+$'
has "the verdict" out '^FAIL$'
grep -q ^Benchmark "$tmp/out" && fail "benchmarks ran although tests failed"
expect "a random failure" 1 ./failing --run=fails_at_random --seed=5
cp "$tmp/out" "$tmp/first"
expect "and again" 1 ./failing --run=fails_at_random --seed=5
grep -v '^---' "$tmp/first" >"$tmp/a"
grep -v '^---' "$tmp/out" | diff "$tmp/a" - || fail "a seed does not repeat a failure"
expect "exit(0) in a test" 1 ./failing --run='^exits$'
has "it is named" out '^--- FAIL: exits$'
expect "a test below" 1 ./failing --run=groups
has "it has its path" out '^--- FAIL: groups/bad '
expect "a benchmark without a loop" 1 ./failing --run=passes --bench=never
has "it says what to do" out 'a benchmark loops while bench_loop'
expect "a loop that is left" 1 ./failing --run=passes --bench=leaves
expect "threads that are left" 1 ./failing --run=passes --bench=threads_stop --cpu=1,3
has "they are named" out 'a thread left bench_thread_loop\(\) before it ended$'
expect "one thread that is left" 1 ./failing --run=passes --bench=one_thread --cpu=2
expect "exit in a child" 0 ./failing --run=in_a_child
[ "$(cat "$tmp/out")" = PASS ] || fail "a child's exit is its own affair"
expect "a failure within a loop" 1 ./failing --run=passes --bench=breaks
expect "a full disk" 1 sh -c './repeat --run=nothing >/dev/full'
expect "an unknown flag" 2 ./repeat --bnech=.
has "the nearest is named" err 'did you mean --bench\?$'
expect "a broken pattern" 2 ./repeat '--run=a(b'
has "it is named" err '^repeat: --run: a\(b: '

# The protocol of perfcourse: orders on 3, answers on 4, the token only after the last test.
# shellcheck disable=SC2016
wire='echo "tests seed=5 token=a%20b" | "$@" --wire 3<&0 4>&1 >/dev/null'
expect "wire" 0 sh -c "$wire" sh ./repeat
printf '%s\n' 'run name=repeating_nothing_gives_nothing' \
    'pass name=repeating_nothing_gives_nothing' \
    'run name=a_repetition_is_as_long_as_its_parts' \
    'pass name=a_repetition_is_as_long_as_its_parts' \
    'ok n=2 failed=0 token=a%20b' | diff - "$tmp/out" || fail "answers on the wire"
expect "wire with a failure" 1 sh -c "$wire" sh ./failing --run=with_text
has "escaped" out '^failure name=fails_with_text text=[^ ]*:%20input:.*%0Aexpected:'
has "counted" out '^ok n=1 failed=1 token=a%20b$'
expect "wire with exit(0)" 0 sh -c "$wire" sh ./failing --run='^exits$'
[ "$(cat "$tmp/out")" = 'run name=exits' ] || fail "exit(0) looks like a success"
# shellcheck disable=SC2016
expect "wire without orders" 2 sh -c '"$@" --wire 3</dev/null 4>&1' sh ./repeat
has "it says so" out '^error text=expected%20an%20order'

[ "$failed" -eq 0 ] && echo "the installed library works"
exit "$failed"
