#!/bin/sh
# Whatever stands in the place of the progress file: the cause is named once, with what was done
# or can be done about it, the exit code is that of the command, earlier progress is shown, and
# the course goes on.
. "$PC_SRCDIR/tests/cli/lib.sh"

state="$XDG_STATE_HOME/perfcourse"
db="$state/perfcourse.db"

# Two days of work: the backup has all but the last hint.
run 0 hint csv_sum
run 0 hint csv_sum
rm -rf "$state/backup"
run 0 hint csv_sum
run 0 progress csv_sum
says out '3 of 3 hints'
cp -R "$state" "$tmp/kept"

# Whether a message is true can be seen by what is done next.
spoil() {
    rm -rf "$state"
    cp -R "$tmp/kept" "$state"
    case $1 in
    empty) : >"$db" ;;
    missing) rm "$db" ;;
    header) head -c 100 "$tmp/kept/perfcourse.db" >"$db" ;;
    odd) head -c 5001 "$tmp/kept/perfcourse.db" >"$db" ;;
    page) head -c 8192 "$tmp/kept/perfcourse.db" >"$db" ;;
    text) echo 'a shopping list' >"$db" ;;
    large) rm "$db" && truncate -s 100M "$db" ;;
    folder) rm "$db" && mkdir "$db" ;;
    fifo) rm "$db" && mkfifo "$db" ;;
    loop) ln -sf perfcourse.db "$db" ;;
    nowhere) ln -sf /nowhere/at/all "$db" ;;
    newer) printf '\143' | dd of="$db" bs=1 seek=63 conv=notrunc 2>/dev/null ;;
    journal) mkdir "$db-wal" ;;
    unreadable) chmod 000 "$db" ;;
    read-only) chmod 555 "$state" && chmod 444 "$db" ;;
    file) rm -rf "$state" && echo 'a file' >"$state" ;;
    esac
}

# WHAT, who may be root, whether it is mended, the hints that are shown then, the message.
while IFS='|' read -r what who mended hints message; do
    [ "$who" = anybody ] || [ "$(id -u)" != 0 ] || continue
    spoil "$what"
    run 0 progress csv_sum
    says err "$message"
    [ "$hints" = none ] || says out "$hints of 3 hints"
    checks=$((checks + 1))
    [ "$(grep -c . "$tmp/err")" = 1 ] || wrong "$what: it is not said in one line"
    run 0 hint csv_sum
    says out '^hint '
    run 0 progress csv_sum
    if [ "$mended" = mended ]; then
        says_not err .
        says out '[23] of 3 hints'
        run 0 export
        says out '"end":'
    else
        says err "$message"
    fi
    chmod -R u+rwX "$state"
done <<EOF
empty|anybody|mended|2|damaged (it is empty) and is now perfcourse.db.damaged-.*the backup 20.*is used
missing|anybody|mended|2|missing; the backup 20.*is used
header|anybody|mended|2|damaged (.*the backup 20.*is used
odd|anybody|mended|[23]|damaged (.*the backup 20.*is used
page|anybody|mended|[23]|damaged (.*the backup 20.*is used
text|anybody|mended|2|damaged (it is no database).*the backup 20.*is used
large|anybody|mended|2|damaged (it is no database).*the backup 20.*is used
folder|anybody|mended|2|damaged (it is not a regular file).*the backup 20.*is used
fifo|anybody|mended|2|damaged (it is not a regular file).*the backup 20.*is used
loop|anybody|mended|2|damaged (it is a symbolic link that leads nowhere).*the backup 20.*is used
nowhere|anybody|mended|2|damaged (it is a symbolic link that leads nowhere).*the backup 20.*is used
newer|anybody|stays|3|shown but not kept: .*written by a newer perfcourse; use that one
journal|anybody|stays|3|shown but not kept: .*perfcourse.db-wal is in the way: it is no file
unreadable|user|stays|none|neither read nor kept (to begin anew, move .* away).*Permission denied
read-only|user|stays|3|shown but not kept: .*make it and its folder writable for you
file|anybody|stays|none|not kept: .*perfcourse is in the way: it is not a folder
EOF

# A check is as good as ever, and says it once.
spoil newer
run 1 check join_names --use starter --quick
says_not err .
run 0 init "$HOME/perfcourse"
run 1 check join_names --quick
says out 'verdict: '
says err 'newer perfcourse'
checks=$((checks + 1))
[ "$(grep -c . "$tmp/err")" = 1 ] || wrong "it is not said once"

finish
