#!/bin/sh
# A program outside of the tree profiles itself with the installed library: what pprof reads in
# its files and gets from its server.
set -u

: "${PC_SRCDIR:?}" "${PC_BUILDDIR:?}"
tmp=$(mktemp -d) || exit 99
server=
# shellcheck disable=SC2317
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -rf "$tmp"
}
trap finish EXIT
trap 'exit 1' INT TERM
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

make -s -C "$PC_BUILDDIR" install DESTDIR="$tmp/root" >"$tmp/log" 2>&1 || {
    cat "$tmp/log"
    fail "make install"
    exit 1
}
PKG_CONFIG_PATH=$(dirname "$(find "$tmp/root" -name perfprof.pc)")
PKG_CONFIG_SYSROOT_DIR=$tmp/root
# With the prefix /usr these would be left out as the system's, although in another root.
PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1
PKG_CONFIG_ALLOW_SYSTEM_LIBS=1
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
export PKG_CONFIG_ALLOW_SYSTEM_CFLAGS PKG_CONFIG_ALLOW_SYSTEM_LIBS
cflags=$(pkg-config --cflags perfprof) || fail "pkg-config --cflags"
libs=$(pkg-config --libs perfprof) || fail "pkg-config --libs"
both=$(pkg-config --cflags --libs perfbench perfprof) || fail "pkg-config of both"
bench_alone=$(pkg-config --cflags --libs perfbench) || fail "pkg-config perfbench"

mkdir "$tmp/project" "$tmp/home" && cd "$tmp/project" || exit 99
for file in heap.c heap_bench.c locks_bench.c own_malloc.c pool.c split.c split_bench.c; do
    cp "$PC_SRCDIR/tests/perfprof/$file" . || exit 99
done

# build OUT SOURCE COMPILER FLAGS: all but OUT are words.
build() {
    # shellcheck disable=SC2086
    expect "$3 builds $2" 0 $3 -O2 -g -Wall -Werror $2 -o "$1" $4
}

# ask PROGRAM WORDS...: it runs until descriptor 9 is closed, and $url is what it says.
ask() {
    rm -f in url
    mkfifo in
    "$@" <in >url 2>err &
    server=$!
    exec 9>in
    while [ ! -s url ] && kill -0 "$server" 2>/dev/null; do
        sleep 0.02
    done
    url=$(cat url)
}
leave() {
    exec 9>&-
    wait "$server" || fail "the server ended with $?"
    server=
}

# Go's pprof fetches nothing, and all that it writes is here.
# shellcheck disable=SC2317
pprof() {
    HOME=$tmp/home PPROF_TMPDIR=$tmp/home GOENV=off GOTOOLCHAIN=local GOPROXY=off \
        GO111MODULE=off GOCACHE=$tmp/home GOTELEMETRY=off GOFLAGS='' timeout 120 \
        go tool pprof "$@"
}
has_go=true
command -v go >/dev/null 2>&1 || {
    [ "${CI:-}" != true ] || fail "go is missing, and CI must have it (package golang-go)"
    has_go=false
    echo "not tried: go tool pprof (package golang-go)"
}

for compiler in ${CC:-gcc} gcc clang; do
    command -v "$compiler" >/dev/null 2>&1 || continue
    [ ! -e "split-$compiler" ] || continue
    build "split-$compiler" split.c "$compiler" "$cflags $libs"
    expect "$compiler's profile" 0 "./split-$compiler" cpu.folded 300
    has "$compiler's stacks" project/cpu.folded 'main;.*mostly;steps [0-9]+$'
done
program=$(find . -name 'split-*' | head -n 1)

expect "a folder that is not there" 1 "$program" nowhere/cpu.pb.gz 10
has "it is named" err 'cannot write .*nowhere/cpu\.pb\.gz: No such file'
expect "a profile" 0 "$program" cpu.pb.gz 600
if $has_go; then
    expect "pprof -top" 0 pprof -top cpu.pb.gz
    has "the kind" out '^Type: cpu$'
    has "how it was taken" out '^perfcourse: cpu profile, [0-9]+ samples at 250 Hz, .* of CPU in '
    has "the loop" out ' steps( \(inline\))?$'
    has "its caller" out '[0-9]% +mostly$'
    expect "pprof -list" 0 pprof -source_path=. -list mostly cpu.pb.gz
    has "the source" out 'return steps\(x, 70000\)'
    expect "pprof -tags" 0 pprof -tags cpu.pb.gz
    has "the label" out '^ *step: Total'
    has "the first value" out '%\): first$'
    has "the second value" out '%\): second$'
fi

