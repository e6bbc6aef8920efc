#!/bin/sh
# What libperfprof costs: a malloc with its free, and a lock with its unlock, in a program without it, in
# one that could be profiled, and in one that is.  At most 3 ns more while nothing is recorded, 120 ns
# for an allocation whose calls are recorded, 20 ns for a lock for which nobody waits.
. "$PC_SRCDIR/tests/bench/lib.sh"

cc=${CC:-cc}
source=$PC_SRCDIR/tests/bench/perfprof.c
libs=$(sed -n 's/^Libs: .*-lperfprof//p' "$PC_BUILDDIR/src/perfprof/perfprof.pc")
# shellcheck disable=SC2086
{
    $cc -O2 -g "$source" -o "$tmp/alone" -pthread || exit 1
    $cc -O2 -g -DPERFPROF -I"$PC_SRCDIR/src/perfprof" "$source" -o "$tmp/linked" \
        "$PC_BUILDDIR/libperfprof.a" $libs || exit 1
}
"$tmp/alone" >"$tmp/figures" || exit 1
"$tmp/linked" >>"$tmp/figures" || exit 1
awk '
    { ns[$1, $2] = $3 }
    END {
        text["malloc"] = "a malloc with its free"
        text["deep"] = "the same 16 calls further in"
        text["lock"] = "a lock with its unlock"
        split("malloc deep lock", order, " ")
        for (k = 1; k <= 3; k++) {
            what = order[k]
            printf "%s: %.1f ns alone, %.1f ns with libperfprof, %.1f ns recorded\n", \
                text[what], ns["alone", what], ns["off", what], ns["on", what]
            bad += ns["off", what] - ns["alone", what] > 3
        }
        bad += ns["on", "malloc"] - ns["alone", "malloc"] > 120
        bad += ns["on", "lock"] - ns["alone", "lock"] > 20
        exit bad > 0
    }' "$tmp/figures"
