#!/bin/sh
# Places that are read-only, missing, full, oddly named or in the way, and limits of the shell: the
# cause and the remedy are named, what can be done without them is done, no kernel is blamed and
# nothing is left.
# Subshells have surroundings of their own, and names are strange, on purpose.
# shellcheck disable=SC2016,SC2030,SC2031,SC2089,SC2090
. "${PC_SRCDIR:?run this from make check}/tests/hostile/lib.sh"

# As whom, when root runs the test: somebody without a name in the password file.
stranger=54321
become=
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    become="setpriv --reuid $stranger --regid $stranger --clear-groups --"
    chmod 755 "$tmp"
    cp "$alone" "$tmp/alone"
    # shellcheck disable=SC2086
    $become test -x "$program" -a -r "$PC_SRCDIR/README.md" || become=
fi

run 0 init "$tmp/ws"
export PERFCOURSE_WORKSPACE="$tmp/ws"
run 1 check 07.1 --quick

# limited LIMIT CODE ARG...: run with a limit of the shell (`ulimit LIMIT`).  What it prints goes
# through pipes, which the limit on files leaves alone.
limited() {
    checks=$((checks + 1))
    limit=$1 want=$2
    shift 2
    # shellcheck disable=SC2086,SC2016
    { { sh -c 'ulimit $1; shift; exec "$@"' sh "$limit" "$alone" "$program" "$@" \
        </dev/null 3>&-; echo $? >"$tmp/code"; } 2>&1 >&3 | cat >"$tmp/err"; } 3>&1 | cat >"$tmp/out"
    got=$(cat "$tmp/code")
    [ "$got" = "$want" ] || wrong "exit code $got, wanted $want: ulimit $limit; perfcourse $*"
}

# LIMIT|CODE OF list|WHAT check SAYS.  Sanitizers need more than these for the program itself.
case ${ASAN_OPTIONS:-} in
'')
    while IFS='|' read -r limit code text; do
        limited "$limit" "$code" list
        limited "$limit" 7 check 07.1 --use reference --quick
        says err "$text"
        says_not err 'out of' 'crash'
    done <<EOF
-n 8|0|Too many open files.*ulimit -n
-n 20|0|nothing can be judged with 20 open files.*ulimit -n 1024
-n 128|0|nothing can be judged with 128 open files
-v 60000|0|nothing can be judged with 60000 KiB of addresses.*ulimit -v
-d 20000|0|nothing can be judged with 20000 KiB of data
-s 200|0|nothing can be judged with 200 KiB of stack
-t 1|0|nothing can be judged with 1 s of processor time
-f 0|0|nothing can be judged with 0 KiB for a file.*ulimit -f
EOF
    limited '-S -n 20' 0 check 07.1 --use reference --quick
    limited '-c 0' 0 check 07.1 --use reference --quick
    ;;
esac

# The search for leaks at the end of a program needs a process.
[ -z "${ASAN_OPTIONS:-}" ] || export ASAN_OPTIONS="$ASAN_OPTIONS:detect_leaks=0"

