#!/bin/sh
# `perfcourse doctor`: what it tells about any machine, as lines and as a document.
. "$PC_SRCDIR/tests/cli/lib.sh"

run 0 doctor
for row in course cache terminal machine frequency counters timer compiler sanitizers self-proof \
    jail noise layout others missing; do
    says out "^$row: "
done
says out '^speed verdicts here: \(reliable\|slow\|unreliable\) (.*)' '^missing: *nothing' \
    'planted faults are caught' 'an empty iteration of a bench costs' '^terminal: *none'
says_not out "$(printf '\033')" '^trouble'
# A host has told: limits and the filter are there wherever tests can run, Landlock may be missing.
says out '^jail: *limits, seccomp (allow list), .*no new privileges'

run 0 doctor --json
cp "$tmp/out" "$tmp/json"
at() {
    checks=$((checks + 1))
    value=$("$PC_BUILDDIR/tests/cli/json_at" "$@" <"$tmp/json") || wrong "no $* in the document"
}
# holds VALUE OPERATOR WANTED: as test(1) compares.
holds() {
    [ "$@" ] || wrong "the document has $*"
}
for place in perfcourse reason remedy trouble compiler version other-compilers loop-ns \
    'machine model' 'machine virtual' 'machine governor' 'machine mhz-low' 'machine mhz-high' \
    'machine clock-ns' 'machine clock-step-ns' 'machine perf-event-paranoid' 'machine counters' \
    'jail level' 'jail limits' 'jail seccomp' 'jail landlock' 'jail no-new-privileges' \
    'jail missing' 'noise median' 'noise p90' 'noise layout' 'noise steal' \
    'noise others-busy' 'surroundings course' 'surroundings cache' 'surroundings topics' \
    'surroundings exercises' 'surroundings locale' 'surroundings term' 'surroundings utf-8' \
    'surroundings terminal' 'surroundings colors' 'surroundings columns' 'surroundings rows'; do
    # shellcheck disable=SC2086
    at $place
    grep -q -w -e "${place##* }" "$PC_SRCDIR/docs/json.md" || wrong "docs/json.md has no $place"
done
at code
holds "$value" = 0
at sanitizers
holds "$value" = true
at self-proof
holds "$value" = true
at noise restarts
holds "$value" -gt 0
at machine processors
holds "$value" -gt 0
at speed-verdicts
case $value in
'"reliable"' | '"slow"' | '"unreliable"') ;;
*) wrong "speed-verdicts $value" ;;
esac

# Without a compiler the rest is told all the same.
run 7 doctor --cc no_such_compiler
says out '^machine: ' '^compiler: *none' '^missing: *a C compiler' \
    '^speed verdicts here: unreliable (nothing could be measured)' 'no_such_compiler'
run 7 doctor --cc no_such_compiler --json
cp "$tmp/out" "$tmp/json"
at noise
holds "$value" = null
at compiler
holds "$value" = null
run 2 doctor nothing

finish
