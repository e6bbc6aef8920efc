#!/bin/sh
# Kernels that hang, crash, leak, fork, flood and lie: each gets its exit code and a message, and
# leaves nothing.  One of each kind; tests/hostile/all_kernels.sh takes all of them.
. "$PC_SRCDIR/tests/hostile/kernel_lib.sh"

# Who hangs uses up its limit of time, and nothing else.
judge deadlocks tests &
judge_all tests aborts closes_everything constructor deep_recursion empty escapes exits floods \
    forges_answers half_skipped heap_overflow loads_symbols raw_fork_bomb thread_bomb
judge_all counts leak_loop raw_exit zeroes_counters
judge_all timed works_ahead
wait
compare deadlocks tests
leaves_nothing

# The next check is not disturbed by any of them.
run 0 check join_names --use reference --quick

finish
