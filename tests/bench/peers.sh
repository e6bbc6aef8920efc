#!/bin/sh
# The same kernel with nothing, 2 % and 5 % less to do, idle and beside two busy loops: who sees the
# difference, in which time, and who sees one where there is none.  Peers are Google Benchmark
# (libbenchmark-dev) and `go test -bench` (golang-go); each runs old and new for 10 x 50 ms, and the
# two are compared by the Mann-Whitney U test at 5 %, as their own tools do.  Ours stops when it is
# certain (0.1 % on either side), or after 2 s, as a check does.  Exit code 1 when ours was wrong.
#
#   peers.sh [TRIALS]
. "$PC_SRCDIR/tests/bench/lib.sh"

trials=${1:-6}
cc=${CC:-cc}
aligned='-O2 -falign-functions=64 -falign-loops=64 -falign-jumps=64 -falign-labels=32'
sizes='1000 980 950'
chain=$PC_SRCDIR/tests/bench/chain.c
wrong=0

build_ours() {
    for n in $sizes; do
        # shellcheck disable=SC2086
        $cc $aligned -std=gnu17 -fPIC -shared -DCHAIN_BENCH -DSTEPS="$n" \
            -I"$PC_SRCDIR/src/perfbench" "$chain" -o "$tmp/$n.so" || return 1
        cp "$tmp/$n.so" "$tmp/$n.new.so"
    done
}

build_google() {
    for n in $sizes; do
        # shellcheck disable=SC2086
        $cc $aligned -std=gnu17 -c -DSTEPS="$n" "$chain" -o "$tmp/chain.o" &&
            g++ -O2 "$PC_SRCDIR/tests/bench/chain_google.cc" "$tmp/chain.o" -lbenchmark -lpthread \
                -o "$tmp/google.$n" || return 1
    done
}

build_go() {
    export GOCACHE="$tmp/go" GOFLAGS=-mod=mod GOPROXY=off
    mkdir -p "$tmp/gochain"
    printf 'module chain\n\ngo 1.18\n' >"$tmp/gochain/go.mod"
    for n in $sizes; do
        cat >"$tmp/gochain/chain_test.go" <<END
package chain

import "testing"

//go:noinline
func chain(x uint64) uint64 {
	for i := 0; i < $n; i++ {
		x = x*6364136223846793005 + 1442695040888963407
	}
	return x
}

var sink uint64

func BenchmarkChain(b *testing.B) {
	x := uint64(1)
	for i := 0; i < b.N; i++ {
		x = chain(x)
	}
	sink = x
}
END
        (cd "$tmp/gochain" && go test -c -o "$tmp/go.$n") || return 1
    done
}

# What one trial says: "faster", "slower" or "unsure", and its seconds.
try_ours() {
    "$PC_BUILDDIR/tests/bench/resolve" "$tmp/1000.so" "$tmp/$1.new.so" 2000 |
        cut -d ' ' -f 1,2
}

# times_of PEER STEPS: ten times per operation.
times_of() {
    case $1 in
    google)
        "$tmp/google.$2" --benchmark_repetitions=10 --benchmark_min_time=0.05 \
            --benchmark_format=csv 2>"$tmp/err" | awk -F, '$1 == "\"Chain\"" { print $4 }'
        ;;
    go)
        "$tmp/go.$2" -test.bench=. -test.count=10 -test.benchtime=50ms |
            awk '/^BenchmarkChain/ { print $3 }'
        ;;
    esac
}

# Two samples of ten: U of at most 23 has a probability below 5 %.
try_peer() {
    begin=$(date +%s%N)
    { times_of "$1" 1000 | sed 's/^/old /' && times_of "$1" "$2" | sed 's/^/new /'; } >"$tmp/samples"
    awk -v ns=$(($(date +%s%N) - begin)) '
        { v[$1, ++n[$1]] = $2 }
        END {
            for (i = 1; i <= n["old"]; i++)
                for (k = 1; k <= n["new"]; k++)
                    u += v["old", i] > v["new", k] ? 1 : v["old", i] == v["new", k] ? 0.5 : 0
            if (n["old"] != 10 || n["new"] != 10) says = "failed"
            else says = u <= 23 ? "slower" : u >= 77 ? "faster" : "unsure"
            printf "%s %.3f\n", says, ns / 1e9 }' "$tmp/samples"
}

# run_cell TOOL STEPS: all trials, counted.
run_cell() {
    i=0
    while [ "$i" -lt "$trials" ]; do
        if [ "$1" = ours ]; then try_ours "$2"; else try_peer "$1" "$2"; fi
        i=$((i + 1))
    done >"$tmp/said"
    truth=faster
    [ "$2" != 1000 ] || truth=unsure
    awk -v truth="$truth" '
        { seconds[NR] = $2; if ($1 == truth) right++; else if ($1 != "unsure") wrong++ }
        END {
            for (i = 2; i <= NR; i++)
                for (k = i; k > 1 && seconds[k] < seconds[k - 1]; k--) {
                    t = seconds[k]; seconds[k] = seconds[k - 1]; seconds[k - 1] = t }
            m = NR % 2 ? seconds[(NR + 1) / 2] : (seconds[NR / 2] + seconds[NR / 2 + 1]) / 2
            if (truth == "unsure") printf "%d false of %d", wrong, NR
            else printf "%d right, %d wrong of %d", right, wrong, NR
            printf ", %.2f s each\n", m
            exit wrong > 0 }' "$tmp/said"
}

tools=ours
build_ours || exit 1
for peer in google go; do
    case $peer in
    google)
        name='Google Benchmark (libbenchmark-dev, g++)'
        build_google >"$tmp/err" 2>&1
        ;;
    go)
        name='go test -bench (golang-go)'
        build_go >"$tmp/err" 2>&1
        ;;
    esac
    # shellcheck disable=SC2181
    if [ $? = 0 ]; then
        tools="$tools $peer"
    else
        echo "peers: $name is not installed: left out"
    fi
done

for load in idle busy; do
    [ "$load" = idle ] || be_busy 2
    for n in $sizes; do
        case $n in
        1000) what='no difference' ;;
        980) what='2 % faster' ;;
        *) what='5 % faster' ;;
        esac
        for tool in $tools; do
            printf 'peers: %-4s %-13s %-6s ' "$load" "$what" "$tool"
            run_cell "$tool" "$n" || { [ "$tool" != ours ] || wrong=1; }
        done
    done
    be_idle
done
exit "$wrong"
