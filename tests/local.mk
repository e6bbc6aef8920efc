# A test that hangs fails.
LOG_COMPILER = timeout -k 5 300

UNIT_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) -I$(top_srcdir)/tests/unit
SNAPSHOT = %D%/unit/snapshot.c %D%/unit/snapshot.h
KILLER = %D%/unit/killer.c %D%/unit/killer.h $(SNAPSHOT)
AM_TESTS_ENVIRONMENT = \
    PC_SRCDIR='$(abs_top_srcdir)' PC_BUILDDIR='$(abs_top_builddir)' CC='$(CC)'; \
    export PC_SRCDIR PC_BUILDDIR CC;
# With sanitizers, leaks of the program itself fail.  What glibc leaks is only known by its
# callers, and to find these the stack has to be unwound properly.
if SANITIZERS
AM_TESTS_ENVIRONMENT += \
    ASAN_OPTIONS=detect_leaks=1:fast_unwind_on_malloc=0 UBSAN_OPTIONS=print_stacktrace=1 \
    LSAN_OPTIONS='suppressions=$(abs_top_srcdir)/tests/leaks.txt:print_suppressions=0'; \
    export ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS;
endif
EXTRA_DIST += %D%/leaks.txt

# Programs and scripts of the shell's tests.
check_PROGRAMS += tests/cli/alone
tests_cli_alone_SOURCES = %D%/cli/alone.c
tests_cli_alone_CPPFLAGS = $(AM_CPPFLAGS)
check_PROGRAMS += tests/cli/json_at
tests_cli_json_at_SOURCES = %D%/cli/json_at.c
tests_cli_json_at_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
tests_cli_json_at_LDADD = $(JANSSON_LIBS)

check_PROGRAMS += tests/cli/lacks
tests_cli_lacks_SOURCES = %D%/cli/lacks.c

check_PROGRAMS += tests/cli/keys
tests_cli_keys_SOURCES = %D%/cli/keys.c
tests_cli_keys_LDADD = $(TUI_LIBS)

check_PROGRAMS += tests/cli/pprof_files
tests_cli_pprof_files_SOURCES = %D%/cli/pprof_files.c \
    %D%/unit/profile_bed.c %D%/unit/profile_bed.h
tests_cli_pprof_files_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/unit
tests_cli_pprof_files_LDADD = libhotspots.a libstats.a $(PROFILE_LIBS)

SHELL_TESTS = \
    %D%/lint/arrows.sh %D%/lint/globals.sh %D%/lint/sizes.sh %D%/lint/tools.sh \
    %D%/cli/bench.sh %D%/cli/codes.sh %D%/cli/compare.sh %D%/cli/usage.sh %D%/cli/workspace.sh %D%/cli/check.sh %D%/cli/watch.sh \
    %D%/cli/cards.sh %D%/cli/complete.sh %D%/cli/environment.sh %D%/cli/escape.sh %D%/cli/examples.sh %D%/cli/experiment.sh \
    %D%/cli/experiment_profile.sh %D%/cli/dev_new.sh \
    %D%/cli/doctor.sh %D%/cli/hotspot.sh %D%/cli/sandbox.sh %D%/cli/verify.sh \
    %D%/cli/profile.sh %D%/cli/profile_alloc.sh %D%/cli/profile_lock.sh %D%/cli/profile_trouble.sh %D%/cli/progress.sh %D%/cli/globals.sh %D%/cli/line.sh %D%/cli/line_terminal.sh \
    %D%/cli/man.sh %D%/cli/metrics.sh %D%/cli/pprof.sh %D%/cli/tails.sh \
    %D%/cli/installed.sh %D%/cli/ordinary.sh %D%/cli/terminal.sh %D%/hostile/compiler.sh \
    %D%/hostile/files.sh %D%/hostile/kernels.sh %D%/hostile/parallel.sh %D%/hostile/state.sh \
    %D%/hostile/places.sh %D%/hostile/streams.sh %D%/hostile/terminals.sh %D%/hostile/tools.sh \
    %D%/cli/pack.sh %D%/hostile/packs.sh
