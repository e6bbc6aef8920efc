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
cp "$PC_SRCDIR/tests/perfprof/split.c" "$PC_SRCDIR/tests/perfprof/split_bench.c" . || exit 99

# build OUT SOURCE COMPILER FLAGS: compiler and flags are words.
build() {
    # shellcheck disable=SC2086
    expect "$3 builds $2" 0 $3 -O2 -g -Wall -Werror "$2" -o "$1" $4
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
mkfifo in
"$program" --serve 0 <in >url 2>err &
server=$!
exec 9>in
while [ ! -s url ] && kill -0 "$server" 2>/dev/null; do
    sleep 0.02
done
url=$(cat url)
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
    expect "a profile that is none" 1 pprof -top "${url}heap"
    has "why" err 'allocations are not recorded in this process'
fi
exec 9>&-
wait "$server" || fail "the server ended with $?"
server=

# Programs of perfbench get a flag.
build bench split_bench.c "${CC:-gcc}" "$both"
expect "--cpuprofile" 0 ./bench --run='^$' --bench=. --benchtime=300ms --cpuprofile bench.folded
has "the benchmark runs" out '^BenchmarkSplit.* ns/op$'
if ! grep -Eq 'bench_body_split;steps [0-9]+$' bench.folded; then
    fail "--cpuprofile: no stack of the bench"
    cat bench.folded
fi
expect "--cpuprofile without a place" 1 ./bench --cpuprofile=nowhere/cpu.pb.gz
has "it is told" err '^perfbench: --cpuprofile nowhere/cpu\.pb\.gz: cannot write '
build plain split_bench.c "${CC:-gcc}" "$bench_alone"
expect "without libperfprof" 2 ./plain --cpuprofile=cpu.pb.gz
has "what to do" err '^plain: --cpuprofile needs libperfprof: link with .*perfbench perfprof'
if readelf -d plain 2>/dev/null | grep -E 'NEEDED.*(libdw|libz)'; then
    fail "libperfbench needs more than libc"
fi

[ "$failed" -eq 0 ] && echo "the installed library works"
exit "$failed"
