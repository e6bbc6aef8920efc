#!/bin/sh
# The editor gets the terminal as the shell has it and gives it back; VISUAL or EDITOR says which
# one, arguments and odd names of files are fine, and its failure is told.
set -u
. "${PC_SRCDIR:-.}/tests/tui/course.sh"

# A workspace whose name a shell would split, and worse.
export PERFCOURSE_WORKSPACE="$tmp/a b;touch hacked;\$(touch hacked)"
"$program" init "$PERFCOURSE_WORKSPACE" >/dev/null || exit 1
kernel="$PERFCOURSE_WORKSPACE/$topic/join_names/join_names.c"

# An editor that tells how it was called and what the terminal is like.
cat >"$tmp/ed" <<'END'
#!/bin/sh
stty -a >"$ED_OUT/modes"
printf '%s\n' "$0" "$@" >"$ED_OUT/called"
for file; do :; done
echo "inside the editor"
# shellcheck disable=SC2034
read -r line
[ "$line" = keep ] || echo "/* edited */" >>"$file"
exit "${ED_STATUS:-0}"
END
chmod +x "$tmp/ed"
cp "$tmp/ed" "$tmp/other"
export ED_OUT="$tmp"

# open_exercise COMMAND: the exercise is on the screen, one hint is open.
open_exercise() {
    run "$1"
    wait_for 'of 6 passed'
    send g j j j j j j Enter
    wait_for '07.1 join_names'
}

begin "an editor that changes the file" 80 24
open_exercise "VISUAL='$tmp/ed -x --two words' EDITOR='$tmp/other' $program"
send H
wait_for 'Hints, 1 of 3'
send e
wait_for '^inside the editor'
is "the terminal inside" 0100 "$(flags)"
checks=$((checks + 1))
if ! grep -q ' icanon' "$tmp/modes" || ! grep -q ' echo ' "$tmp/modes"; then
    wrong "$(cat "$tmp/modes")"
fi
is "VISUAL wins" "$tmp/ed" "$(sed -n 1p "$tmp/called")"
is "its arguments" "-x --two words" "$(sed -n '2,4p' "$tmp/called" | tr '\n' ' ' | sed 's/ $//')"
is "the file" "$kernel" "$(tail -n 1 "$tmp/called")"
is "commands in the name" no "$([ -e "$tmp/hacked" ] && echo yes || echo no)"
send finished Enter
wait_for 'join_names › \|07.1 join_names'
is "the file is changed" 1 "$(grep -c '^/. edited ./$' "$kernel")"
wait_long '^ NOT YET'
send Q
wait_for 'ended with 0'

begin "an editor that fails and changes nothing" 80 24
open_exercise "ED_STATUS=3 EDITOR='$tmp/other' VISUAL= $program"
send Space
wait_for 'Hints, 1 of 3'
before=$(screen)
send e
wait_for '^inside the editor'
is "EDITOR, as VISUAL is empty" "$tmp/other" "$(sed -n 1p "$tmp/called")"
send keep Enter
wait_for 'status 3'
send C-l
wait_for '^     can begin\.$'
is "the screen after it" "$before" "$(screen)"
send Q
wait_for 'ended with 0'

begin "no editor is named: vi" 80 24
mkdir "$tmp/bin"
cp "$tmp/ed" "$tmp/bin/vi"
open_exercise "VISUAL= EDITOR= PATH='$tmp/bin:$PATH' $program"
send e
wait_for '^inside the editor'
is "the editor" "$tmp/bin/vi" "$(sed -n 1p "$tmp/called")"
send keep Enter
wait_for '07.1 join_names'
send Q
wait_for 'ended with 0'

begin "an editor that is not there" 80 24
open_exercise "VISUAL=no-such-editor $program"
send e
wait_for "editor was not found"
wait_for '? help'
send Q
wait_for 'ended with 0'

finish