# A program that is asked while it runs.
ask "$program" --serve 0
port=${url#http://127.0.0.1:}
port=${port%%/*}
expect "the same port" 1 "$program" --serve "$port"
has "it is said" err "cannot listen on port $port of 127\.0\.0\.1: Address already in use"
expect "no port" 1 "$program" --serve 70000
has "why" err 'a port is a number from 0 to 65535'
if $has_go; then
    expect "pprof by HTTP" 0 pprof -top "${url}profile?seconds=1"
    has "the kind" out '^Type: cpu$'
    has "the loop" out ' steps( \(inline\))?$'
    expect "pprof by the clock" 0 pprof -top "${url}wall?seconds=1"
    has "the kind" out '^Type: wall$'
    expect "a profile that is none" 1 pprof -top "${url}mutex"
    has "why" err 'waiting for locks is not recorded in this process'
fi
leave

# What is allocated: tests/perfprof/heap.c says how much of it stays.
cat >stays <<'EOF'
align 256
copy;[^;]*strdup 60
grow 2048
leak 192
EOF
for compiler in gcc clang "${CC:-gcc} -fno-omit-frame-pointer -no-pie"; do
    command -v "${compiler%% *}" >/dev/null 2>&1 || continue
    build heap heap.c "$compiler" "$cflags $libs"
    expect "$compiler's allocations" 0 ./heap heap.folded
    while read -r line; do
        has "$compiler's stacks" project/heap.folded "(^|;)main;(.*;)?$line\$"
    done <stays
    [ "$(wc -l <heap.folded)" -eq 4 ] || fail "$compiler: more than that stays"
done
expect "a file of allocations" 0 ./heap heap.pb.gz
ask ./heap --serve 0
if $has_go; then
    for what in heap.pb.gz "${url}heap"; do
        expect "pprof of $what" 0 pprof -top "$what"
        has "the kind" out '^Type: inuse_space$'
        has "all that is in use" out '2556B total$'
        has "what has leaked" out ' 192B .* leak$'
        expect "pprof of all allocations" 0 pprof -sample_index=alloc_objects -top "$what"
        has "each one" out ' 5027 total$'
        has "those of threads" out ' 4000 .* in_thread$'
    done
    expect "pprof of allocs" 0 pprof -top "${url}allocs"
    has "the kind" out '^Type: alloc_space$'
    expect "the difference" 0 pprof -top -base heap.pb.gz "${url}heap"
    has "there is none" out 'accounting for 0, 0% of '
fi
leave
ask ./heap --idle 0
if $has_go; then
    expect "allocations that are not counted" 1 pprof -top "${url}heap"
    has "why" err 'allocations are not recorded in this process: .* heap\?seconds=5$'
    expect "allocations of a second" 0 pprof -top "${url}heap?seconds=1"
    has "what comes and stays" out 'B .* serve( \(inline\))?$'
fi
leave

# Where threads are, and what they wait for.
build pool pool.c "${CC:-gcc}" "$cflags $libs"
ask ./pool 0
if $has_go; then
    expect "pprof of threads" 0 pprof -top "${url}threads"
    has "the kind" out '^Type: threads$'
    expect "pprof of mutex" 0 pprof -traces "${url}mutex?seconds=1"
    has "the kind" out '^Type: delay$'
    has "who wakes" out '^ *waker: +give .*pool\.c:[0-9]+$'
    has "who waits" out '[0-9.]+m?s +take$'
fi
leave

# Who has a malloc of its own keeps it, and is told so.
build own "heap.c own_malloc.c" "${CC:-gcc}" "$cflags $libs"
expect "an own malloc" 1 ./own heap.folded
has "why" err '^this program has a malloc of its own, so its allocations are not seen$'
# shellcheck disable=SC2086
if "${CC:-gcc}" -fsanitize=address heap.c -o sane $cflags $libs >/dev/null 2>&1; then
    expect "a sanitizer" 1 ./sane heap.folded
    has "why" err '^a sanitizer watches the allocations of this program: build it without '
fi
# Threads are the sanitizer's, too.
# shellcheck disable=SC2086
if command -v clang >/dev/null 2>&1 &&
    clang -fsanitize=thread split.c -o sane $cflags $libs >/dev/null 2>&1; then
    ask ./sane --serve 0
    has "a server beside a sanitizer" project/url '^http://127\.0\.0\.1:[0-9]+/debug/pprof/$'
    leave
fi

# Programs of perfbench get a flag.
build bench split_bench.c "${CC:-gcc}" "$both"
expect "--cpuprofile" 0 ./bench --run='^$' --bench=. --benchtime=300ms --cpuprofile bench.folded
has "the benchmark runs" out '^BenchmarkSplit.* ns/op$'
if ! grep -Eq 'bench_body_split;steps [0-9]+$' bench.folded; then
    fail "--cpuprofile: no stack of the bench"
    cat bench.folded
fi
build heap_bench heap_bench.c "${CC:-gcc}" "$both"
expect "--memprofile" 0 ./heap_bench --run='^$' --bench=. --benchtime=100x --memprofile heap.pb.gz
if $has_go; then
    expect "pprof of --memprofile" 0 pprof -sample_index=alloc_objects -top heap.pb.gz
    has "each operation's" out ' [0-9]+ .* bench_body_pairs( \(inline\))?$'
fi
expect "--memprofile without a place" 1 ./heap_bench --memprofile=nowhere/heap.pb.gz
has "it is told" err '^perfbench: --memprofile nowhere/heap\.pb\.gz: cannot write '
build locks_bench locks_bench.c "${CC:-gcc}" "$both"
expect "--mutexprofile" 0 ./locks_bench --run='^$' --bench=. --benchtime=200x --mutexprofile locks.pb.gz
if $has_go; then
    expect "pprof of --mutexprofile" 0 pprof -sample_index=calls -top locks.pb.gz
    has "the kind" out '^Type: calls$'
    has "who locks" out ' 400 .* take_turns( \(inline\))?$'
fi
expect "--cpuprofile without a place" 1 ./bench --cpuprofile=nowhere/cpu.pb.gz
has "it is told" err '^perfbench: --cpuprofile nowhere/cpu\.pb\.gz: cannot write '
build plain split_bench.c "${CC:-gcc}" "$bench_alone"
expect "without libperfprof" 2 ./plain --cpuprofile=cpu.pb.gz
has "what to do" err '^plain: --cpuprofile needs libperfprof: link with .*perfbench perfprof'
expect "nor allocations" 2 ./plain --memprofile=heap.pb.gz
has "what to do" err '^plain: --memprofile needs libperfprof: link with .*perfbench perfprof'
if readelf -d plain 2>/dev/null | grep -E 'NEEDED.*(libdw|libz)'; then
    fail "libperfbench needs more than libc"
fi

[ "$failed" -eq 0 ] && echo "the installed library works"
exit "$failed"
