#!/bin/sh
# What the options for all commands do to the full screen.
set -u
. "${PC_SRCDIR:-.}/tests/tui/course.sh"

export PERFCOURSE_WORKSPACE="$tmp/ws"
"$PC_BUILDDIR/perfcourse" init "$tmp/ws" >/dev/null || exit 1
colours='\[[0-9;]*\(3[0-8]\|4[0-8]\|9[0-7]\)\(;[0-9;]*\)*m'

# The first page of the topic, whose code is coloured; then back to the shell.
look_at_a_page() {
    run "$@"
    wait_for '0 of 6 passed'
    send j Enter
    wait_for 'page 1 of 5'
    send Q
    wait_for 'ended with 0'
}

begin "all colours and characters" 80 24
look_at_a_page "$PC_BUILDDIR/perfcourse"
checks=$((checks + 2))
[ "$(escapes "$colours")" -gt 0 ] || wrong "no colours"
LC_ALL=C grep -a -q "$(printf '[\200-\377]')" "$raw" || wrong "nothing but ASCII"

for options in --ascii 'browse --ascii' PERFCOURSE_ASCII; do
    begin "$options" 80 24
    case $options in
    -* | browse*) look_at_a_page "$PC_BUILDDIR/perfcourse $options" ;;
    *) look_at_a_page "$options=1 $PC_BUILDDIR/perfcourse" ;;
    esac
    is "lines with other bytes" 0 "$(LC_ALL=C grep -a -c "$(printf '[\200-\377]')" "$raw")"
done

for options in --no-color '--theme mono'; do
    begin "$options" 80 24
    look_at_a_page "$PC_BUILDDIR/perfcourse $options"
    is "lines with colours" 0 "$(escapes "$colours")"
done

# The dark theme takes colours of the 256, the plain one those of the terminal.
for theme in plain dark light; do
    begin "--theme $theme" 80 24
    look_at_a_page "env TERM=xterm-256color $PC_BUILDDIR/perfcourse --theme=$theme"
    checks=$((checks + 1))
    found=$(escapes '\[[0-9;]*38;5;')
    case $theme in
    plain) [ "$found" = 0 ] || wrong "colours of the 256" ;;
    *) [ "$found" -gt 0 ] || wrong "no colours of the 256" ;;
    esac
done

finish
