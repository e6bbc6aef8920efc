#!/bin/sh
# Progress: kept when it happens, shown, carried to another machine, never in the way of a check.
. "$PC_SRCDIR/tests/cli/lib.sh"

state="$XDG_STATE_HOME/perfcourse"
db="$state/perfcourse.db"

# Looking keeps nothing.
run 0 list
says out 'join_names .* open '
run 0 progress
says out '0 of [0-9]* passed' 'total: 0 of'
[ ! -e "$db" ] || wrong "looking made a progress file"

# What is checked in other places is not the learner's.
run 0 check join_names --use reference --quick
run 1 check join_names --use starter --quick
[ ! -e "$db" ] || wrong "a kernel of the course was kept as the learner's"

# Attempts, a first pass, a pass that is none because the time was left out.
run 0 init "$HOME/perfcourse"
kernel="$HOME/perfcourse/$ex07/join_names/join_names.c"
run 1 check join_names --quick
says_not out 'progress:'
run 0 list
says out 'join_names .* tried '
cp "$PC_SRCDIR/checks/$ex07/join_names/reference.c" "$kernel"
run 0 check join_names --quick
says_not out 'first time'
run 0 list
says out 'join_names .* tried '
echo 'not C' >"$kernel"
run 3 check join_names
cp "$PC_SRCDIR/checks/$ex07/join_names/reference.c" "$kernel"
# A busy machine needs more time to be certain.
run 0 check join_names --careful
says out 'progress: passed for the first time'
run 0 check join_names --careful --json
says out '"record": {' '"first-pass": false'
run 0 list
says out 'join_names .* \(passed\|silver\|gold\) [0-9.]*x '
run 0 progress
says out '1 of [0-9]* passed' 'join_names .* \(passed\|silver\|gold\) .*5 attempts, first passed 20'
run 0 progress join_names
says out 'latest attempts:' 'passed *[0-9.]*x' 'no build' 'missed' 'right'
run 0 progress --json
says out '"standing": "passed"' '"medal": ' '"attempts": 5' '"standing": "open"'
run 2 progress 99
says err 'there is no 99'

# Hints go on where they were, and are counted.
run 0 hint string_builder
says out 'hint 1 of 3' 'more with: perfcourse hint [0-9.]*$'
run 0 hint string_builder
says out 'hint 2 of 3'
run 0 hint string_builder --level 1
says out 'hint 1 of 3' 'hint [0-9.]* --level 2'
run 0 hint string_builder
run 0 hint string_builder
says out 'hint 3 of 3'
says_not out 'more with'
run 0 progress string_builder
says out '3 of 3 hints'

# To another machine and back.
run 0 export "$tmp/export"
run 0 export "$tmp/export"
run 0 export
cmp -s "$tmp/out" "$tmp/export" || wrong "export to a file and to standard output differ"
run 2 export "$kernel"
says err 'no export of perfcourse'
cmp -s "$kernel" "$PC_SRCDIR/checks/$ex07/join_names/reference.c" || wrong "export wrote over a kernel"
export XDG_STATE_HOME="$tmp/other"
run 0 import "$tmp/export"
says out 'new: 5 attempts, 1 pass, 3 hints'
run 0 import "$tmp/export"
says out 'new: 0 attempts, 0 passes, 0 hints'
run 0 export "$tmp/again"
cmp -s "$tmp/export" "$tmp/again" || wrong "export, import, export is not the same"
head -n 3 "$tmp/export" >"$tmp/cut"
run 2 import "$tmp/cut"
says err 'cut' 'cut off'
run 2 import "$kernel"
says err 'no export'
run 2 import "$tmp/nothing"
run 2 import
says err 'name one file'
export XDG_STATE_HOME="$tmp/state"

# Damage is said once, and what was kept is there.
printf 'not a database' >"$db"
run 0 progress
says err 'damaged' 'backup' 'perfcourse.db.damaged-'
says out '1 of [0-9]* passed'
run 0 progress
says_not err .

# Twenty at once.
i=0
while [ $i -lt 20 ]; do
    "$PC_BUILDDIR/perfcourse" hint csv_sum >"$tmp/hint.$i" 2>&1 &
    i=$((i + 1))
done
wait
cat "$tmp"/hint.* >"$tmp/out"
says_not out 'perfcourse: '
[ "$(grep -c '^hint ' "$tmp/out")" = 20 ] || wrong "not all of 20 hints were given"
run 0 progress csv_sum
says out '[1-3] of 3 hints'

# No place for progress: the check is as good as ever, and says so once.
: >"$tmp/file"
XDG_STATE_HOME="$tmp/file" run 0 check join_names --quick
says out 'verdict: '
says err 'progress is not kept'
[ "$(grep -c 'not kept' "$tmp/err")" = 1 ] || wrong "it is not said once"
XDG_STATE_HOME="$tmp/file" run 7 export
XDG_STATE_HOME="$tmp/file" run 0 hint csv_sum
says out 'hint 1 of 3' '--level 2'

# A folder that can only be read, and a disk that is full: what was kept is shown and stays.
# shellcheck disable=SC2016
confined='
    mount -t tmpfs -o "size=$3" tmpfs "$1" || exit 77
    cp -R "$2" "$1/perfcourse"
    [ "$4" != ro ] || mount -o remount,ro "$1" || exit 77
    [ "$4" = ro ] || { dd if=/dev/zero of="$1/fill" bs=1k 2>/dev/null; true; }
    XDG_STATE_HOME="$1" "$5" check join_names --quick || exit 1
    XDG_STATE_HOME="$1" "$5" progress join_names'
mkdir "$tmp/small"
for how in ro full; do
    unshare -m true 2>/dev/null || continue
    unshare -m sh -c "$confined" sh "$tmp/small" "$state" 1m "$how" "$PC_BUILDDIR/perfcourse" \
        >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    [ "$got" != 77 ] || continue
    checks=$((checks + 1))
    [ "$got" = 0 ] || wrong "$how: exit code $got"
    says err 'progress is .*not kept'
    says out '\(passed\|silver\|gold\) .*attempts'
done

finish
