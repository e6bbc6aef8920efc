#!/bin/sh
# Counting allocations: what 200,000 pairs of malloc and free cost under perfcourse-count and under
# its peers, whole processes side by side; and the same integer 50 times beside two busy loops.
. "$PC_SRCDIR/tests/bench/lib.sh"

cc=${CC:-cc}
flags="-O2 -g -std=gnu17 -I$PC_SRCDIR/src/perfbench"
# shellcheck disable=SC2086
{
    $cc $flags -fPIC -shared "$PC_SRCDIR/tests/bench/pairs.c" -o "$tmp/pairs.so" || exit 1
    $cc $flags -DPAIRS_PROGRAM "$PC_SRCDIR/tests/bench/pairs.c" -o "$tmp/pairs" || exit 1
}

# best_of COMMAND...: milliseconds of the fastest of five runs
best_of() {
    for _ in 1 2 3 4 5; do
        begin=$(date +%s%N)
        "$@" >/dev/null 2>&1
        echo $((($(date +%s%N) - begin) / 1000))
    done | sort -n | head -n 1 | awk '{ printf "%.1f", $1 / 1000 }'
}

count() {
    host 'hello\nsetup name=pairs size=0 seed=1\nops n=1 warmup=0\nend\n' \
        "$PC_BUILDDIR/perfcourse-count" "$tmp/pairs.so" >"$tmp/answers"
}

ours=$(best_of count)
counted=$(sed -n 's|^metric name=allocs/op .*max=\([0-9.]*\).*|\1|p' "$tmp/answers")
echo "perfcourse-count: $ours ms for the whole process, $counted of 200000 counted"
for peer in 'heaptrack -o TMP/heaptrack' 'valgrind --tool=dhat --dhat-out-file=TMP/dhat' \
    'valgrind --tool=memcheck'; do
    command=$(echo "$peer" | sed "s|TMP|$tmp|")
    name=${peer%% *}
    command -v "$name" >/dev/null 2>&1 || { echo "$name: not installed" && continue; }
    # shellcheck disable=SC2086
    theirs=$(best_of $command "$tmp/pairs")
    echo "$theirs $ours" | awk -v peer="${peer%% -o*}" \
        '{ printf "%s: %s ms, %.0f times ours\n", peer, $1, $1 / $2 }' | sed 's/--dhat-out.*: /: /'
done

be_busy 2
i=0
while [ "$i" -lt 50 ]; do
    "$PC_BUILDDIR/perfcourse" check join_names --use reference --quick --json --seed "$i" |
        awk '/"allocs\/op": \{/ { s = 1 } s && /"max"/ { print; exit }'
    i=$((i + 1))
done | sort | uniq -c >"$tmp/distinct"
be_idle
echo "allocs/op in 50 runs beside two busy loops: $(wc -l <"$tmp/distinct") distinct value(s)"
[ "$counted" = 200000 ] && [ "$(wc -l <"$tmp/distinct")" = 1 ]