# Too few processes, which root may have as many of as there are.
few() {
    processes=$1
    shift
    as_user="prlimit --nproc=$processes $become" run "$@"
}
a_home_that_can_only_be_read() {
    mkdir "$tmp/readonly"
    chmod 555 "$tmp/readonly"
    as_user="$become env -u XDG_CACHE_HOME -u XDG_STATE_HOME -u PERFCOURSE_WORKSPACE
        HOME=$tmp/readonly"
    run 0 list
    says err "progress is not kept: .*$tmp/readonly.*XDG_STATE_HOME"
    run 7 show 07.1
    says err "$tmp/readonly.*Permission denied"
    run 7 check 07.1 --use reference --quick
    says err "$tmp/readonly.*Permission denied.*XDG_CACHE_HOME"
    as_user=
}
if [ -n "$become" ] && command -v prlimit >/dev/null; then
    own=$alone
    alone=$tmp/alone
    mkdir -p "$tmp/theirs/state"
    cp -R "$XDG_CACHE_HOME" "$tmp/theirs/cache"
    chmod -R 777 "$tmp/theirs"
    cp "$PC_SRCDIR/checks/$ex07/join_names/reference.c" "$tmp/changed.c"
    chmod 644 "$tmp/changed.c"
    (
        export HOME="$tmp/theirs" XDG_CACHE_HOME="$tmp/theirs/cache"
        export XDG_STATE_HOME="$tmp/theirs/state"
        few 2 0 list
        for n in 2 3 4 5 6 7 8 9 10 12; do
            everything || [ "$n" = 2 ] || [ "$n" = 7 ] || continue
            echo "/* $n */" >>"$tmp/changed.c"
            as_user="prlimit --nproc=$n $become"
            # Whether so many are too few is a matter of moments; it is not one of the kernel.
            # shellcheck disable=SC2086
            $as_user "$alone" "$program" check 07.1 --use "$tmp/changed.c" --quick \
                >"$tmp/out" 2>"$tmp/err" </dev/null
            got=$?
            checks=$((checks + 1))
            case $got in
            0) [ "$n" != 2 ] || wrong "$n processes are enough" ;;
            7) says out 'too many processes.*ulimit -u' ;;
            *) wrong "exit code $got with $n processes" ;;
            esac
        done

        # Neither a home nor a name: what needs a place says so, the rest works.
        unset PERFCOURSE_WORKSPACE
        as_user="$become env -u HOME -u XDG_CACHE_HOME -u XDG_STATE_HOME"
        run 0 list
        says err 'progress is not kept: there is no home folder: set HOME'
        run 7 show 07.1
        says err 'no home folder: set HOME'
        run 7 check 07.1 --use reference --quick
        says err 'no home folder: set HOME'
        as_user="$become env -u HOME" run 0 check 07.1 --use reference --quick

        a_home_that_can_only_be_read
        echo "$failures $checks" >"$tmp/sums"
    )
    failures=$(cut -d' ' -f1 "$tmp/sums")
    checks=$(cut -d' ' -f2 "$tmp/sums")
    alone=$own
else
    [ "$(id -u)" = 0 ] || a_home_that_can_only_be_read
    echo "left out: only root can become somebody without a name or with few processes"
fi

# Relative XDG folders count as unset; those that are files are named.
mkdir "$tmp/here" "$tmp/other"
cd "$tmp/here" || exit 1
HOME="$tmp/other" XDG_CACHE_HOME=cache run 7 check 07.1 --use starter --cc /bin/false
HOME="$tmp/other" XDG_STATE_HOME=./state run 0 hint 07.1
checks=$((checks + 3))
[ -z "$(ls -A "$tmp/here")" ] || wrong "a relative XDG folder was made"
[ -d "$tmp/other/.cache/perfcourse" ] || wrong "the cache is not in the usual place"
[ -s "$tmp/other/.local/state/perfcourse/perfcourse.db" ] ||
    wrong "progress is not in the usual place"
: >"$tmp/file"
XDG_CACHE_HOME="$tmp/file" run 7 check 07.1 --use reference --quick
says err "$tmp/file is in the way: it is not a folder.*XDG_CACHE_HOME"
XDG_STATE_HOME="$tmp/file" run 0 check 07.1 --use reference --quick
XDG_STATE_HOME=/dev/null run 0 progress
says err '/dev/null is in the way.*XDG_STATE_HOME'

