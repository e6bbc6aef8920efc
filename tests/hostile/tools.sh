#!/bin/sh
# Tools that are missing, broken or malicious: the cause and the remedy are named, nothing hangs,
# nothing is left, and no kernel is blamed.
. "${PC_SRCDIR:?run this from make check}/tests/hostile/lib.sh"

real=$(command -v "${CC%% *}") || real=$(command -v gcc)
: >"$tmp/not_executable"

# compiler NAME LINE...: it answers all questions about itself, and is strange in its work: "$made"
# is what it shall make.
compiler() {
    name=$1
    shift
    # shellcheck disable=SC2016
    fake "$name" "real='$real'" \
        'made= last=' \
        'for arg; do [ "$last" != -o ] || made=$arg; last=$arg; done' \
        'case "$*" in *--version* | *probe.c*) exec "$real" "$@" ;; esac' "$@"
}
# shellcheck disable=SC2016
{
    fake floods 'yes | head -c 100000000'
    fake no_linker 'case " $* " in *" -c "* | *" --version "*) exec '"$real"' "$@" ;; esac' \
        'echo "collect2: fatal error: cannot find ld" >&2; exit 1'
    fake no_sanitizers 'case "$*" in *fsanitize=address*) exit 1 ;; esac' \
        "exec '$real' \"\$@\""
    compiler floods_later 'yes "x.c:1:1: error: no" | head -c 100000000; exit 1'
    compiler makes_nothing 'exit 0'
    compiler makes_half '"$real" "$@" && head -c 400 "$made" >half && cat half >"$made"'
    compiler links_half '"$real" "$@" || exit' \
        'case "$made" in *product) head -c 400 "$made" >half && cat half >"$made" ;; esac'
    compiler deletes_all 'rm -rf "$PWD"; exit 0'
    compiler kills_itself 'kill -KILL $$'
    compiler no_processes 'echo "vfork: Resource temporarily unavailable" >&2; exit 1'
    # A process of a session of its own stays, and one that holds the pipes open.
    compiler stays 'setsid sleep 600 >/dev/null 2>&1 & sleep 600 & exec "$real" "$@"'
    compiler hangs 'exec sleep 600'
    compiler stops 'kill -STOP $$'
    compiler spins 'trap "" TERM XCPU HUP; while :; do :; done'
}

# CODE|COMPILER|WHAT IS SAID; with a + in front only when there is time
while IFS='|' read -r code cc text; do
    case $code in
    +*) everything || continue ;;
    esac
    run "${code#+}" check 07.1 --use starter --quick --cc "$cc"
    says out "$text"
    says_not out 'overflow.c) was not caught'
    leaves_nothing "$cc"
done <<EOF
7|$tmp|no program but a folder
7|/dev/null|no program but a folder or a device
7|$tmp/not_executable|may not be executed.*chmod
7|/nowhere/cc|there is no such program
7|/bin/false|/bin/false is no usable C compiler.*--cc
7|$tmp/bin/floods|more than 256 KiB of messages.*--cc
+7|$tmp/bin/floods_later|more than 256 KiB of messages.*--cc
7|$tmp/bin/makes_nothing|missing or incomplete.*--cc
+7|$tmp/bin/makes_half|missing or incomplete.*--cc
7|$tmp/bin/links_half|missing or incomplete.*--cc
+7|$tmp/bin/deletes_all|missing or incomplete.*--cc
+7|$tmp/bin/kills_itself|the compiler died: Killed
7|$tmp/bin/no_linker|cannot find ld.*apt install
7|$tmp/bin/no_sanitizers|install its sanitizers.*--cc
7|$tmp/bin/no_processes|too many processes.*ulimit -u
+1|$tmp/bin/stays|^tests: 9 of 9 passed
+7|$tmp/bin/hangs|ran out of its 20 s (it waited
+7|$tmp/bin/stops|ran out of its 20 s (it waited
+7|$tmp/bin/spins|ran out of its 20 s (an endless
EOF

# From the variable too, which may hold arguments, or one path with blanks.
mkdir "$tmp/a b"
ln -s "$real" "$tmp/a b/cc"
CC=/bin/false run 7 check 07.1 --use starter --quick
says out '/bin/false is no usable'
CC="$tmp/a b/nothing" run 7 check 07.1 --use starter --quick
says out "no compiler '$tmp/a b/nothing' (from CC): there is no such program"
CC="$tmp/a b/cc" run 1 check 07.1 --use starter --quick
says out '^build: ok'

# A library that pkg-config should find.
mkdir "$tmp/course"
cp -R "$PC_SRCDIR/lessons" "$PC_SRCDIR/exercises" "$PC_SRCDIR/checks" "$tmp/course"
chmod -R u+w "$tmp/course"
sed -i 's/^return {/return {needs = {"nothing-of-this-name"},/' \
    "$tmp/course/checks/$ex07/join_names/limits.lua"
PERFCOURSE_DATADIR="$tmp/course" run 7 check 07.1 --use starter --quick --cc "$real"
says out 'nothing-of-this-name.*development package'
mkdir "$tmp/tools"
for tool in sh as ld "${real##*/}"; do
    ln -s "$(command -v "$tool")" "$tmp/tools/$tool"
done
if everything; then
    fake pkg-config 'exec sleep 600'
    PERFCOURSE_DATADIR="$tmp/course" PATH="$tmp/bin:$PATH" run 7 check 07.1 --use starter --quick
    says out 'pkg-config ran out of its 5 s.*does .pkg-config --version. work'
    rm "$tmp/bin/pkg-config"
fi
PERFCOURSE_DATADIR="$tmp/course" PATH="$tmp/tools" run 7 check 07.1 --use starter --quick \
    --cc "$real"
says out 'pkg-config.*apt install pkg-config'

# Editors, and diff.
run 0 init "$tmp/ws"
export PERFCOURSE_WORKSPACE="$tmp/ws"
kernel="$tmp/ws/$ex07/join_names/join_names.c"
cp "$kernel" "$tmp/before.c"
# shellcheck disable=SC2016
while IFS='|' read -r editor text; do
    VISUAL=$editor run 7 edit 07.1
    says err "$text"
done <<EOF
/nowhere/ed|not found; VISUAL or EDITOR names yours
$tmp|may not be executed; VISUAL or EDITOR
false|ended with 1
kill -SEGV \$\$;|ended by signal 11
kill -KILL \$\$;|ended by signal 9
'unbalanced|ended with 2
EOF
# One that stops itself in a place without job control goes on.
VISUAL="kill -STOP \$\$; true" as_user="setsid -w" run 0 edit 07.1
cmp -s "$kernel" "$tmp/before.c" || wrong "an editor that failed changed the kernel"
echo '/* changed */' >>"$kernel"
# shellcheck disable=SC2016
while IFS='|' read -r line text; do
    fake diff "$line"
    PATH="$tmp/bin:$PATH" run 7 diff 07.1
    says err "$text"
    leaves_nothing "diff: $line"
done <<EOF
kill -KILL \$\$|diff did not finish: Killed
exit 2|diff did not finish
yes|diff did not finish: it printed more than
EOF
rm "$tmp/bin/diff"
if everything; then
    fake diff 'exec sleep 600'
    PATH="$tmp/bin:$PATH" run 7 diff 07.1
    says err 'diff did not finish: it took more than 10 s'
    rm "$tmp/bin/diff"
fi
PATH="$tmp/tools" run 7 diff 07.1
says err 'diffutils'

finish
