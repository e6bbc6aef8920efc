#!/bin/sh
# What is sent: colours, atomic frames, unknown terminals, locales, sizes, and nothing at all.
set -u
. "${PC_SRCDIR:-.}/tests/tui/lib.sh"

colours='\[[0-9;]*\(3[0-8]\|4[0-8]\|9[0-7]\)\(;[0-9;]*\)*m'

begin "colours" 80 24
run "$demo"
wait_for '? help'
screen >"$tmp/coloured"
checks=$((checks + 1))
[ "$(escapes "$colours")" -gt 0 ] || wrong "no colours"

begin "NO_COLOR" 80 24
run "NO_COLOR=1 $demo"
wait_for '? help'
screen >"$tmp/plain"
is "lines with colours" 0 "$(escapes "$colours")"
is "difference of the screens" "" "$(diff "$tmp/coloured" "$tmp/plain")"

begin "an empty NO_COLOR" 80 24
run "NO_COLOR= $demo"
wait_for '? help'
checks=$((checks + 1))
[ "$(escapes "$colours")" -gt 0 ] || wrong "no colours"

for term in xterm-ghostty nonsense; do
    begin "TERM=$term" 80 24
    run "TERM=$term $demo"
    wait_for 'taken for xterm-256color'
    send Down
    wait_for '▸ row 1 '
    checks=$((checks + 1))
    screen | grep -q 'taken for' && wrong "the note stays"
done

begin "TERM=vt100" 80 24
run "TERM=vt100 $demo"
wait_for '? help'
is "lines with colours" 0 "$(escapes "$colours")"
screen >"$tmp/vt100"
is "difference of the screens" "" "$(diff "$tmp/coloured" "$tmp/vt100")"

for term in dumb ''; do
    begin "TERM='$term'" 80 24
    run "TERM=$term $demo"
    wait_for 'no full screen here'
done

# What is the encoding: the first bytes of the arrow that is the cursor.
for locale in LC_ALL=C LC_ALL=POSIX; do
    begin "$locale" 80 24
    run "$locale $demo"
    wait_for '^> row 0  *\[!\] missed'
    is "lines with other bytes" 0 "$(LC_ALL=C grep -a -c "$(printf '[\200-\377]')" "$raw")"
done
begin "a UTF-8 locale that is not installed" 80 24
run "LC_ALL=xx_XX.UTF-8 $demo"
wait_for '^▸ row 0  *✗ missed'

begin "atomic frames" 80 24
run "TERM=xterm-256color $demo"
wait_for '? help'
send NPage
wait_for '▸ row 20'
send NPage
wait_for '▸ row 40'
begun=$(escapes '\[?2026h')
checks=$((checks + 1))
[ "$begun" -gt 0 ] || wrong "no frame is atomic"
is "ends of atomic frames" "$begun" "$(escapes '\[?2026l')"
for term in linux vt100; do
    begin "atomic frames with TERM=$term" 80 24
    run "TERM=$term $demo"
    wait_for '? help'
    checks=$((checks + 1))
    screen | grep -q 'taken for' && wrong "it is not known"
    is "atomic frames" 0 "$(escapes '\[?2026h')"
done

begin "resizing" 80 24
run "$demo"
wait_for '80x24'
send Down Down Down
wait_for '▸ row 3'
for size in 120x40 60x20 20x5 300x100 1x1 40x10; do
    t resize-window -x "${size%x*}" -y "${size#*x}"
    [ "$size" = 1x1 ] || [ "$size" = 20x5 ] || wait_for "$size"
done
wait_for '▸ row 3'
t resize-window -x 20 -y 5
wait_for '^ .*? help$'

begin "nothing happens" 80 24
run "$demo"
wait_for '? help'
pid=$(demo_pid)
# It has come to rest when it has slept twice in a row with the same count.
count() {
    awk '/^voluntary_ctxt/ { print $2 }' "/proc/$pid/status"
    wc -c <"$raw"
    cut -d' ' -f1 "/proc/$pid/schedstat"
}
before=
until [ "$before" = "$(count)" ]; do
    before=$(count)
    sleep 0.2
done
sleep 2
is "switches, bytes and nanoseconds" "$before" "$(count)"

begin "a check" 80 24
run "TERM=xterm-256color $demo"
wait_for '? help'
send c
wait_for 'tick [1-9][0-9]'
first=$(screen | sed -n 's/.*tick //p')
sleep 2
send Down
wait_for '▸ row 1 '
last=$(screen | sed -n 's/.*tick //p')
frames=$(LC_ALL=C grep -a -o 'tick' "$raw" | wc -l)
checks=$((checks + 1))
# Two seconds and a key: at most nine frames, and some hundred changes.
if [ "$frames" -gt 12 ] || [ "$last" -le "$first" ]; then
    wrong "$frames frames, $first to $last"
fi
bytes=$(wc -c <"$raw")
sleep 1
more=$(($(wc -c <"$raw") - bytes))
[ "$more" -le 200 ] || wrong "$more bytes in a second"
send C-c
send q
wait_for 'ended with 0'

finish
