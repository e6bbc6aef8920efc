#!/bin/sh
# What is around the program is broken: a message with the cause and the remedy, exit code 7.
. "$PC_SRCDIR/tests/cli/lib.sh"

# No compiler, one that fails, one that hangs.
mkdir -p "$tmp/bin"
for tool in sh sleep; do
    ln -s "$(command -v "$tool")" "$tmp/bin/$tool"
done
CC='' PATH="$tmp/bin" run 7 check 07.1 --use starter --quick
says out 'compiler' 'gcc'
run 7 check 07.1 --use starter --quick --cc /bin/false
says out '/bin/false'
run 7 check 07.1 --use starter --quick --cc /nowhere/cc
says out '/nowhere/cc'
printf '#!/bin/sh\nexec sleep 60\n' >"$tmp/bin/hangs" && chmod +x "$tmp/bin/hangs"
run 7 check 07.1 --use starter --quick --cc "$tmp/bin/hangs"
says out 'hangs'

# A course of one's own, broken in every file that is read.
course() {
    rm -rf "$tmp/course"
    mkdir "$tmp/course"
    cp -R "$PC_SRCDIR/lessons" "$PC_SRCDIR/exercises" "$PC_SRCDIR/checks" "$tmp/course"
    chmod -R u+w "$tmp/course"
}
export PERFCOURSE_DATADIR="$tmp/course"
lesson="$tmp/course/lessons/$ex07/lesson.lua"
limits="$tmp/course/checks/$ex07/join_names/limits.lua"
course
run 0 list
rm "$lesson"
run 7 check 07.1 --use starter
says err 'lesson.lua'
course
echo 'return {' >"$lesson"
run 7 show 07.1
says err 'lesson.lua:'
run 0 list
says err 'a topic is left out'
course
rm "$limits"
run 7 check 07.1 --use starter
says err 'limits.lua'
course
printf 'return {\n  speedup = {min = 2},\n  ["allocs/op"] = {max = "none"},\n  fails = {"speedup"},\n}\n' >"$limits"
run 7 check 07.1 --use starter
says err 'limits.lua:3: .*allocs/op' 'number' 'string'
says_not err 'traceback'
course
echo 'while true do end' >"$limits"
run 7 check 07.1 --use starter
says err 'limits.lua'
course
rm "$tmp/course/exercises/$ex07/join_names/join_names.h"
run 7 check 07.1 --use starter
rm -rf "$tmp/course"
run 7 list
says err 'course folder'
unset PERFCOURSE_DATADIR

# Places that cannot be written, or are none.
: >"$tmp/file"
HOME="$tmp/file" run 7 show 07.1
HOME=relative XDG_CACHE_HOME='' run 0 list
XDG_CACHE_HOME="$tmp/file" run 7 check 07.1 --use starter --quick
says err "$tmp/file"
if [ "$(id -u)" != 0 ]; then
    mkdir "$tmp/readonly" && chmod 500 "$tmp/readonly"
    XDG_CACHE_HOME="$tmp/readonly" run 7 check 07.1 --use starter --quick
    HOME="$tmp/readonly" run 7 show 07.1
    says err "$tmp/readonly"
fi

# The hosts are missing, or something else stands in their place.
mkdir "$tmp/libexec"
PERFCOURSE_LIBEXECDIR="$tmp/libexec" run 7 check 07.1 --use starter --quick
says err 'perfcourse-run'

# A full disk: no verdict is invented, the old files survive.
# shellcheck disable=SC2016
full_disk='
    mount -t tmpfs -o size=64k tmpfs "$1" || exit 77
    mkdir "$1/cache" "$1/home"
    HOME="$1/home" XDG_CACHE_HOME="$1/cache" "$2" check 07.1 --use reference --quick
    code=$?
    HOME="$1/home" "$2" init "$1/home/ws" >/dev/null 2>&1 || true
    exit $code'
mkdir "$tmp/small"
if unshare -m true 2>/dev/null; then
    unshare -m sh -c "$full_disk" sh "$tmp/small" "$PC_BUILDDIR/perfcourse" \
        >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    checks=$((checks + 1))
    [ "$got" = 7 ] || [ "$got" = 77 ] || wrong "full disk: exit code $got, wanted 7"
    [ "$got" = 77 ] || cat "$tmp/out" "$tmp/err" >"$tmp/both"
    [ "$got" = 77 ] || { mv "$tmp/both" "$tmp/out" && says out 'No space left'; }
fi

# A reader that goes away does no harm.
"$PC_BUILDDIR/perfcourse" list | head -n 1 >/dev/null
# Output that cannot be written is said, whatever the command; streams that are closed are not
# mistaken for files of ours.
run 0 init "$tmp/ws"
while read -r command; do
    for out in /dev/full closed; do
        # shellcheck disable=SC2086
        if [ "$out" = closed ]; then
            "$PC_BUILDDIR/perfcourse" $command >&- 2>"$tmp/err" </dev/null
        else
            "$PC_BUILDDIR/perfcourse" $command >"$out" 2>"$tmp/err" </dev/null
        fi
        got=$?
        checks=$((checks + 1))
        [ "$got" = 7 ] || wrong "$out: exit code $got, wanted 7: $command"
        says err 'cannot write to standard output'
    done
done <<EOF
--version
help
check --help
list
show 07.1 --workspace $tmp/ws
hint 07.1
init $tmp/ws
check 07.1 --use starter --quick
check 07 --use starter --quick --json
bench 07.1 --use starter --benchtime 1x
EOF
"$PC_BUILDDIR/perfcourse" check 07.1 --use reference --quick <&- >"$tmp/out" 2>&1 ||
    wrong "a closed standard input does harm"
"$PC_BUILDDIR/perfcourse" check 07.1 --use starter --quick <&- >&- 2>&-
[ "$?" = 7 ] || wrong "without any stream the exit code is not 7"

finish
