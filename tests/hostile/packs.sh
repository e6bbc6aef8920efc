#!/bin/sh
# Lua of a pack that hangs, grows, floods and lies, in each place where it can stand: the program
# says so with the file's name, stays small, ends with 7, and leaves no process.
#
# The first line of a file is "-- expect: QUICK|SLOW TEXT": places where it stands in `make check`,
# and in `make check-hostile`, of lesson, limits and run; TEXT is a basic regular expression.
# shellcheck disable=SC2317
. "$PC_SRCDIR/tests/cli/lib.sh"
: "${pace:=quick}"

# The topic 01 gets the file, 02 is sound.
mkdir "$tmp/base"
run 0 --pack "$tmp/base" dev new 01_foreign
run 0 --pack "$tmp/base" dev new 02_sound
run 0 --pack "$tmp/base" experiment 02 --budget 1
lesson=lessons/01_foreign/lesson.lua
limits=checks/01_foreign/first_of_01/limits.lua

# plant FILE PLACE PACK: a pack with the file in that place.
plant() {
    cp -R "$tmp/base" "$3"
    case $2 in
    lesson) cat "$1" "$tmp/base/$lesson" >"$3/$lesson" ;;
    limits) cat "$1" "$tmp/base/$limits" >"$3/$limits" ;;
    run) sed "/run = function(x)/r $1" "$tmp/base/$lesson" >"$3/$lesson" ;;
    esac
}

# judge FILE PLACE: what becomes of it; also whether the program needs no more memory than the
# process that runs the file may have.
judge() {
    name=$(basename "$1" .lua).$2
    plant "$1" "$2" "$tmp/$name"
    case $2 in
    run) set -- experiment 01 --budget 1 ;;
    *) set -- show first_of_01 ;;
    esac
    if grep -q '^PC_SANITIZE = *$' "$PC_BUILDDIR/Makefile"; then
        # shellcheck disable=SC3045
        ulimit -S -v 262144
    fi
    timeout -k 1 100 "$alone" "$program" --pack "$tmp/$name" "$@" >"$tmp/$name.out" \
        2>"$tmp/$name.err" </dev/null
    echo $? >"$tmp/$name.code"
}

each() {
    for file in "$PC_SRCDIR"/tests/hostile/packs/*.lua; do
        IFS= read -r words <"$file"
        words=${words#-- expect: }
        places=${words%% *}
        case $pace in
        quick) places=${places%%|*} ;;
        *) places=${places#*|} ;;
        esac
        for place in $(echo "$places" | tr , ' '); do
            "$@" "$file" "$place" "${words#* }"
        done
    done
}

# Two at a time.
begin() {
    judge "$1" "$2" &
    running=$((${running:-0} + 1))
    if [ "$running" = 2 ]; then
        wait
        running=0
    fi
}

compare() {
    name=$(basename "$1" .lua).$2
    cp "$tmp/$name.out" "$tmp/out"
    cp "$tmp/$name.err" "$tmp/err"
    case $2 in
    limits) where='01 first_of_01: limits.lua' ;;
    *) where='01 lesson.lua' ;;
    esac
    checks=$((checks + 1))
    [ "$(cat "$tmp/$name.code")" = 7 ] ||
        wrong "$name: exit code $(cat "$tmp/$name.code"), wanted 7"
    says err "$where:.*\($3\)"
    says_not err "$(printf '\033')" "$(printf '\007')" "$(printf '\302\233')"
    says_not out "$(printf '\033')"
    checks=$((checks + 1))
    [ "$(wc -c <"$tmp/err")" -lt 2000 ] || wrong "$name: a flood"
}

each begin
wait
each compare

# What is sound stays usable.
if [ "$pace" = quick ]; then
    plant "$PC_SRCDIR/tests/hostile/packs/loops.lua" lesson "$tmp/half"
    run 0 --pack "$tmp/half" list
    says out '^02 Sound' '02.1 *first_of_02'
    says err 'a topic is left out: 01 lesson.lua:2: stopped after 10 million'
    run 0 --pack "$tmp/half" experiment 02 --budget 1
    [ ! -e /tmp/perfcourse-was-owned ] || wrong "a program was run"
else
    # Silence that takes no time of the processor: of the process that should run the Lua.
    mkdir "$tmp/libexec"
    ln -s "$PC_BUILDDIR/perfcourse-run" "$PC_BUILDDIR/perfcourse-count" "$tmp/libexec"
    host="$tmp/libexec/perfcourse-lesson"
    for says in : 'echo garbage >&4' "printf 'tree 100\ntable 0 2\n' >&4"; do
        printf '#!/bin/sh\n%s\nsleep 1000\n' "$says" >"$host"
        chmod +x "$host"
        PERFCOURSE_LIBEXECDIR="$tmp/libexec" run 7 --pack "$tmp/base" show 01.1
        says err '01 lesson.lua: .*\(sent garbage\|stopped after 6 s\)'
    done
    # The content of a pack is certified as the course is; how fast its kernels are is not asked.
    run 0 --pack "$tmp/base" doctor
    for file in pattern_bomb loops; do
        plant "$PC_SRCDIR/tests/hostile/packs/$file.lua" limits "$tmp/$file"
        run 1 --pack "$tmp/$file" dev verify first_of_01
        says out 'limits.lua.*: .*loop without end'
    done
fi

finish
