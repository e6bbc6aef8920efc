#!/bin/sh
# `perfcourse dev new`: what it makes passes and fails as an exercise should, out of the box.
. "$PC_SRCDIR/tests/cli/lib.sh"

course="$tmp/course"
mkdir -p "$course"
cp -R "$PC_SRCDIR/lessons" "$PC_SRCDIR/exercises" "$PC_SRCDIR/checks" \
    "$PC_SRCDIR/templates" "$course"
chmod -R u+w "$course"
export PERFCOURSE_DATADIR="$course"
cp -R "$course" "$tmp/before"

run 0 dev new 07/count_ones
says out "made exercises/$ex07/count_ones/count_ones.h" \
    "made checks/$ex07/count_ones/mutants/" "made lessons/$ex07/lesson.lua" \
    'check count_ones --use reference'
run 0 dev new 99_bits_and_masks
says out 'made lessons/99_bits_and_masks/pages/' 'made exercises/99_bits_and_masks/first_of_99/'
run 0 dev new 99/second_one

run 0 list
says out 'count_ones .*Count ones' '^99 Bits and masks' '99.2 *second_one'
grep -rn -i 'new_exercise\|new exercise\|new_topic\|new topic' "$course/lessons" \
    "$course/exercises" "$course/checks" >"$tmp/out" && wrong "names of the templates are left"

for exercise in count_ones 99.1 99.2; do
    run 0 check "$exercise" --use reference --quick
    run 1 check "$exercise" --use starter --quick
done
run 0 check 99.1 --use reference
run 1 check 99.1 --use starter
says out '^speedup: '
mutants="$course/checks/$ex07/count_ones/mutants"
run 1 check count_ones --use "$mutants/copies_first.c" --quick
run 4 check count_ones --use "$mutants/only_the_ends.c" --quick
run 0 experiment 99 --budget 5
run 0 read 99

# Nothing but the entry has changed in the lesson.
diff "$tmp/before/lessons/$ex07/lesson.lua" "$course/lessons/$ex07/lesson.lua" >"$tmp/out"
checks=$((checks + 1))
! grep -q '^<' "$tmp/out" || wrong "dev new changed what was there"

# What cannot be made is not begun.
find "$course" | sort >"$tmp/files"
run 2 dev
says err 'dev new 07/count_ones'
run 2 dev new
run 2 dev new 07/count_ones
says err 'called count_ones already'
run 2 dev new 99_other
says err 'has that number already'
run 2 dev new 07/Count
says err 'small letters'
run 2 dev new 07/../x
run 2 dev new 08/x
says err 'no topic is called "08"'
run 2 dev new count_ones
says err 'neither a topic'
run 2 dev new 07/a_name_that_is_much_longer_than_it_may_be
sed 's/exercises = {/["exercises"] = {/' "$tmp/before/lessons/$ex07/lesson.lua" \
    >"$course/lessons/$ex07/lesson.lua"
rm -rf "$course/exercises/$ex07/count_ones" "$course/checks/$ex07/count_ones"
run 2 dev new 07/count_ones
says err 'could be added to'
[ ! -e "$course/exercises/$ex07/count_ones" ] || wrong "a part was made"

finish
