#!/bin/sh
# Each way to save starts one check: a new file renamed over the old one, as vim does, an edit in
# place by sed, an append, a copy; and what a check found can be copied.
set -u
. "${PC_SRCDIR:-.}/tests/tui/course.sh"

export PERFCOURSE_WORKSPACE="$tmp/ws"
"$program" init "$tmp/ws" >/dev/null || exit 1
kernel="$tmp/ws/$topic/join_names/join_names.c"

# checks_of: how many checks of the kernel are in the history.
checks_of() {
    "$program" export | grep -c '"attempt"' || true
}

begin "saves" 80 24
run "$program"
wait_for 'of 6 passed'
send g j j j j j j Enter
wait_for '07.1 join_names'

# Each leaves a name behind that the compiler complains about.
echo 'int a1 = missing_1;' >"$tmp/new.c" && mv "$tmp/new.c" "$kernel"
wait_long 'error: .*missing_1'
sed -i 's/missing_1/missing_2/' "$kernel"
wait_long 'error: .*missing_2'
echo 'int a3 = missing_3;' >>"$kernel"
wait_long '2 errors'
echo 'int a4 = missing_4;' >"$tmp/new.c" && cp "$tmp/new.c" "$kernel"
wait_long 'error: .*missing_4'
if command -v vim >/dev/null 2>&1; then
    vim -u NONE -es -c 'set backup writebackup' -c '%s/missing_4/missing_5/' -c wq "$kernel"
    wait_long 'error: .*missing_5'
fi

# A save of the same content is none.
before=$(checks_of)
cp "$kernel" "$tmp/same.c" && mv "$tmp/same.c" "$kernel"
echo 'int a6 = missing_6;' >"$tmp/new.c" && mv "$tmp/new.c" "$kernel"
wait_long 'error: .*missing_6'
is "checks of two saves, one of them the same" $((before + 1)) "$(checks_of)"

# The report of the check goes to the clipboard, and the message names its size.
send y
wait_for 'copied [0-9]* bytes'
checks=$((checks + 1))
t show-buffer | grep -q 'missing_6' || wrong "the buffer is $(t show-buffer)"
send Q
wait_for 'ended with 0'

finish
