#!/bin/sh
# Files in pprof's format: what `go tool pprof` reads in ours, and what we read in Go's.
. "$PC_SRCDIR/tests/cli/lib.sh"

cd "$tmp" || exit 99
program=$PC_BUILDDIR/tests/cli/pprof_files
if ! command -v go >/dev/null 2>&1; then
    if [ "${CI:-}" = true ]; then
        echo "go is missing, and CI must have it (package golang-go)"
        exit 1
    fi
    echo "skipped: go is missing (package golang-go)"
    exit 77
fi

# Nothing is fetched, and all that Go writes is here.
unset GOROOT PPROF_BINARY_PATH
export GO111MODULE=off GOFLAGS='' GOTOOLCHAIN=local GOPROXY=off GOSUMDB=off GOTELEMETRY=off
export GOENV=off GOPATH="$tmp/gopath" GOCACHE="$tmp/gocache" GOTMPDIR="$tmp"
export PPROF_TMPDIR="$tmp" TZ=UTC

pprof() {
    checks=$((checks + 1))
    timeout 120 go tool pprof "$@" >out 2>err || wrong "go tool pprof $*"
}

# is WHAT: standard input is what came out.
is() {
    checks=$((checks + 1))
    cat >expected
    diff expected out >differs || {
        wrong "$1 is not as expected:"
        cat differs
    }
}

for kind in cpu later alloc; do
    run 0 $kind $kind.pb.gz
done
run 0 cpu again.pb.gz
cmp cpu.pb.gz again.pb.gz || wrong "equal profiles are not equal files"
run 7 cpu nowhere/cpu.pb.gz
says err 'nowhere'

# Everything that is written, as pprof reads it.
pprof -raw cpu.pb.gz
grep -v '^Duration' out >kept && mv kept out
is "the raw profile" <<'EOT'
Comment: perfcourse: cpu profile of sort.c, 200 samples at 250 Hz, 800 ms of CPU in 804 ms
PeriodType: cpu nanoseconds
Period: 4000000
Time: 2023-11-14 22:13:20.123 +0000 UTC
Samples:
samples/count cpu/nanoseconds[dflt]
         30  120000000: 1 2 3 
                endpoint:[/sort]
         60  240000000: 4 5 2 3 
                endpoint:[/sort]
         40  160000000: 6 2 3 
                endpoint:[/sort]
         50  200000000: 7 8 8 9 3 
                endpoint:[/fib]
         20   80000000: 8 9 3 
                endpoint:[/fib]
Locations
     1: 0x17da M=1 sort sort.c:10 s=1
     2: 0x13f1 M=1 bench_sort bench.c:9 s=1
     3: 0x1000 M=1 main run.c:0 s=0
     4: 0x1fa0 M=1 memcmp :0 s=0
     5: 0x17dc M=1 cmp sort.c:3 s=1
             sort sort.c:12 s=1
     6: 0x17dc M=1 cmp sort.c:4 s=1
             sort sort.c:12 s=1
     7: 0x278e M=1 fib sort.c:30 s=1
     8: 0x278f M=1 fib sort.c:31 s=1
     9: 0x239c M=1 bench_fib bench.c:20 s=1
Mappings
1: 0x1000/0x9000/0x0 /course/sort.so c0ffee [FN][FL][LN][IN]
EOT

# The views that the course quotes; nothing is looked up elsewhere.
seq 1 40 | sed 's/^/line /' >sort.c
pprof -top cpu.pb.gz
says out '^File: sort.so$' '^Type: cpu$' 'Duration: 804ms, Total samples = 800ms' \
    '280ms 35.00% 35.00% *280ms 35.00%  fib$' '160ms 20.00% 85.00% *400ms 50.00%  cmp (inline)$' \
    '0 *0% *100% *800ms *100%  main$'
