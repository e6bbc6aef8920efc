#!/bin/sh
# The installed program works from a read-only folder, wherever that is: staged with DESTDIR or
# moved afterwards, with a prefix that does not exist; and uninstalling leaves no file.
. "$PC_SRCDIR/tests/cli/lib.sh"

made() {
    make -s -C "$PC_BUILDDIR" "$1" DESTDIR="$tmp/root" >"$tmp/out" 2>"$tmp/err" ||
        wrong "make $1 failed"
}

made install
find "$tmp/root" -type f >"$tmp/files"
program=$(grep '/bin/perfcourse$' "$tmp/files")
[ -x "$program" ] || wrong "make install made no program"
[ "$failures" = 0 ] || finish
cp "$tmp/files" "$tmp/out"
says out '/man/man1/perfcourse.1$' '/bash-completion/completions/perfcourse$' \
    '/zsh/site-functions/_perfcourse$' '/fish/vendor_completions.d/perfcourse.fish$'

# To root nothing is read-only, and it is nobody who has neither this home nor this checkout.
cp "$PC_BUILDDIR/tests/cli/alone" "$tmp/alone"
alone=$tmp/alone
mkdir "$tmp/state"
export XDG_CACHE_HOME="$tmp/cache"
mkdir "$XDG_CACHE_HOME"
if [ "$(id -u)" = 0 ]; then
    command -v setpriv >/dev/null || { echo "skipped: setpriv is missing"; exit 77; }
    as_user="setpriv --reuid 65534 --regid 65534 --clear-groups --"
    chown -R 65534:65534 "$HOME" "$XDG_CACHE_HOME" "$XDG_STATE_HOME"
    chmod 755 "$tmp"
fi
cp -R "$PC_SRCDIR/templates" "$tmp/mine"
chmod -R a+rX "$tmp/mine"
chmod -R a-w "$tmp/root"
cd / || exit 1

everything_works() {
    run 0 --version
    run 0 list
    says out '07.1 *join_names'
    run 0 show 07.1
    says out "$HOME/perfcourse/$ex07/join_names/join_names.c"
    run 0 check 07.1 --use reference --quick
    says out '^allocs/op: 1, .* passed'
    run 1 check 07.1 --use starter --quick
    says out '^allocs/op: 1000, '
    run 0 bench 07.1 --use reference --benchmem --benchtime 10x
    says out '^BenchmarkJoin.*allocs/op'
    run 0 --pack "$tmp/mine" experiment 01 --budget 1
    says out 'slope of walk'
    run 0 doctor
    says out 'compiler'
}
everything_works
says_not out "$PC_BUILDDIR"

# Found by the program's place, although the names of configure are wrong now.
chmod u+w "$tmp/root" "$(dirname "$(dirname "$(dirname "$program")")")"
prefix=$(dirname "$(dirname "$program")")
chmod u+w "$prefix"
mv "$prefix" "$tmp/moved"
program=$tmp/moved/bin/perfcourse
chmod a-w "$tmp/moved"
everything_works

# A part that is missing is named.
chmod u+w "$tmp/moved"
mv "$tmp/moved/libexec" "$tmp/moved/elsewhere"
run 7 check 07.1 --use reference --quick
says err 'perfcourse-run is missing'
mv "$tmp/moved/elsewhere" "$tmp/moved/libexec"
mv "$tmp/moved" "$prefix"

chmod -R u+w "$tmp/root"
made uninstall
find "$prefix" -mindepth 1 \( -type f -o -name '*perfcourse*' -o -name '*perfbench*' \) >"$tmp/out"
[ ! -s "$tmp/out" ] || wrong "make uninstall left something"

finish