# Names with anything in them.  Each one, with a cache of such a name, when there is time.
newline=$(printf 'two\nlines')
letters=$(printf 'd\303\251j\303\240')
bytes=$(printf '\377\001\033[7m')
for name in '-all '\'' " %s%n b\a *[x]?{y} ;&|<> $HOME`id`$(id) #' "$newline" 'a blank' "it's" \
    'quo"te' '100%s%n' 'back\slash' 'gl*b[x]?{y}' -dash ';x&|<>' '$HOME`id`$(id)' '#hash' \
    'co:lon,comma=' "$letters" "$bytes"; do
    case $name in
    -all* | "$newline") ;;
    *) everything || continue ;;
    esac
    odd="$tmp/odd/$name"
    mkdir -p "$odd/state" "$odd/cache"
    (
        export XDG_STATE_HOME="$odd/state" PERFCOURSE_WORKSPACE="$odd/ws"
        everything && export XDG_CACHE_HOME="$odd/cache"
        run 0 init "$odd/ws"
        run 1 check 07.1 --quick
        [ -s "$odd/state/perfcourse/perfcourse.db" ] || wrong "no progress in $name"
        cd "$odd" || exit 1
        run 1 check 07.1 --quick --use "./ws/$ex07/join_names/join_names.c"
        for command in 'show 07.1' 'diff 07.1' 'reset 07.1' 'bench 07.1 --benchtime 2x' \
            progress export; do
            # shellcheck disable=SC2086
            run 0 $command
        done
        echo "$failures $checks" >"$tmp/sums"
    )
    failures=$(cut -d' ' -f1 "$tmp/sums")
    checks=$(cut -d' ' -f2 "$tmp/sums")
done
cd "$tmp/here" || exit 1
run 0 init -- -dash
run 0 show 07.1 --workspace -dash
says out "$tmp/here/-dash/"

# Names that are too long: 4,096 bytes are a path, 255 one of its parts.
part=$(printf '%0200d' 0)
long="$tmp/long"
while [ ${#long} -lt 4200 ]; do long="$long/$part"; done
for place in init show data cache state cc use; do
    case $place in
    init) run 7 init "$long" ;;
    show) run 2 show 07.1 --workspace "$long" ;;
    data) PERFCOURSE_DATADIR="$long" run 7 list ;;
    cache) XDG_CACHE_HOME="$long" run 7 check 07.1 --use reference --quick ;;
    state) XDG_STATE_HOME="$long" run 0 progress ;;
    cc) run 7 check 07.1 --use reference --quick --cc "$long" ;;
    use) run 2 check 07.1 --quick --use "$long" ;;
    esac
    cat "$tmp/out" >>"$tmp/err"
    says err 'File name too long\|no workspace\|no such program'
    [ "$(wc -c <"$tmp/err")" -lt 1500 ] || wrong "the whole path is shown"
done
run 7 init "$tmp/$part$part"
says err 'File name too long'

# A link to a workspace, a file in its place, links in a circle, folders that were removed.
ln -s "$tmp/ws" "$tmp/link"
run 1 check 07.1 --quick --workspace "$tmp/link"
run 7 init "$tmp/file"
says err "$tmp/file is in the way: it is not a folder"
ln -s circle "$tmp/circle"
run 7 init "$tmp/circle"
says err 'symbolic links'
mkdir "$tmp/gone"
cd "$tmp/gone" || exit 1
rmdir "$tmp/gone"
run 0 list
run 1 check 07.1 --quick
run 7 init here
says err 'current folder.*was it removed'
cd "$tmp" || exit 1
mv "$tmp/ws" "$tmp/moved"
run 2 check 07.1 --quick
says err "$tmp/ws is no workspace; .perfcourse init"
mv "$tmp/moved" "$tmp/ws"

# Whatever the umask is, files can be used by us and are not written by everybody.
for mask in 0777 0000 0027; do
    everything || [ "$mask" != 0027 ] || continue
    mkdir -p "$tmp/mask$mask/state"
    cp -R "$XDG_CACHE_HOME" "$tmp/mask$mask/cache"
    (
        export HOME="$tmp/mask$mask" XDG_STATE_HOME="$tmp/mask$mask/state"
        export XDG_CACHE_HOME="$tmp/mask$mask/cache"
        unset PERFCOURSE_WORKSPACE
        umask "$mask"
        "$program" init "$HOME/perfcourse" >/dev/null 2>&1
        echo "/* $mask */" >>"$HOME/perfcourse/$ex07/join_names/join_names.c"
        "$program" check 07.1 --quick >/dev/null 2>&1
    )
    got=$?
    checks=$((checks + 2))
    [ "$got" = 1 ] || wrong "exit code $got with umask $mask"
    find "$tmp/mask$mask" -mindepth 2 ! -type l -perm -002 >"$tmp/out"
    [ ! -s "$tmp/out" ] || wrong "with umask $mask everybody may write files"
    [ -s "$tmp/mask$mask/perfcourse/$ex07/join_names/join_names.c" ] ||
        wrong "with umask $mask there is no kernel"
