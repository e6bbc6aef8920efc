#!/bin/sh
# Files that are no kernel, or cease to be one: each gets its exit code and a message that names the
# cause and what to do, as the learner's file and by --use.  What was read is what is judged.
. "$PC_SRCDIR/tests/cli/lib.sh"

workspace=$HOME/perfcourse
own=$workspace/$ex07/join_names/join_names.c
mine="$tmp/my kernel.c"
reference=$PC_SRCDIR/checks/$ex07/join_names/reference.c
mkdir "$tmp/folder"
mkfifo "$tmp/fifo"
ln -s loop "$tmp/loop"
export PERFCOURSE_WORKSPACE="$workspace"
run 0 init "$workspace"
run 1 check join_names --quick

# Two kernels that are right in any disguise, and texts that are none.
cp "$reference" "$tmp/plain"
sed 's/$/\r/' "$reference" >"$tmp/crlf"
{ printf '\357\273\277'; cat "$reference"; } >"$tmp/bom"
: >"$tmp/empty"
head -c 52428800 /dev/zero | tr '\0' ' ' >"$tmp/large"
{ printf 'int a\0b;\n'; cat "$reference"; } >"$tmp/nuls"
head -c 100000 /dev/urandom >"$tmp/noise"
echo '#include "join_names.c"' >"$tmp/itself"
echo '#include "/etc/passwd"' >"$tmp/passwd"
printf '#define NAME "/etc/passwd"\n#include NAME\n' >"$tmp/hidden"
printf '__asm__(".incbin \\"/etc/passwd\\"");\n' >"$tmp/incbin"
printf '#include "../../../../../../../../etc/passwd"\n' >"$tmp/climbs"

# both OWN USE FILE TEXT: FILE as the learner's file and by --use, with the exit codes of each.
both() {
    rm -rf "$own"
    if [ -f "$3" ]; then
        cp "$3" "$own"
    else
        ln -s "$3" "$own"
    fi
    run "$1" check join_names --quick
    judged "$4"
    run "$2" check join_names --quick --use "$3"
    judged "$4"
}

# judged TEXT: it is said, and nothing of a file that is none of ours is shown.
judged() {
    cat "$tmp/err" >>"$tmp/out"
    says out "$1"
    says_not out 'root:' "$(printf '\033')"
}

both 0 0 "$tmp/plain" 'limits are met'
both 0 0 "$tmp/crlf" 'limits are met'
both 0 0 "$tmp/bom" 'limits are met'
both 3 3 "$tmp/empty" "'join_strings' is missing"
both 7 2 "$tmp/large" '52428800 bytes, at most [0-9]* are allowed'
both 3 3 "$tmp/nuls" 'join_names.c:1:'
both 3 3 "$tmp/noise" '^build: failed'
both 3 3 "$tmp/itself" 'join_names.c'
both 3 3 "$tmp/passwd" '"/etc/passwd". is not allowed here: headers come from'
both 3 3 "$tmp/hidden" '#include. is not allowed here: write the name of the header'
both 3 3 "$tmp/incbin" "'asm' is not allowed here"
both 3 3 "$tmp/climbs" 'is not allowed here: headers come from'
both 7 2 "$tmp/folder" 'it is not a regular file'
both 7 2 "$tmp/fifo" 'it is not a regular file'
both 7 2 "$tmp/loop" 'Too many levels of symbolic links'
both 7 2 /dev/zero 'it is not a regular file'
both 7 2 "$tmp" 'it is not a regular file'
run 2 check join_names --quick --use "$tmp/nowhere.c"
says err 'nowhere.c: No such file'
cp "$reference" "$mine"
run 0 check join_names --quick --use "$mine"
if [ "$(id -u)" != 0 ]; then
    chmod 000 "$mine"
    run 2 check join_names --quick --use "$mine"
    says err 'my kernel.c: Permission denied'
    rm -f "$own"
    cp "$reference" "$own"
    chmod 000 "$own"
    run 7 check join_names --quick
    judged 'Permission denied'
    chmod 600 "$mine" "$own"
fi

# A compiler that waits: meanwhile the file that it compiles is deleted, replaced or cut.
cat >"$tmp/cc" <<END
#!/bin/sh
case "\$*" in *join_names*)
    [ ! -e "$tmp/hold" ] || : >"$tmp/held"
    while [ -e "$tmp/hold" ]; do sleep 0.02; done ;;
esac
exec ${CC:-cc} "\$@"
END
chmod +x "$tmp/cc"
run 0 check join_names --quick --use "$reference" --cc "$tmp/cc"

# meanwhile FILE COMMAND [OPTION...]: check FILE while COMMAND happens to it; it was right when it was
# read, so it passes, and the content that the verdict names is that.
meanwhile() {
    file=$1
    command=$2
    shift 2
    rm -rf "$file" "$tmp/held"
    { cat "$reference"; echo "/* $$: $file: $command */"; } >"$file"
    : >"$tmp/hold"
    (
        tries=500
        until [ -e "$tmp/held" ] || [ "$tries" = 0 ]; do
            tries=$((tries - 1))
            sleep 0.02
        done
        eval "$command"
        rm "$tmp/hold"
    ) &
    run 0 check join_names --quick --json --cc "$tmp/cc" "$@"
    wait
    content=$("$PC_BUILDDIR/tests/cli/json_at" checks 0 content <"$tmp/out")
    checks=$((checks + 2))
    [ -e "$tmp/held" ] || wrong "the compiler did not wait: $command"
    case $content in
    "" | "$before") wrong "no content of its own: $command" ;;
    esac
    before=$content
}

before=
# shellcheck disable=SC2016
for change in 'rm "$file"' 'echo broken >"$tmp/other"; mv "$tmp/other" "$file"' ': >"$file"'; do
    meanwhile "$own" "$change"
    meanwhile "$mine" "$change" --use "$mine"
done

finish
