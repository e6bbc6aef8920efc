#!/bin/sh
# Options that every command understands: what they change, for each of them; and the locales in
# which the program finds itself.
. "$PC_SRCDIR/tests/cli/lib.sh"

export PERFCOURSE_WORKSPACE="$tmp/ws"

# A course with a character beyond ASCII in everything that is shown, and a kernel with some in
# its errors.
mkdir "$tmp/course"
cp -R "$PC_SRCDIR/lessons" "$PC_SRCDIR/exercises" "$PC_SRCDIR/checks" "$tmp/course"
chmod -R u+w "$tmp/course"
export PERFCOURSE_DATADIR="$tmp/course"
lesson="$tmp/course/lessons/$ex07"
sed -i 's/title = "/title = "“λ” → /; s/question = "/question = "µ ≥ 2? /; s/why = "/why = "½ — /
    s/The nightly export/The “nightly” éxport…/; s/Follow the first/Föllow the first/
    s/A text is built/A “text” is built/; s/x:note("/x:note("∞: /' "$lesson/lesson.lua"
sed -i 's/^A C string is/A “C” string − µ, ≤ ½, ∞ — is/' "$lesson/pages/1_"*.md
sed -i 's/#include <stdlib.h>/&\n\/* “λ” *\//' "$tmp/course/checks/$ex07/join_names/reference.c"
run 0 init "$tmp/ws"
kernel="$tmp/ws/$ex07/join_names/join_names.c"
printf '/* Größe */\n#error Größe → “µ”\n' >>"$kernel"

# spelled LOCALE ARG...: run it, and nothing it says goes beyond ASCII.
spelled() {
    locale=$1
    shift
    "$alone" env "LC_ALL=$locale" "$program" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    checks=$((checks + 1))
    ! cat "$tmp/out" "$tmp/err" | LC_ALL=C grep -a -q "$(printf '[\200-\377]')" ||
        wrong "bytes beyond ASCII: LC_ALL=$locale $*"
}

commands='list
list --workspace '$tmp/ws'
show 07.1
show jöin
hint 07.1
hint 07.1 --level 3
read 07
experiment 07 --budget 5
experiment 07 --budget 5 --json
progress
progress 07.1
progress --json
check 07.1 --quick
check 07.1 --json
check 07.1 --use starter --quick
diff 07.1
solution 07.1 --reveal
edit 07.1
reset 07.1
undo 07.1
bench 07.1 --use starter --benchtime 1x
init '$tmp/ws'
doctor
export
dev new 07/grün
help
help check
dialogue
cards 07
nothing'
export EDITOR=true
# shellcheck disable=SC2086
while read -r command; do
    spelled C.UTF-8 $command --ascii
done <<END
$commands
END
for command in 'list' 'show 07.1' 'read 07.1' 'check 07.1 --quick' 'progress 07.1' 'diff 07.1'; do
    # shellcheck disable=SC2086
    spelled C $command
    [ -s "$tmp/out" ] || wrong "nothing is said: $command"
    # shellcheck disable=SC2086
    PERFCOURSE_ASCII=1 spelled C.UTF-8 $command
done

# What is spelled differently still says everything; where UTF-8 can be shown it is, also when
# the locale that is named is not installed.
run 0 read 07.1 --ascii
says out '"C" string - u, <= 1/2, infinity - is'
wc -w <"$tmp/out" >"$tmp/words"
for locale in C.UTF-8 xx_XX.UTF-8; do
    LC_ALL=$locale run 0 read 07.1
    says out '“C” string − µ, ≤ ½, ∞ — is'
    checks=$((checks + 1))
    [ "$(wc -w <"$tmp/out")" = "$(cat "$tmp/words")" ] || wrong "--ascii loses words"
done
LC_ALL=POSIX run 0 list
says out '^07 "lambda" -> '
LC_ALL=POSIX run 3 check 07.1 --quick
says out 'Grosse -> "u"'
PERFCOURSE_ASCII='' run 0 list
says out '^07 “λ” → '

# They stand anywhere, but not behind "--"; values are checked.
for place in '--ascii list' 'list --ascii' '--ascii --plain --no-color --theme light list 07' \
    'list --theme=dark --ascii'; do
    # shellcheck disable=SC2086
    run 0 $place
    says out '"lambda"'
done
run 2 list -- --ascii
says err 'called "--ascii"'
run 2 list --theme pink
says err '\-\-theme is plain, dark, light or mono, not "pink"'
run 2 list --theme
says err '\-\-theme needs'
run 2 list --ascii=yes
for option in --plain --ascii --no-color; do
    run 0 help
    says out "$option"
done

# Colours are for terminals whose owner wants them.
shown() {
    script -qec "env $*" /dev/null >"$tmp/out" 2>"$tmp/err" </dev/null
    checks=$((checks + 1))
}
colour=$(printf '\033\[3[0-9]')
if script -qec true /dev/null >/dev/null 2>&1; then
    perform="'$program' check 07.1 --use reference --quick"
    check="TERM=xterm $perform"
    shown "TERM=newer-than-all $perform"
    says out "$colour" 'verdict'
    shown "$check"
    says out "$colour"
    shown "NO_COLOR= $check"
    says out "$colour"
    for quiet in "$check --no-color" "NO_COLOR=1 $check" "TERM=vt100 $perform"; do
        shown "$quiet"
        says_not out "$colour"
        says out "$(printf '\r')"
    done
    for quiet in "$check --plain" "PERFCOURSE_PLAIN=1 $check" "TERM=dumb $perform" "TERM= $perform"; do
        shown "$quiet"
        says_not out "$(printf '\033')"
        says out 'verdict: '
    done
fi

finish