TESTS += $(SHELL_TESTS)
# Exercises that a test puts into a course of its own.
EXTRA_DIST += \
    %D%/hotspot/twins/twins.h %D%/hotspot/twins/twins.c %D%/hotspot/twins/bench.c \
    %D%/hotspot/twins/limits.lua %D%/hotspot/twins/test.c %D%/hotspot/twins/reference.c \
    %D%/hotspot/twins/mutants/names_the_quick_one.c \
    %D%/tails/ageing/ageing.h %D%/tails/ageing/ageing.c %D%/tails/ageing/bench.c \
    %D%/tails/ageing/limits.lua %D%/tails/ageing/test.c %D%/tails/ageing/reference.c \
    %D%/tails/ageing/mutants/two_at_once.c \
    %D%/threads/tally/tally.h %D%/threads/tally/tally.c %D%/threads/tally/bench.c \
    %D%/threads/tally/limits.lua %D%/threads/tally/test.c %D%/threads/tally/reference.c \
    %D%/threads/tally/mutants/leftover.c %D%/threads/tally/mutants/moves_away.c \
    %D%/threads/tally/mutants/one_lock.c %D%/threads/tally/mutants/racy.c
# clang-tidy takes minutes, so it is a step of CI and `make lint`.
EXTRA_DIST += %D%/lint/tidy.sh $(SHELL_TESTS) %D%/lint/arrows.txt %D%/cli/lib.sh %D%/cli/course_of.sh %D%/cli/only_07.sh %D%/cli/screen.sh $(HOSTILE_KERNELS) $(HOSTILE_PACKS) %D%/hostile/hostile.h \
    %D%/hostile/clock_set.c %D%/hostile/kernel_lib.sh %D%/hostile/lib.sh %D%/hostile/nobody.sh .ci/run
HOSTILE_KERNELS = \
    %D%/hostile/kernels/aborts.c \
    %D%/hostile/kernels/affinity.c \
    %D%/hostile/kernels/answers_garbage.c \
    %D%/hostile/kernels/asm_constructor.c \
    %D%/hostile/kernels/asm_system_call.c \
    %D%/hostile/kernels/blocks_signals.c \
    %D%/hostile/kernels/changes_rounding.c \
    %D%/hostile/kernels/closes_everything.c \
    %D%/hostile/kernels/common_arena.c \
    %D%/hostile/kernels/constant.c \
    %D%/hostile/kernels/constructor.c \
    %D%/hostile/kernels/deadlocks.c \
    %D%/hostile/kernels/deep_recursion.c \
    %D%/hostile/kernels/division.c \
    %D%/hostile/kernels/does_nothing.c \
    %D%/hostile/kernels/double_free.c \
    %D%/hostile/kernels/empty.c \
    %D%/hostile/kernels/endless.c \
    %D%/hostile/kernels/endless_constructor.c \
    %D%/hostile/kernels/escapes.c \
    %D%/hostile/kernels/exits.c \
    %D%/hostile/kernels/exits_quietly.c \
    %D%/hostile/kernels/exits_thread.c \
    %D%/hostile/kernels/floods.c \
    %D%/hostile/kernels/floods_errors.c \
    %D%/hostile/kernels/forges_answers.c \
    %D%/hostile/kernels/forges_the_mailbox.c \
    %D%/hostile/kernels/forks.c \
    %D%/hostile/kernels/half_skipped.c \
    %D%/hostile/kernels/heap_overflow.c \
    %D%/hostile/kernels/hidden_attribute.c \
    %D%/hostile/kernels/huge_malloc.c \
    %D%/hostile/kernels/jumps_out.c \
    %D%/hostile/kernels/kills_its_parent.c \
    %D%/hostile/kernels/kills_itself.c \
    %D%/hostile/kernels/knows_clang_asan.c \
    %D%/hostile/kernels/knows_gcc_asan.c \
    %D%/hostile/kernels/knows_the_environment.c \
    %D%/hostile/kernels/large_array.c \
    %D%/hostile/kernels/leak_loop.c \
    %D%/hostile/kernels/loads_symbols.c \
    %D%/hostile/kernels/long_line.c \
    %D%/hostile/kernels/longer_than_a_line.c \
    %D%/hostile/kernels/machine_code.c \
    %D%/hostile/kernels/never_exits.c \
    %D%/hostile/kernels/not_c.c \
    %D%/hostile/kernels/null_pointer.c \
    %D%/hostile/kernels/own_malloc.c \
    %D%/hostile/kernels/pasted_attribute.c \
    %D%/hostile/kernels/patches_the_clock.c \
    %D%/hostile/kernels/prints_pass.c \
    %D%/hostile/kernels/raw_double_fork.c \
    %D%/hostile/kernels/raw_exec.c \
    %D%/hostile/kernels/raw_exit.c \
    %D%/hostile/kernels/raw_fork_bomb.c \
    %D%/hostile/kernels/raw_io_uring.c \
    %D%/hostile/kernels/raw_kill_all.c \
    %D%/hostile/kernels/raw_kill_itself.c \
    %D%/hostile/kernels/raw_limits.c \
    %D%/hostile/kernels/raw_masks_signals.c \
    %D%/hostile/kernels/raw_mmap_loop.c \
    %D%/hostile/kernels/raw_moves_processor.c \
    %D%/hostile/kernels/raw_ptrace.c \
    %D%/hostile/kernels/raw_read_home.c \
    %D%/hostile/kernels/raw_socket.c \
    %D%/hostile/kernels/raw_starter_object.c \
    %D%/hostile/kernels/raw_terminal.c \
    %D%/hostile/kernels/raw_write_file.c \
    %D%/hostile/kernels/reads_the_clock.c \
    %D%/hostile/kernels/remembers_the_digested.c \
    %D%/hostile/kernels/sleeps.c \
    %D%/hostile/kernels/smashed_stack.c \
    %D%/hostile/kernels/spins.c \
    %D%/hostile/kernels/spins_beside.c \
    %D%/hostile/kernels/stops_itself.c \
    %D%/hostile/kernels/thread_bomb.c \
    %D%/hostile/kernels/thread_crowd.c \
    %D%/hostile/kernels/use_after_free.c \
    %D%/hostile/kernels/versioned_import.c \
    %D%/hostile/kernels/wild_pointer.c \
    %D%/hostile/kernels/works_ahead.c \
    %D%/hostile/kernels/writes_inputs.c \
    %D%/hostile/kernels/zeroes_counters.c

