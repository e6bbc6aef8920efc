#!/bin/sh
# The course on the full screen: pages are read, saves are checked, hints come one by one, the
# editor gets the terminal and gives it back, Ctrl-C cancels a check before it ends the program.
set -u
. "${PC_SRCDIR:-.}/tests/tui/lib.sh"

export HOME="$tmp/home" XDG_STATE_HOME="$tmp/state"
export XDG_CACHE_HOME="${PC_TEST_CACHE:-$PC_BUILDDIR/tests/cache}"
export PERFCOURSE_WORKSPACE="$tmp/ws"
mkdir -p "$HOME" "$XDG_CACHE_HOME"
"$PC_BUILDDIR/perfcourse" init "$tmp/ws" >/dev/null || exit 1
topic=07_strings_bytes_and_builders
kernel="$tmp/ws/$topic/join_names/join_names.c"
reference="$PC_SRCDIR/checks/$topic/join_names/reference.c"

# A check takes a second; on a crowded machine many.
wait_long() {
    tries=0
    until screen | grep -q -e "$1" || [ "$tries" -gt 600 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    wait_for "$1"
}

begin "the way through the course" 80 24
run "$PC_BUILDDIR/perfcourse"
wait_for '0 of 6 passed'
wait_for '07 Strings, bytes and builders'
wait_for 'Enter open'
send j Enter
wait_for 'page 1 of 5'
send l
wait_for 'page 2 of 5'
send q
wait_for '0 of 6 passed'
is "a page that was read has a mark" 1 "$(screen | grep -c '· What a C string')"

# The first exercise stands behind the pages.
send j j j j j Enter
wait_for '07.1 join_names'
wait_for 'Goals'
send c
wait_long 'Not yet: '
wait_for 'join_names .*not yet$'
send H
wait_for 'Hints, 1 of 3'
send H
wait_for 'Hints, 2 of 3'

# A save is a check; the latest content has the last word.
cp "$reference" "$tmp/new.c" && mv "$tmp/new.c" "$kernel"
wait_long 'join_names .*passed$'
cp "$PC_SRCDIR/exercises/$topic/join_names/join_names.c" "$kernel"
wait_long 'join_names .*not yet$'
echo 'int broken(' >>"$kernel"
wait_long 'build: failed'

# The help tells the keys of this screen, the palette runs them by name.
send '?'
wait_for 'next hint'
send q
send ':'
wait_for 'matches'
send -l 'hint' && send Enter
wait_for 'Hints, 3 of 3'

# Ctrl-C cancels what runs and leaves the program where it is; this kernel runs for ever.
cp "$PC_SRCDIR/tests/hostile/kernels/endless.c" "$kernel"
wait_long 'join_names .*testing$'
send C-c
wait_for 'join_names .*cancelled$'
cp "$reference" "$kernel"
wait_long 'join_names .*passed$'
send q
wait_for '1 of 6 passed'
send q
wait_for 'ended with 0'
is "the terminal" 0100 "$(flags)"

# The editor, with arguments and a file whose name a shell would split.
cat >"$tmp/editor" <<'END'
#!/bin/sh
[ "$1" = -x ] && [ -f "$2" ] && echo '/* edited */' >>"$2"
END
chmod +x "$tmp/editor"
begin "the editor" 80 24
run "VISUAL='$tmp/editor -x' $PC_BUILDDIR/perfcourse"
wait_for '1 of 6 passed'
send j j j j j j Enter
wait_for '07.1 join_names'
send e
wait_long 'join_names .*passed$\|join_names .*not yet$'
is "the edited file" 1 "$(grep -c '^/. edited ./$' "$kernel")"
send Q
wait_for 'ended with 0'

# Small screens and plain terminals.
for size in '40 10' '20 5' '120 40'; do
    # shellcheck disable=SC2086
    begin "at $size" $size
    run "$PC_BUILDDIR/perfcourse"
    wait_for '? help'
    send G Enter
    wait_for '07.6'
    send Q
    wait_for 'ended with 0'
done
begin "a dumb terminal gets the list" 80 24
run "TERM=dumb $PC_BUILDDIR/perfcourse"
wait_for '07.1 *join_names'
wait_for 'ended with 0'

finish
