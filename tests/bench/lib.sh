# Common to the benchmarks of the program: `make bench` sets the folders.
# shellcheck shell=sh

: "${PC_SRCDIR:?run this from make bench}" "${PC_BUILDDIR:?}"

tmp=$(mktemp -d)
busy_pids=''

be_idle() {
    # shellcheck disable=SC2086
    [ -z "$busy_pids" ] || kill $busy_pids 2>/dev/null
    busy_pids=''
}

# be_busy N: N endless loops beside the measurement.
be_busy() {
    i=0
    while [ "$i" -lt "$1" ]; do
        sh -c 'while :; do :; done' &
        busy_pids="$busy_pids $!"
        i=$((i + 1))
    done
}

cleanup() {
    be_idle
    rm -rf "$tmp"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

export HOME="$tmp/home"
export XDG_CACHE_HOME="${PC_TEST_CACHE:-$PC_BUILDDIR/tests/cache}"
export LC_ALL=C.UTF-8
mkdir -p "$HOME" "$XDG_CACHE_HOME"

# median and largest of the numbers in a file
quantiles() {
    sort -g "$1" | awk '{ v[NR] = $1 } END {
        if (NR == 0) { print "none"; exit }
        m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2
        printf "%.3g median, %.3g largest of %d\n", m, v[NR], NR }'
}

# Orders for a host on descriptor 3, its answers from 4.
host() {
    orders=$1
    shift
    printf '%b' "$orders" | "$@" 3<&0 4>&1 >/dev/null 2>&1 0</dev/null
}
