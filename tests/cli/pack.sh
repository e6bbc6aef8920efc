#!/bin/sh
# Packs: made, opened by every command, kept apart from the course and from one another; what is no
# pack, or reaches out of itself, is refused.
. "$PC_SRCDIR/tests/cli/lib.sh"

# A name as folders have them.
pack="$tmp/packs/my päck's"
mkdir -p "$pack"
with() {
    code=$1
    shift
    run "$code" --pack "$pack" "$@"
}

# What is no pack.
run 2 list --pack
says err 'needs the folder of a pack'
run 2 list --pack "$tmp/nowhere"
says err "no pack in $tmp/nowhere: No such file"
run 2 list --pack /etc/passwd
says err 'Not a directory'
with 2 list
says err 'is no pack: it has no topic' 'dev new 01_first_steps'
mkdir "$tmp/.hidden"
run 2 list --pack "$tmp/.hidden"
says err 'has the name of its folder'
mkdir "$tmp/bell$(printf '\a')"
run 2 list --pack "$tmp/bell$(printf '\a')"
says err 'has the name of its folder, which "bell?" cannot be'

# Made from nothing, and everything works as with the course.
with 0 dev new 01_first_steps
with 0 dev new 01/second
with 0 list
says out '^01 First steps' '01.2 *second'
says_not out 'join_names'
with 0 show second
says out 'speed-up'
says err "made your workspace $HOME/perfcourse-my päck's"
with 0 check 01 --use reference --quick
with 1 check 01.1 --quick
with 0 read 01
with 0 experiment 01 --budget 1
says out 'prediction 1: ' 'slope of walk'
with 0 cards 01 --json
with 0 progress
says out '01.1 *first_of_01.* tried'
with 0 --dump-screen home --size 60x20
says out 'First steps'
with 0 bench 01.1 --use starter --benchtime 1x
says out 'first_of_01'
with 2 bench 01.1 --use starter --benchtime 1x --benchmem
says err 'benchmem is not for packs' 'metrics'
with 0 export
says out 'first_of_01'
PERFCOURSE_PACK=$pack run 0 list 01
says out '^01 First steps'
run 0 complete -- --pack "$pack" show 01.
says out '01.2'
run 0 complete -- "--pack=$pack" show se
says out '^second'
run 0 complete -- --pack ''
says out '@folders'
(cd "$tmp/packs" && printf 'list\nexperiment 01 --budget 1\n\n' |
    "$alone" "$program" --plain --pack "./my päck's" >"$tmp/out" 2>"$tmp/err")
says out 'First steps' 'slope of walk'
says_not out 'join_names'

# The learner's files and progress are those of the pack alone.
run 0 progress --json
says_not out 'first_of_01'
run 0 init "$tmp/own"
run 2 --workspace "$tmp/own" --pack "$pack" show 01.1
says err 'is the workspace of the course, not of the pack my'
run 2 --workspace "$HOME/perfcourse-my päck's" show 07.1
says err 'is the workspace of the pack my .*say --pack'
cd "$HOME/perfcourse-my päck's" || exit 1
says_in_readme=$(grep -c 'pack my' README.md)
checks=$((checks + 1))
[ "$says_in_readme" = 1 ] || wrong "README.md does not name the pack"
run 0 show 07.1
says err "made your workspace $HOME/perfcourse\$"
cd "$HOME/perfcourse" || exit 1
with 0 show 01.1
says out "$HOME/perfcourse-my päck's/01_first_steps"
cd "$tmp" || exit 1
PERFCOURSE_WORKSPACE="$tmp/own" with 0 show 01.1
says out "$HOME/perfcourse-my päck's/01_first_steps"
with 0 init "$tmp/mine"
with 0 --workspace "$tmp/mine" show 01.1
says out "$tmp/mine/01_first_steps"
with 2 init "$tmp/own"

# What the pack brings is not taken for the learner's files.
mkdir "$pack/.perfcourse"
echo "my päck's" >"$pack/.perfcourse/pack"
cd "$pack" || exit 1
run 2 --pack . show 01.1
says err 'no place for your files'
rm -r "$pack/.perfcourse"
for folder in . new; do
    run 2 --pack . init $folder
    says err 'no place for your files'
done
[ ! -e "$pack/.perfcourse" ] || wrong "a workspace was made in a pack"
cd "$tmp" || exit 1

# Two packs of one name do not mix; one that was moved is still the same.
mkdir "$tmp/others"
cp -R "$pack" "$tmp/others"
run 2 list --pack "$tmp/others/my päck's"
says err 'there is another pack called my .*rename one'
mv "$pack" "$tmp/gone"
run 0 progress --pack "$tmp/others/my päck's"
says out '01.1 *first_of_01.* tried'
mv "$tmp/gone" "$tmp/packs/plain"
rm -rf "$tmp/others"
pack="$tmp/packs/plain"
with 0 list

