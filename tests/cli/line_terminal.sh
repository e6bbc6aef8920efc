#!/bin/sh
# Line mode on terminals that can do little: which ones get it, and what Ctrl-C ends.  Needs
# tmux, in which the program runs.
. "$PC_SRCDIR/tests/cli/screen.sh"

export PERFCOURSE_WORKSPACE="$tmp/ws"
run 0 init "$tmp/ws"

# Open a terminal, with a shell in it.  All bytes that come out of it are in $raw.
open_terminal() {
    screen kill-server 2>/dev/null
    terminals=$((terminals + 1)) # a server that ends would take the new session with it
    raw="$tmp/raw$terminals"
    : >"$raw"
    screen new-session -d -s main -x 80 -y 50 "exec env PS1='$ ' ENV= sh" ||
        wrong "tmux does not start"
    wait_for '^[$]'
}

# Type a command; its exit code is shown at the end.  From here on its bytes are kept.
enter() {
    screen pipe-pane -t main "cat >>'$raw'"
    screen send-keys -t main "$* ; echo code=\$?" Enter
}
words() { screen send-keys -t main "$1" Enter; }
typed="$alone $program"
: >"$tmp/err"

# A compiler that can be made slow, and tells when it is at it.
cat >"$tmp/cc" <<END
#!/bin/sh
case "\$*" in *format_point*) [ ! -e "$tmp/slow" ] || { : >"$tmp/compiling"; sleep 60; } ;; esac
exec ${CC:-cc} "\$@"
END
chmod +x "$tmp/cc"

# Terminals that can do nothing get line mode, also when the full screen was asked for.
for command in "TERM=dumb $typed" "TERM= $typed" "TERM=dumb $typed browse" "$typed --plain" \
    "PERFCOURSE_PLAIN=1 $typed"; do
    open_terminal
    enter "$command"
    wait_for '^> $'
    says out '^perfcourse, line mode'
    words 'open 07.1'
    wait_for '^Hints '
    wait_for '^> $'
    words quit
    wait_for '^code=0'
    checks=$((checks + 1))
    # The shell itself sends these when a line is typed at its prompt; not between two lines.
    sed -n '/^perfcourse, line mode/,/^> quit/p' "$raw" | LC_ALL=C grep -a -q "$(printf '\033')" &&
        wrong "there are escapes: $command"
done

# At the prompt Ctrl-C ends it, and so does Ctrl-D, which is no failure.
open_terminal
enter "$typed --plain"
wait_for '^> $'
screen send-keys -t main 'whe' C-c
wait_for '^code=130'
enter "clear; $typed --plain"
wait_for '^> $'
screen send-keys -t main C-d
wait_for '^code=0'

# While a command runs it ends that: the check is cancelled, and the dialogue goes on.
open_terminal
touch "$tmp/slow"
echo "/* $$ */" >>"$tmp/ws/$ex07/format_point/format_point.c"
enter "CC=$tmp/cc $typed --plain"
wait_for '^> $'
words 'check 07.2'
tries=300
until [ -e "$tmp/compiling" ] || [ "$tries" = 0 ]; do
    tries=$((tries - 1))
    sleep 0.1
done
screen send-keys -t main C-c
wait_for '^check is cancelled'
says_not out '^verdict'
words where
wait_for '^07.2 format_point$'
words 'experiment'
wait_for '^your prediction'
screen send-keys -t main C-c
wait_for '^experiment is cancelled'
words quit
wait_for '^code=0'

# Asked to end, it takes along what it has started (then `alone` would give 99).
rm -f "$tmp/compiling"
open_terminal
enter "CC=$tmp/cc $typed --plain"
wait_for '^> $'
words 'check 07.2'
tries=300
until [ -e "$tmp/compiling" ] || [ "$tries" = 0 ]; do
    tries=$((tries - 1))
    sleep 0.1
done
dialogue=
for stat in /proc/[0-9]*/stat; do
    child=${stat%/stat}
    tr '\0' ' ' 2>/dev/null <"$child/cmdline" | grep -q "^$program --plain $" && dialogue=${child#/proc/}
done
kill -TERM "$dialogue" || wrong "the dialogue is not found"
wait_for '^code=143'
rm -f "$tmp/slow"

finish
