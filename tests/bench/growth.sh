#!/bin/sh
# Growth verdicts on a starter (quadratic) and a reference (linear) of topic 07, half of them beside
# two busy loops: how many are false, how many unsure, how long the measurement takes.
#
#   growth.sh [CHECKS OF EACH]
. "$PC_SRCDIR/tests/bench/lib.sh"

each=${1:-20}
failed=0

# The verdict on growth and its seconds, from a document of `check --json`.
read_growth() {
    awk '
        function text(line) { sub(/^[^:]*: /, "", line); gsub(/[",]/, "", line); return line }
        /^      "growth": \{/ { inside = 1 }
        inside && /^        "decision":/ { decision = text($0) }
        inside && /^        "exponent":/ { exponent = text($0) }
        inside && /^        "seconds":/ { print decision, text($0), exponent; exit }' "$tmp/json"
}

judge() {
    kernel=$1 right=$2 where=$3
    : >"$tmp/verdicts"
    i=0
    while [ "$i" -lt "$each" ]; do
        "$PC_BUILDDIR/perfcourse" check join_names --use "$kernel" --json >"$tmp/json" 2>/dev/null
        read_growth >>"$tmp/verdicts"
        i=$((i + 1))
    done
    cut -d' ' -f2 "$tmp/verdicts" >"$tmp/seconds"
    awk -v right="$right" -v each="$each" -v what="growth $kernel, $where" '
        $1 == "unsure" { unsure++; next }
        $1 != right { wrong++ }
        { k[++n] = $3 }
        END { printf "%s: %d checks, %d wrong, %d unsure", what, NR, wrong, unsure
              exit wrong > 0 || NR != each }' "$tmp/verdicts" || failed=1
    echo ", n^k: $(cut -d' ' -f3 "$tmp/verdicts" >"$tmp/k" && quantiles "$tmp/k"); seconds: $(quantiles "$tmp/seconds")"
}

for where in idle busy; do
    [ "$where" = idle ] || be_busy 2
    judge starter fail "$where"
    judge reference pass "$where"
done
exit "$failed"