HOSTILE_PACKS = \
    %D%/hostile/packs/asks_and_catches.lua \
    %D%/hostile/packs/asks_for_a_file.lua \
    %D%/hostile/packs/asks_for_an_absolute_file.lua \
    %D%/hostile/packs/asks_in_a_sort.lua \
    %D%/hostile/packs/asks_much.lua \
    %D%/hostile/packs/asks_with_much.lua \
    %D%/hostile/packs/bomb_in_a_handler.lua \
    %D%/hostile/packs/closes_for_ever.lua \
    %D%/hostile/packs/closes_with_a_bomb.lua \
    %D%/hostile/packs/concat_of_nothing.lua \
    %D%/hostile/packs/concat_without_end.lua \
    %D%/hostile/packs/doubles_a_text.lua \
    %D%/hostile/packs/doubles_and_catches.lua \
    %D%/hostile/packs/error_for_the_terminal.lua \
    %D%/hostile/packs/error_in_lines.lua \
    %D%/hostile/packs/error_that_is_a_table.lua \
    %D%/hostile/packs/error_that_is_long.lua \
    %D%/hostile/packs/finalizer.lua \
    %D%/hostile/packs/floods.lua \
    %D%/hostile/packs/format_wide.lua \
    %D%/hostile/packs/function_of_texts.lua \
    %D%/hostile/packs/gsub_bomb.lua \
    %D%/hostile/packs/gsub_grows.lua \
    %D%/hostile/packs/handler_of_handlers.lua \
    %D%/hostile/packs/keeps_tables.lua \
    %D%/hostile/packs/loops.lua \
    %D%/hostile/packs/loops_and_catches.lua \
    %D%/hostile/packs/loops_in_a_handler.lua \
    %D%/hostile/packs/metatable_of_texts.lua \
    %D%/hostile/packs/moves_far.lua \
    %D%/hostile/packs/moves_nothing.lua \
    %D%/hostile/packs/notes_for_the_terminal.lua \
    %D%/hostile/packs/opens_a_file.lua \
    %D%/hostile/packs/packs_much.lua \
    %D%/hostile/packs/pairs_without_end.lua \
    %D%/hostile/packs/pattern_bomb.lua \
    %D%/hostile/packs/reaches_out.lua \
    %D%/hostile/packs/recursion.lua \
    %D%/hostile/packs/recursion_by_index.lua \
    %D%/hostile/packs/recursion_in_c.lua \
    %D%/hostile/packs/recursion_of_pcall.lua \
    %D%/hostile/packs/rep_in_rep.lua \
    %D%/hostile/packs/rep_of_nothing.lua \
    %D%/hostile/packs/returns_a_number.lua \
    %D%/hostile/packs/returns_hidden_controls.lua \
    %D%/hostile/packs/returns_itself.lua \
    %D%/hostile/packs/returns_long_texts.lua \
    %D%/hostile/packs/returns_much.lua \
    %D%/hostile/packs/returns_nothing.lua \
    %D%/hostile/packs/returns_numbers_that_are_none.lua \
    %D%/hostile/packs/returns_words_for_the_terminal.lua \
    %D%/hostile/packs/runs_a_program.lua \
    %D%/hostile/packs/says_much.lua \
    %D%/hostile/packs/sorts_for_ever.lua \
    %D%/hostile/packs/sorts_without_order.lua \
    %D%/hostile/packs/turns_the_verbs.lua \
    %D%/hostile/packs/unpacks_much.lua \
    %D%/hostile/packs/wraps_a_coroutine.lua