# Nothing of it is read through a link that leaves it, and nothing but files is read.
page="$pack/lessons/01_first_steps/pages/1_begin.md"
mv "$page" "$tmp/page.md"
for target in "$tmp/page.md" ../../../../../page.md /dev/zero nowhere "$page"; do
    ln -s "$target" "$page"
    with 7 list
    says err '1_begin.md: a link in a pack leads to a file of the pack'
    rm "$page"
done
mkfifo "$page"
with 7 list
says err '1_begin.md: a pack holds nothing but files and folders'
rm "$page"
cp "$tmp/page.md" "$pack/lessons/shared.md"
ln -s ../../shared.md "$page"
with 0 read 01
rm "$page"
mv "$pack/checks" "$tmp/checks"
ln -s "$tmp/checks" "$pack/checks"
with 7 check 01.1 --quick
says err 'checks: a link in a pack'
rm "$pack/checks"
mv "$tmp/checks" "$pack/checks"

# Pages, names and sources say nothing to the terminal.
escape=$(printf '\033]0;owned\007\033[31m\302\233\342\200\256')
{
    cat "$tmp/page.md"
    # shellcheck disable=SC2016
    printf '\n%s\n\n    %s\n\n`%s` [%s](http://a/%s)\n' "$escape" "$escape" "$escape" "$escape" "$escape"
} >"$page"
printf '/* %s */\n' "$escape" >>"$pack/checks/01_first_steps/first_of_01/reference.c"
with 1 check 01.1 --quick
printf '#error %s\n' "$escape" >>"$HOME/perfcourse-plain/01_first_steps/first_of_01/first_of_01.c"
mkdir "$pack/lessons/02_$escape"
harmless() {
    "$alone" "$program" --pack "$pack" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    cat "$tmp/err" >>"$tmp/out"
    says out .
    says_not out "$(printf '\033')" "$(printf '\007')" "$(printf '\302\233')" "$(printf '\342\200\256')"
}
harmless read 01
harmless read 01 --plain
harmless --dump-screen page 01 --size 60x40
harmless solution 01.1 --reveal
harmless list
says out 'lessons/02_?.*a topic is named NN_name'
harmless check 01.1 --quick
harmless --dump-screen compare 01.1 --size 60x40
printf '%s\n' '#include <stdio.h>' "__attribute__((constructor)) static void say(void)" \
    "{ fputs(\"$escape\\n\", stdout); fputs(\"$escape\", stderr); }" \
    >>"$pack/exercises/01_first_steps/first_of_01/bench.c"
harmless bench 01.1 --use starter --benchtime 1x
says out '?\]0;owned?' 'BenchmarkFirst'
rmdir "$pack/lessons/02_$escape"
cp "$tmp/page.md" "$page"

# pkg-config reads no file of the pack, and takes no option from it.
limits="$pack/checks/01_first_steps/first_of_01/limits.lua"
cp "$limits" "$tmp/limits.lua"
for name in evil.pc --libs ../evil /evil 'a b' ''; do
    sed "s|fails =|needs = {'$name'}, fails =|" "$tmp/limits.lua" >"$limits"
    with 7 check 01.1 --quick
    says err '01 first_of_01: limits.lua:[0-9]*: needs\[1\] must'
done
cp "$tmp/limits.lua" "$limits"

# Whatever the process that runs the Lua sends is an error, and no more than that.
mkdir "$tmp/libexec"
ln -s "$PC_BUILDDIR/perfcourse-run" "$PC_BUILDDIR/perfcourse-count" "$tmp/libexec"
host="$tmp/libexec/perfcourse-lesson"
while IFS='|' read -r script ending; do
    for verb in file experiment; do
        cat >"$host" <<HOST
#!/bin/sh
read -r verb size <&3
if [ "\$verb" = $verb ]; then
$script
else
{ echo "\$verb \$size"; cat <&3; } | "$PC_BUILDDIR/perfcourse-lesson" 3<&0
fi
HOST
        chmod +x "$host"
        PERFCOURSE_LIBEXECDIR="$tmp/libexec" with 7 experiment 01 --budget 1
        says err "01 lesson.lua.*: $ending"
    done
done <<'END'
exit 0|.*ended without an answer
exit 7|.*ended without an answer
kill -SEGV $$|.*signal 11
echo garbage >&4|.*sent garbage
exec cat /dev/zero >&4|.*\(sent more than 8 MiB\|sent garbage\)
echo "tree 8000000" >&4; exec cat /dev/zero >&4|.*\(sent more than 8 MiB\|sent garbage\)
printf 'tree 500\nnil 1' >&4|.*ended without an answer
printf 'tree 6\nnil 1\n' >&4|.*sent garbage
printf 'answer 10\ntable 0 0\n' >&4|.*sent garbage
printf 'request 10\ntable 0 0\n' >&4|.*sent garbage
END
checks=$((checks + 1))
rm "$host"
PERFCOURSE_LIBEXECDIR="$tmp/libexec" with 0 list
says err '01 lesson.lua: cannot start .*perfcourse-lesson'
PERFCOURSE_SANDBOX=off with 0 list

finish
