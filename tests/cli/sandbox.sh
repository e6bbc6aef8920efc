#!/bin/sh
# PERFCOURSE_SANDBOX, and systems that lack a layer of the jail: doctor says which and what would help,
# kernels run all the same, unless that is forbidden.
. "$PC_SRCDIR/tests/cli/lib.sh"

lacks=$PC_BUILDDIR/tests/cli/lacks
check_07='check join_names --use reference --quick'

# on MODE CODE COMMAND...: `run` in a mode.
on() {
    PERFCOURSE_SANDBOX=$1
    export PERFCOURSE_SANDBOX
    shift
    run "$@"
    unset PERFCOURSE_SANDBOX
}

# where_lacking LAYER MODE CODE COMMAND...: `on` a system without the layer.
where_lacking() {
    printf '#!/bin/sh\nexec "%s" %s "%s" "$@"\n' "$lacks" "$1" "$PC_BUILDDIR/perfcourse" \
        >"$tmp/lacking"
    chmod +x "$tmp/lacking"
    shift
    program=$tmp/lacking
    on "$@"
    program=$PC_BUILDDIR/perfcourse
}

# Any other word is a mistake, which is said before anything is done.
for mode in on OFF strict,auto 1; do
    on "$mode" 2 list
    says err "PERFCOURSE_SANDBOX is off, auto or strict, not \"$mode\""
    on "$mode" 0 check --help
done
on '' 0 list

on off 0 doctor
says out '^jail: *limits, no new privileges; the rest is switched off by PERFCOURSE_SANDBOX=off'
# shellcheck disable=SC2086
on off 0 $check_07

# The host of each answers for itself, on any machine.
"$lacks" seccomp true || {
    echo "filters of system calls are not to be had here"
    exit 77
}
for row in \
    'landlock|Landlock (this kernel has none.*5\.13' \
    'landlock-on-boot|Landlock (it is switched off: add landlock to lsm=' \
    'seccomp|seccomp (.*CONFIG_SECCOMP_FILTER'; do
    lack=${row%%|*}
    reason=${row#*|}
    # shellcheck disable=SC2086
    where_lacking "$lack" auto 0 $check_07
    says_not out Landlock seccomp
    # shellcheck disable=SC2086
    where_lacking "$lack" strict 7 $check_07
    says_not out '^verdict: pass'
    cat "$tmp/err" >>"$tmp/out"
    says out "PERFCOURSE_SANDBOX is strict, so no kernel runs here without $reason"
    where_lacking "$lack" strict 7 bench join_names --benchtime=1x
    says err "$reason"
done
where_lacking landlock strict 7 doctor
says out '^jail: *limits, seccomp (allow list), no new privileges; missing: Landlock ('
where_lacking landlock strict 7 doctor --json
says out '"level": *"partial"' '"landlock": *0' '"seccomp": *true' '"trouble": *"PERFCOURSE_SANDBOX is strict'

finish