[ ! -s err ] || wrong "pprof complains of our file"
pprof -top -sample_index=samples cpu.pb.gz
says out '^Type: samples$' ' 70 35.00% 35.00%  *70 35.00%  fib$'
pprof '-list=^cmp' -source_path="$tmp" cpu.pb.gz
says out 'cmp in sort.c' ' 240ms *3:line 3$' '160ms *160ms *4:line 4$'
pprof -peek=sort cpu.pb.gz
says out '520ms   100% |   bench_sort' '400ms 76.92% |   cmp (inline)'
pprof -traces cpu.pb.gz
says out '^ *endpoint:  /fib$' '^ *200ms   fib$'
pprof -tags cpu.pb.gz
says out '520.*ms (65.00%): /sort' '280.*ms (35.00%): /fib'
pprof -top -diff_base=cpu.pb.gz later.pb.gz
says out '-140ms 17.50% 17.50% *-140ms 17.50%  fib$'
pprof -top alloc.pb.gz
says out '^Type: alloc_space$' '8192B 96.47% 96.47% *8192B 96.47%  realloc$'

# What pprof makes of a file of ours, we read, too; a difference is refused.
pprof -proto -output=merged.pb.gz cpu.pb.gz later.pb.gz
run 0 show merged.pb.gz cpu
says out '^fib 420000000 420000000$' '^main 0 1460000000$'
pprof -proto -output=less.pb.gz -diff_base=cpu.pb.gz later.pb.gz
run 2 show less.pb.gz cpu
says err 'less.pb.gz: a value is negative.*give the profile itself'

# Files of Go itself: each function has the values that pprof shows.
cat >spend.go <<'EOT'
package main

import (
	"os"
	"runtime"
	"runtime/pprof"
	"sort"
)

var kept [][]byte
var sum int

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func keep() {
	for i := 0; i < 4000; i++ {
		kept = append(kept, make([]byte, 4096))
	}
}

func shuffle() {
	words := make([]int, 1000000)
	for i := range words {
		words[i] = i * 7919 % 1000003
	}
	sort.Ints(words)
	sum += words[10]
}

func main() {
	file, err := os.Create("go-cpu.pb.gz")
	must(err)
	must(pprof.StartCPUProfile(file))
	sum += fib(38)
	shuffle()
	pprof.StopCPUProfile()
	must(file.Close())
	keep()
	runtime.GC()
	for _, name := range []string{"heap", "goroutine"} {
		file, err := os.Create("go-" + name + ".pb.gz")
		must(err)
		must(pprof.Lookup(name).WriteTo(file, 0))
		must(file.Close())
	}
	runtime.KeepAlive(kept)
}
EOT
checks=$((checks + 1))
if timeout 200 go build -o spend spend.go >out 2>err && ./spend >out 2>err; then
    for row in cpu:samples: cpu:cpu:ns heap:alloc_objects: heap:alloc_space:B \
        heap:inuse_objects: heap:inuse_space:B goroutine:goroutine:; do
        name=${row%%:*} unit=${row##*:}
        type=${row#*:}
        type=${type%:*}
        pprof -top -nodefraction=0 -nodecount=100000 -sample_index="$type" \
            ${unit:+-unit="$unit"} "go-$name.pb.gz"
        awk '/^ *flat  flat%/ { rows = 1; next }
            rows {
                sub(/ \((partial-)?inline\)$/, "")
                own = $1; total = $4
                gsub(/[a-zA-Z]/, "", own); gsub(/[a-zA-Z]/, "", total)
                sub(/^ *[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ +/, "")
                if (total != 0) print $0, own, total
            }' out | sort >theirs
        run 0 show "go-$name.pb.gz" "$type"
        sort out >ours
        checks=$((checks + 1))
        diff theirs ours >out || wrong "$name, $type: pprof and we do not read the same"
        [ -s ours ] || wrong "$name, $type: nothing was read"
    done
    run 0 show go-cpu.pb.gz cpu
    says out '^main.fib '
    run 0 show go-heap.pb.gz inuse_space
    says out '^main.keep '
else
    wrong "Go cannot build and run a small program"
fi

# What is no profile, or not a whole one.
head -c 300 go-cpu.pb.gz >cut.pb.gz
run 2 show cut.pb.gz cpu
says err 'cut.pb.gz: the file is cut off'
: >empty.pb.gz
run 2 show empty.pb.gz cpu
says err 'empty.pb.gz: it is empty'
run 2 show sort.c cpu
says err 'sort.c: it is damaged, or no profile'

finish
