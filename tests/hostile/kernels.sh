#!/bin/sh
# Kernels that hang, crash, leak, fork, flood and lie: each gets its exit code and a message, and
# leaves nothing.  One of each kind; tests/hostile/all.sh takes all of them.
. "$PC_SRCDIR/tests/hostile/lib.sh"

# shellcheck disable=SC2086
judge_all tests aborts closes_everything constructor deadlocks deep_recursion empty escapes exits \
    floods forges_answers heap_overflow leak_loop loads_symbols raw_fork_bomb
judge_all counts raw_exit null_pointer
leaves_nothing

# The next check is not disturbed by any of them.
run 0 check join_names --use reference --quick

finish
