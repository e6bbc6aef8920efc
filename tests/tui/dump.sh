#!/bin/sh
# Screens as text: each at three sizes, with and without Unicode, against tests/tui/golden/screens;
# those with measured numbers by their shape.  PC_GOLDEN=write writes the files instead.
. "$PC_SRCDIR/tests/cli/lib.sh"
. "$PC_SRCDIR/tests/cli/only_07.sh"

golden=$PC_SRCDIR/tests/tui/golden/screens
export PERFCOURSE_WORKSPACE="$tmp/ws"
"$program" init "$tmp/ws" >/dev/null || exit 1

# The learner's file lies in a folder that is another one each time.
pictures() {
    for size in 40x10 80x24 120x40; do
        for ascii in '' --ascii; do
            echo "== $size $ascii"
            # shellcheck disable=SC2086
            "$alone" "$program" --dump-screen "$@" --size $size $ascii 2>&1 </dev/null |
                sed "s#$tmp/ws[^ ]*#THE-FILE#"
        done
    done
}

while read -r name what; do
    checks=$((checks + 1))
    # shellcheck disable=SC2086
    pictures $name $what >"$tmp/out"
    [ "${PC_GOLDEN:-}" != write ] || cp "$tmp/out" "$golden/$name.txt"
    cmp -s "$golden/$name.txt" "$tmp/out" || {
        diff "$golden/$name.txt" "$tmp/out" >"$tmp/err" 2>&1
        wrong "$name is not as in $golden/$name.txt"
    }
done <<END
home
page 07.2
exercise 07.1
changes 07.1
history 07.1
experiment 07
cards 07
help 07.1
commands 07.1
END

# shape NAME WHAT TEXT...: all rows are there, none is too wide, and the picture says this.
shape() {
    name=$1 what=$2
    shift 2
    for size in 40x10 80x24 120x40; do
        run 0 --dump-screen "$name" "$what" --size $size --ascii
        checks=$((checks + 2))
        [ "$(wc -l <"$tmp/out")" = "${size#*x}" ] || wrong "$name has not the rows of $size"
        ! grep -q ".\{$((${size%x*} + 1))\}" "$tmp/out" || wrong "$name is wider than $size"
        says out "$@" '? help$'
        says_not out '[^ -~]'
    done
}
shape check 07.1 'join_names > check' '\[x\] builds' '^ > timed\|timing\|testing'
shape verdict 07.1 'join_names > verdict' '^ NOT YET' '\[!\] allocs/op *1000'
cp "$PC_SRCDIR/checks/$ex07/join_names/reference.c" "$tmp/ws/$ex07/join_names/join_names.c"
# On a busy machine the time may leave it unsure.
shape verdict 07.1 'join_names > verdict' '^ PASSED\|^ UNSURE' '\[x\] allocs/op *1 ' \
    'speedup *[0-9.]*x'
shape compare 07.1 'join_names > compare' "the course's"
run 0 --dump-screen compare 07.1 --size 120x40
says out 'speedup *[0-9.]*x *[0-9.]*x *at least 8.00x' 'yours' "the course's solution"

# Nobody answers a question in a picture, so it shows what was found.
run 0 --dump-screen profile 07.1 --size 60x20 --ascii
says out 'join_names > profile' '^\[1 flame\] 2 top' '^|all 100 % ---' '? help$'

# The first topic, page or exercise is meant unless one is named; mistakes are told.
run 0 --dump-screen exercise
says out '^ 07.1 join_names'
run 0 browse --dump-screen=page --size=60x12 07.3
says out 'page 3 of 5'
run 2 --dump-screen nothing
says err 'there is no screen "nothing"' 'home, page, experiment'
run 2 --dump-screen exercise 99
run 2 --dump-screen page 07.9
says err 'there is no page 07.9'
for size in 80 0x10 80x 80x24x 501x10; do
    run 2 --dump-screen home --size $size
    says err 'columns and rows'
done
run 2 --dump-screen home one two
run 2 browse 07.1

finish