clean-local: clean-tests
.PHONY: clean-tests
clean-tests:
	rm -rf tests/cache

# `make bench`: the figures of the program itself, as ratios or counts, minutes long.
BENCH_FILES = \
    %D%/bench/allocs.sh %D%/bench/locks.sh %D%/bench/startup.sh %D%/bench/counting.sh %D%/bench/layout.sh %D%/bench/same.sh %D%/bench/edited.sh \
    %D%/bench/verdicts.sh %D%/bench/thousand.sh %D%/bench/noise.sh \
    %D%/bench/growth.sh %D%/bench/peers.sh %D%/bench/perfprof.sh %D%/bench/profile.sh %D%/bench/tails.sh
EXTRA_DIST += $(BENCH_FILES) %D%/bench/lib.sh %D%/bench/pairs.c %D%/bench/perfprof.c %D%/bench/uncontended.c \
    %D%/bench/chain.c %D%/bench/chain_google.cc
noinst_PROGRAMS += tests/bench/resolve
tests_bench_resolve_SOURCES = %D%/bench/resolve.c
tests_bench_resolve_LDADD = $(ENGINE_LIBS)

.PHONY: bench
bench: all
	@tests/bench/loop_cost
	@$(AM_TESTS_ENVIRONMENT) tests/bench/screen
	@failed=0; tests/bench/jail || failed=1; for script in $(BENCH_FILES); do \
	    $(AM_TESTS_ENVIRONMENT) $(top_srcdir)/$$script || failed=1; \
	done; exit $$failed

# `make check-hostile`: what is hostile and takes minutes.
CHECK_HOSTILE_FILES = \
    %D%/cli/profile_trouble.sh \
    %D%/hostile/all_kernels.sh \
    %D%/hostile/browsers.sh \
    %D%/hostile/compiler_slow.sh \
    %D%/hostile/every_call.sh \
    %D%/hostile/machine.sh \
    %D%/hostile/ordinary.sh \
    %D%/hostile/packs_slow.sh \
    %D%/hostile/parallel.sh \
    %D%/hostile/places.sh \
    %D%/hostile/random_kills.sh \
    %D%/hostile/streams.sh \
    %D%/hostile/terminals.sh \
    %D%/hostile/tools.sh
EXTRA_DIST += $(CHECK_HOSTILE_FILES)

.PHONY: check-hostile
check-hostile: all $(check_PROGRAMS)
	@failed=0; for script in $(CHECK_HOSTILE_FILES); do \
	    echo "== $$script"; $(AM_TESTS_ENVIRONMENT) PC_HOSTILE=1 $(top_srcdir)/$$script; \
	    case $$? in 0 | 77) ;; *) failed=1 ;; esac; \
	done; exit $$failed

.PHONY: lint
lint: all
	@failed=0; for script in arrows globals sizes tools tidy; do \
	    $(AM_TESTS_ENVIRONMENT) $(top_srcdir)/tests/lint/$$script.sh || failed=1; \
	done; exit $$failed

# `make check-content`: starters, references and mutants judged with the time, by both compilers.
EXTRA_DIST += %D%/content/check.sh

.PHONY: check-content
check-content: all
	@$(AM_TESTS_ENVIRONMENT) $(top_srcdir)/tests/content/check.sh
