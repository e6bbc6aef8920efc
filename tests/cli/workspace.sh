#!/bin/sh
# The learner's files: found where the README says, never lost.
. "$PC_SRCDIR/tests/cli/lib.sh"

run 0 show 07.1
says err "made your workspace $HOME/perfcourse"
says out "$HOME/perfcourse/$ex07/join_names/join_names.c" 'allocs/op' 'speed-up'
run 0 show 07.1
says_not err 'made your workspace'

# The four places, in their order.
run 0 init "$tmp/given"
says out "$tmp/given" 'new file'
run 0 init "$tmp/env"
run 0 init "$tmp/near"
run 0 show 07.1 --workspace "$tmp/given"
says out "$tmp/given/"
run 0 --workspace="$tmp/given" show 07.1 || true
PERFCOURSE_WORKSPACE="$tmp/env" run 0 show 07.1
says out "$tmp/env/"
PERFCOURSE_WORKSPACE="$tmp/env" run 0 show 07.1 --workspace "$tmp/given"
says out "$tmp/given/"
mkdir -p "$tmp/near/deep/er"
cd "$tmp/near/deep/er" || exit 1
run 0 show 07.1
says out "$tmp/near/"
cd "$tmp" || exit 1
run 2 show 07.1 --workspace "$tmp/nothing"
says err "$tmp/nothing" 'init'

# Nothing edited: nothing to check.
run 2 check --workspace "$tmp/given"
says err 'edited'

# Edited files survive; reset and undo are exact.
file="$tmp/given/$ex07/join_names/join_names.c"
printf 'mine \000 and \377 bytes' >"$file"
cp "$file" "$tmp/mine"
run 0 init "$tmp/given"
cmp -s "$file" "$tmp/mine" || wrong "init changed an edited file"
run 0 reset 07.1 --workspace "$tmp/given"
says out 'starter is back'
cmp -s "$file" "$PC_SRCDIR/exercises/$ex07/join_names/join_names.c" ||
    wrong "reset did not bring the starter"
run 0 reset 07.1 --workspace "$tmp/given"
says out 'already'
run 0 undo 07.1 --workspace "$tmp/given"
cmp -s "$file" "$tmp/mine" || wrong "undo is not byte for byte"
run 2 undo 07.2 --workspace "$tmp/given"
says err 'no reset left to undo'

# A deleted kernel comes back as the starter.
rm "$file"
run 1 check 07.1 --quick --workspace "$tmp/given"
cmp -s "$file" "$PC_SRCDIR/exercises/$ex07/join_names/join_names.c" ||
    wrong "check did not bring back a deleted kernel"

# What cannot be read is said.
rm "$file" && mkdir "$file"
run 7 check 07.1 --workspace "$tmp/given"
says err 'not a regular file'
rmdir "$file" && mkfifo "$file"
run 7 check 07.1 --workspace "$tmp/given"
says err 'not a regular file'
rm "$file" && ln -s join_names.c "$file"
run 7 check 07.1 --workspace "$tmp/given"
rm "$file"
if [ "$(id -u)" != 0 ]; then
    : >"$file" && chmod 000 "$file"
    run 7 check 07.1 --workspace "$tmp/given"
    says err 'Permission denied'
    chmod 700 "$file" && rm "$file"
    chmod 500 "$tmp/given/$ex07/join_names"
    run 7 check 07.1 --workspace "$tmp/given"
    says err 'Permission denied'
    chmod 700 "$tmp/given/$ex07/join_names"
fi

# A folder with a blank, a quote, a newline and another alphabet.
odd=$(printf '%s/a b"c\nd\303\251' "$tmp")
run 0 init "$odd"
run 1 check 07.1 --quick --workspace "$odd"
says out 'allocs/op: 1000'

# Clangd's file names the kernel and where the header is.
says_commands() {
    cp "$tmp/given/compile_commands.json" "$tmp/out"
    says out 'join_names.c' 'perfbench' 'gnu17'
}
says_commands

finish
