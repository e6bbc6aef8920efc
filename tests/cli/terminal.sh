#!/bin/sh
# What a person sees on a terminal: a status line that leaves nothing behind, lines broken at
# words, and Ctrl-C at any moment.  Needs tmux, in which the program runs.
. "$PC_SRCDIR/tests/cli/screen.sh"

# Open a terminal of COLUMNS, with a shell in it.
open_terminal() {
    screen kill-server 2>/dev/null
    terminals=$((terminals + 1)) # a server that ends would take the new session with it
    screen new-session -d -s main -x "$1" -y 100 "exec env PS1='$ ' sh" ||
        wrong "tmux does not start"
    wait_for '^[$]'
}

# Type a command; its exit code is shown at the end.
enter() { screen send-keys -t main "$typed $* ; echo code=\$?" Enter; }

# Nothing but paths, and the command that was typed, is wider than COLUMNS.
fits() {
    checks=$((checks + 1))
    ! sed "/alone/d; \\#$tmp#d" "$tmp/out" | grep -q -E "^.{$(($1 + 1))}" ||
        wrong "lines are wider than $1 columns"
}

typed="$PC_BUILDDIR/tests/cli/alone $PC_BUILDDIR/perfcourse"
: >"$tmp/err"

# A compiler that can be made slow, and a course in which the starter is just fast enough, so
# that its timing takes as long as it may.
cat >"$tmp/cc" <<EOF
#!/bin/sh
case "\$*" in *join_names*) [ ! -e "$tmp/slow" ] || sleep 60 ;; esac
exec ${CC:-cc} "\$@"
EOF
chmod +x "$tmp/cc"
mkdir "$tmp/course"
cp -R "$PC_SRCDIR/lessons" "$PC_SRCDIR/exercises" "$PC_SRCDIR/checks" "$tmp/course"
chmod -R u+w "$tmp/course"
export PERFCOURSE_DATADIR="$tmp/course"
sed -i 's/speedup = {min = [0-9.]*, /speedup = {min = 1, /' \
    "$tmp/course/checks/$ex07/join_names/limits.lua"
run 1 check join --use starter --quick --cc "$tmp/cc"

# The status line is gone at the end, and nothing is wider than the screen.
for columns in 80 40; do
    open_terminal "$columns"
    enter check join csv_sum --use starter --quick --seed 7
    wait_for '^code=1'
    says out '^build: ok' '^verdict: ' '^total: 0 of 2'
    says_not out '^testing' '^building' '^counting'
    fits "$columns"
done
screen send-keys -t main "clear; $typed show 07.1; $typed hint csv_sum; $typed list" Enter
wait_for '^  07[.0-9]* *csv_sum'
says out '^Edit ' '^Hints ' '^hint 1 of'
fits 40

# Ctrl-C while it compiles, tests and times: 130 in the first column, and no process is left
# (then `alone` would give 99).
interrupt() {
    shows=$1
    shift
    open_terminal 80
    enter "$@"
    wait_for "$shows" || return
    screen send-keys -t main C-c
    wait_for '^code='
    says out '^code=130'
    says_not out '^building' '^testing' '^timing' '^verdict:'
}
touch "$tmp/slow"
cp "$PC_SRCDIR/checks/$ex07/join_names/reference.c" "$tmp/changed.c"
echo "/* $$ */" >>"$tmp/changed.c"
interrupt '^building' check 07.1 --use "$tmp/changed.c" --cc "$tmp/cc"
rm "$tmp/slow"
interrupt '^testing' check 07.1 --use "$PC_SRCDIR/tests/hostile/kernels/endless.c"
interrupt '^timing .*restart' check 07.1 --use starter --time 30

# A narrow screen cuts the status line, so that it can be taken back.
open_terminal 30
enter check 07.1 --use starter --time 30
wait_for '^timing .*after'
screen send-keys -t main C-c
wait_for '^code=130'
says_not out 'timing'

# Places in the kernel are links on a terminal that takes them, and plain text elsewhere.
cp "$PC_SRCDIR/exercises/$ex07/join_names/join_names.c" "$tmp/linked.c"
link=$(printf '\033]8;;file://[^/]*/.*/linked.c\033')
for term in xterm-256color linux; do
    open_terminal 80
    screen pipe-pane -t main "cat >'$tmp/raw.$term'"
    screen send-keys -t main "TERM=$term $typed check 07.1 --quick --use '$tmp/linked.c'" Enter
    wait_for '^verdict:'
done
checks=$((checks + 2))
grep -q -a "$link" "$tmp/raw.xterm-256color" || wrong "no link to the kernel on a terminal"
! grep -q -a "$link" "$tmp/raw.linux" || wrong "a link on a console that takes none"
run 1 check 07.1 --quick --use "$tmp/linked.c"
says_not out "$(printf '\033')"

# Without colours or a capable terminal: no status line, no escape.
open_terminal 80
screen send-keys -t main "NO_COLOR=1 TERM=dumb $typed check 07.1 --use starter --quick" Enter
wait_for '^verdict:'
says_not out '\[K' 'testing'

finish
