#!/bin/sh
# The program itself is killed at random moments, with its whole process group: checks, resets,
# undos, imports, exports, `dev new`.  Then no process is left, nothing that was done before is
# lost, nothing half done is taken for done, and the program goes on without a word.
# KILLS is the number of them, KILL_SEED repeats a run.
. "$PC_SRCDIR/tests/cli/lib.sh"

if ! command -v pgrep >/dev/null; then
    echo "skipped: pgrep is missing (package procps)"
    exit 77
fi
kills=${KILLS:-200}
seed=${KILL_SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
echo "KILL_SEED=$seed KILLS=$kills"
export XDG_CACHE_HOME="$tmp/cache"

course="$tmp/course"
mkdir -p "$course"
cp -R "$PC_SRCDIR/lessons" "$PC_SRCDIR/exercises" "$PC_SRCDIR/checks" "$PC_SRCDIR/templates" "$course"
chmod -R u+w "$course"
export PERFCOURSE_DATADIR="$course"

kernel="$HOME/perfcourse/$ex07/join_names/join_names.c"
starter="$PC_SRCDIR/exercises/$ex07/join_names/join_names.c"
reference="$PC_SRCDIR/checks/$ex07/join_names/reference.c"
undo="$HOME/perfcourse/.perfcourse/undo/join_names"

# Its proof, and how long things take here, in milliseconds.
run 1 check join_names --quick
duration() {
    begin=$(date +%s%N)
    "$program" "$@" >/dev/null 2>&1 </dev/null
    echo $((($(date +%s%N) - begin) / 1000000 + 1))
}
cp "$reference" "$kernel"
check_ms=$(duration check join_names --quick)
short_ms=$(duration reset join_names)
run 0 export "$tmp/records"
attempts=2

# What an import adds: many records at once.
{
    echo '{"perfcourse":"progress","format":1}'
    awk 'BEGIN { for (i = 1; i <= 2000; i++) printf "{\"page\":\"99/%d\",\"time\":%d}\n", i, i
                 print "{\"end\":2002}" }'
} >"$tmp/pages"

# Moments and commands are drawn beforehand, so that a seed repeats them.
awk -v seed="$seed" -v kills="$kills" 'BEGIN {
    srand(seed)
    for (i = 0; i < kills; i++)
        printf "%d %.6f\n", int(rand() * 8), rand()
}' >"$tmp/plan"

# kill_at FRACTION MS ARG...: start it in a process group of its own, as a shell does for a job,
# and kill that after a part of the usual time; `ended` is its exit code, or empty.
kill_at() {
    after=$(awk "BEGIN { print $1 * $2 * 1.2 / 1000 }")
    shift 2
    setsid "$program" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null &
    group=$!
    sleep "$after"
    kill -KILL -- "-$group" 2>/dev/null
    wait "$group" 2>/dev/null
    ended=$?
    [ "$ended" != 137 ] || ended=
}

whole_export() {
    tail -n 1 "$1" | grep -q "{\"end\":$(wc -l <"$1")}"
}

# The program is asked for everything, and says nothing of damage.
goes_on() {
    run 0 show join_names
    says_not err .
    run 0 export
    says_not err .
    cp "$tmp/out" "$tmp/now"
    checks=$((checks + 1))
    whole_export "$tmp/now" || wrong "the export is not whole"
    pages=$(grep -c '"page":"99/' "$tmp/now")
    [ "$pages" = 0 ] || [ "$pages" = 2000 ] || wrong "$pages of 2000 records were imported"
    found=$(grep -c '"attempt":"join_names"' "$tmp/now")
    [ "$found" = "$attempts" ] || [ "$found" = $((attempts + ${open:-0})) ] ||
        wrong "$found attempts are there, $attempts were told"
    attempts=$found
    find "$HOME/perfcourse" "$course" -name '.perfcourse-*' >"$tmp/out"
    [ ! -s "$tmp/out" ] || wrong "something is left"
}

# has TEXT-FILE: the learner's text is the kernel, or was put aside.
has() {
    checks=$((checks + 1))
    cmp -s "$1" "$kernel" && return
    for file in "$undo"/*; do
        cmp -s "$1" "$file" && return
    done
    wrong "the learner's text is lost"
}

number=0
while read -r what fraction; do
    number=$((number + 1))
    open=0
    [ $((number % 20)) != 10 ] || rm -rf "$XDG_CACHE_HOME"
    { cat "$reference" && echo "/* $number */"; } >"$tmp/mine"
    cp "$tmp/mine" "$kernel"
    case $what in
    0 | 1 | 2)
        kill_at "$fraction" "$check_ms" check join_names --quick
        if [ -z "$ended" ]; then
            open=1
        else
            attempts=$((attempts + 1))
        fi
        has "$tmp/mine"
        ;;
    3)
        kill_at "$fraction" "$short_ms" reset join_names
        cmp -s "$tmp/mine" "$kernel" || cmp -s "$starter" "$kernel" || wrong "the kernel is cut"
        has "$tmp/mine"
        ;;
    4)
        "$program" reset join_names >/dev/null
        kill_at "$fraction" "$short_ms" undo join_names
        cmp -s "$tmp/mine" "$kernel" || cmp -s "$starter" "$kernel" || wrong "the kernel is cut"
        has "$tmp/mine"
        ;;
    5)
        kill_at "$fraction" "$short_ms" import "$tmp/pages"
        ;;
    6)
        "$program" export "$tmp/records" 2>/dev/null
        kill_at "$fraction" "$short_ms" export "$tmp/records"
        checks=$((checks + 1))
        whole_export "$tmp/records" || wrong "an export is cut"
        "$program" export "$tmp/records"
        find "$tmp" -maxdepth 1 -name '.perfcourse-*' >"$tmp/out"
        [ ! -s "$tmp/out" ] || wrong "a part of an export is left"
        ;;
    7)
        # A topic has room for some exercises only.
        rm -rf "$course/exercises/$ex07"/made_* "$course/checks/$ex07"/made_*
        cp "$PC_SRCDIR/lessons/$ex07/lesson.lua" "$course/lessons/$ex07/lesson.lua"
        kill_at "$fraction" "$short_ms" dev new "07/made_$number"
        if [ -z "$ended" ] && ! grep -q "made_$number" "$course/lessons/$ex07/lesson.lua"; then
            run 0 dev new "07/made_$number"
        fi
        grep -q "\"made_$number\"" "$course/lessons/$ex07/lesson.lua" || wrong "it is not made"
        ;;
    esac
    goes_on
    # Whoever was started by what was killed dies with it, in a moment.
    tries=0
    while pgrep -f "$XDG_CACHE_HOME" >/dev/null 2>&1 && [ "$tries" -lt 100 ]; do
        tries=$((tries + 1))
        sleep 0.05
    done
    checks=$((checks + 1))
    [ "$tries" -lt 100 ] || wrong "a process is left: $(pgrep -af "$XDG_CACHE_HOME")"
    if [ "$failures" != 0 ]; then
        echo "number $number, command $what, at $fraction of its time, KILL_SEED=$seed"
        break
    fi
done <"$tmp/plan"

# The cache holds nothing broken, whatever was being built.
cp "$reference" "$kernel"
run 0 check join_names --quick
run 1 check join_names --use starter --quick

finish
