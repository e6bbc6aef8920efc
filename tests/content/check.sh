#!/bin/sh
# `make check-content`: the course is certified, with the time, by each compiler that is here.
# Starters fail for their declared reasons and for no other, references pass, mutants are refused as
# limits.lua declares; several times, because inputs and timings differ.  Prints how far every value
# that decides is from its limit: 1.5x is what an author should leave.  Takes some minutes.
#
#   check.sh [RUNS [EXERCISE...]]
. "$PC_SRCDIR/tests/bench/lib.sh"

runs=${1:-3}
[ $# = 0 ] || shift
chosen="$*"
pc="$PC_BUILDDIR/perfcourse"
verdicts=0
wrong=0
unsure=0

complain() {
    wrong=$((wrong + 1))
    echo "WRONG: $*"
    sed -n 's/^ *"\(sentence\|reason\)": \(.*\)/    \2/p' "$tmp/json"
    cat "$tmp/err"
}

# The verdict in $tmp/json: a line "reasons CODE REASON", then "goal METRIC RESULT VALUE BOUND max|min".
read_verdict() {
    awk '
        function text(line) { sub(/^[^:]*: /, "", line); gsub(/[",]/, "", line); return line }
        /^      "verdict": \{/ { inside = 1 }
        !inside { next }
        /^        "code":/ { code = text($0) }
        /^ *"metric":/ { metric = text($0) }
        /^ *"result":/ { result = text($0) }
        /^ *"value":/ { value = text($0) }
        /^ *"bound":/ { bound = text($0) }
        /^ *"bound-is":/ {
            print "goal", metric, result, value, bound, text($0)
            if (result == "fail") missed[++n] = metric }
        /^        "reason":/ { reason = text($0) }
        END {
            if (code == 0) print "reasons pass"
            else if (code == 1) {
                printf "reasons"
                for (i = 1; i <= n; i++) printf " %s", missed[i]
                print "" }
            else if (code == 3) print "reasons build"
            else if (code == 4) print "reasons", reason ~ /^leaks/ ? "leak" : "wrong"
            else if (code == 5) print "reasons crash"
            else if (code == 6) print "reasons unsure"
            else print "reasons code", code }' "$tmp/json"
}

sorted() {
    tr -s ' ' '\n' | sed '/^$/d' | sort | tr '\n' ' '
}

# declared FILE NAME: the reasons in a line `NAME = {"a", "b"},` of limits.lua.
declared() {
    sed -n "s/^ *$2 = {\(.*\)},.*/\1/p" "$1" | tr -d '",' | sorted
}

# judge CC EXERCISE KERNEL REASONS: once; a verdict that is not sure gets a second chance.
judge() {
    for chance in '' --careful; do
        # shellcheck disable=SC2086 # nothing or one word
        "$pc" check "$2" --use "$3" --cc "$1" --json $chance >"$tmp/json" 2>"$tmp/err"
        read_verdict >"$tmp/verdict"
        found=$(sed -n 's/^reasons //p' "$tmp/verdict" | sorted)
        [ "$found" = 'unsure ' ] || break
        unsure=$((unsure + 1))
    done
    verdicts=$((verdicts + 1))
    [ "$found" = "$4" ] || complain "$1 $2 $(basename "$3" .c): ${found}instead of $4"
    case $found in
    wrong* | crash* | leak* | build*) return ;;
    esac
    sed -n "s|^goal|$2 $(basename "$3" .c) $1|p" "$tmp/verdict" >>"$tmp/goals"
}

# The goals that decide: all of a reference, the missed ones of whatever is refused.  Of several runs
# the one nearest to the limit.
table() {
    awk '
        $2 != "reference" && $5 != "fail" { next }
        {
            key = $1 " " $2 " " $3 " " $4
            better = $8 == "max" ? $7 / ($6 ? $6 : 1e-9) : $6 / ($7 ? $7 : 1e-9)
            if ($8 == "max" && $6 == $7) better = 1
            margin = $5 == "fail" ? 1 / better : better
            if (!(key in least)) order[++n] = key
            if (!(key in least) || margin < least[key]) {
                least[key] = margin
                row[key] = sprintf("%-14s %-24s %-5s %-10s %10.4g %s %-9.4g", $1, $2, $3, $4,
                                   $6, $8 == "max" ? "<=" : ">=", $7) }
        }
        END {
            printf "%-14s %-24s %-5s %-10s %10s    %-9s %s\n", "exercise", "kernel", "cc",
                   "metric", "value", "limit", "margin"
            for (i = 1; i <= n; i++) {
                margin = least[order[i]]
                shown = margin > 1000 ? ">1000x" : sprintf("%.2fx", margin)
                near = order[i] ~ /speedup$/ && margin < 1.5 ? "  near" : ""
                printf "%s %s%s\n", row[order[i]], shown, near }
        }' "$tmp/goals"
}

certify() {
    cc=$1
    dir=$2
    exercise=$(basename "$dir")
    limits=$dir/limits.lua
    run=0
    while [ "$run" -lt "$runs" ]; do
        judge "$cc" "$exercise" starter "$(declared "$limits" fails)"
        judge "$cc" "$exercise" reference 'pass '
        for mutant in "$dir"/mutants/*.c; do
            judge "$cc" "$exercise" "$mutant" \
                "$(declared "$limits" "$(basename "$mutant" .c)")"
        done
        run=$((run + 1))
    done
}

: >"$tmp/goals"
for cc in gcc clang; do
    command -v "$cc" >/dev/null || continue
    for limits in "$PC_SRCDIR"/checks/*/*/limits.lua; do
        dir=$(dirname "$limits")
        case " $chosen " in
        '  ' | *" $(basename "$dir") "*) certify "$cc" "$dir" ;;
        esac
    done
done

table
echo "content: $verdicts verdicts, $wrong wrong, $unsure times unsure at first"
[ "$wrong" = 0 ] && [ "$verdicts" -gt 0 ]