done

# No folder for temporary files is needed.
TMPDIR=/nowhere run 0 check 07.1 --use reference --quick
TMPDIR=/nowhere run 0 diff 07.1

# mounted SCRIPT ARG...: the shell's script in a namespace of its own, where it may mount.
mounted() {
    want=$1 script=$2
    shift 2
    checks=$((checks + 1))
    unshare -m sh -c "$script" sh "$program" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    [ "$got" = "$want" ] || wrong "exit code $got, wanted $want: $script"
}
if can_mount; then
    for how in 'umount -l /proc' 'mount -t tmpfs none /proc'; do
        # Sanitizers read their options there.
        [ -z "${ASAN_OPTIONS:-}" ] || break
        mounted 0 "$how && exec \"\$1\" list"
        mounted 7 "$how && exec \"\$1\" check 07.1 --use reference --quick"
        says err 'nothing can be judged without /proc.*mount -t proc'
    done
    # No room, and no inodes.
    mkdir "$tmp/small"
    # shellcheck disable=SC2016
    fill='mount -t tmpfs -o "$2" none "$3" && cd "$3" && mkdir cache home state &&
        export HOME="$3/home" XDG_CACHE_HOME="$3/cache" XDG_STATE_HOME="$3/state" &&
        unset PERFCOURSE_WORKSPACE && { "$1" init "$3/ws"; "$1" check 07.1 --use starter \
        --quick; code=$?; "$1" progress >&2 || code=1; find "$3" -name "*.??????" >&2;
        exit $code; }'
    for room in size=64k size=300k nr_inodes=12 nr_inodes=40 nr_inodes=80; do
        everything || [ "$room" = size=64k ] || [ "$room" = nr_inodes=40 ] || continue
        mounted 7 "$fill" "$room" "$tmp/small"
        cat "$tmp/err" >>"$tmp/out"
        says out 'No space left.*free some space' 'total: 0 of [0-9]'
        says_not out 'tmp\.......$' '[a-z]\.[A-Za-z0-9]\{6\}$' 'verdict: [0-9]'
    done
    # Progress that cannot be kept is said, and fails nothing.
    # shellcheck disable=SC2016
    mounted 1 'mount -t tmpfs -o size=32k none "$2" && XDG_STATE_HOME=$2 "$1" check 07.1 --quick' \
        "$tmp/small"
    says err 'progress is not kept: .*full'
    # /tmp is read-only: nothing of ours is there, so the rest is brought elsewhere.
    # shellcheck disable=SC2016
    mounted 1 'mount -t tmpfs none /mnt && cp -R "$2/ws" "$3" /mnt && mkdir /mnt/b /mnt/s &&
        mount --bind "$(dirname "$1")" /mnt/b && mount --bind "$3" /mnt/s &&
        mount -t tmpfs -o ro none /tmp && export HOME=/mnt XDG_CACHE_HOME=/mnt/cache &&
        export XDG_STATE_HOME=/mnt/state PERFCOURSE_WORKSPACE=/mnt/ws &&
        export PERFCOURSE_DATADIR=/mnt/s PERFCOURSE_LIBEXECDIR=/mnt/b &&
        export PERFCOURSE_INCLUDEDIR=/mnt/s/src/perfbench PERFCOURSE_LIBDIR=/mnt/b &&
        ! touch /tmp/x 2>/dev/null && /mnt/b/perfcourse check 07.1 --quick' \
        "$tmp" "$PC_SRCDIR"
else
    echo "left out: only root can unmount /proc, or mount small disks"
fi

leaves_nothing "all of this"
finish
