# A test that hangs fails.
LOG_COMPILER = timeout -k 5 300

UNIT_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) -I$(top_srcdir)/tests/unit
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
check_PROGRAMS += tests/cli/json_at
tests_cli_json_at_SOURCES = %D%/cli/json_at.c
tests_cli_json_at_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
tests_cli_json_at_LDADD = $(JANSSON_LIBS)

check_PROGRAMS += tests/cli/lacks
tests_cli_lacks_SOURCES = %D%/cli/lacks.c

check_PROGRAMS += tests/cli/keys
tests_cli_keys_SOURCES = %D%/cli/keys.c
tests_cli_keys_LDADD = $(TUI_LIBS)

SHELL_TESTS = \
    %D%/lint/arrows.sh %D%/lint/globals.sh %D%/lint/sizes.sh %D%/lint/tools.sh \
    %D%/cli/bench.sh %D%/cli/codes.sh %D%/cli/compare.sh %D%/cli/usage.sh %D%/cli/workspace.sh %D%/cli/check.sh %D%/cli/watch.sh \
    %D%/cli/cards.sh %D%/cli/complete.sh %D%/cli/environment.sh %D%/cli/experiment.sh %D%/cli/dev_new.sh \
    %D%/cli/doctor.sh %D%/cli/sandbox.sh %D%/cli/verify.sh \
    %D%/cli/progress.sh %D%/cli/globals.sh %D%/cli/line.sh %D%/cli/line_terminal.sh \
    %D%/cli/man.sh %D%/cli/metrics.sh %D%/cli/tails.sh \
    %D%/cli/installed.sh %D%/cli/ordinary.sh %D%/cli/terminal.sh %D%/hostile/compiler.sh %D%/hostile/kernels.sh \
    %D%/hostile/places.sh %D%/hostile/streams.sh %D%/hostile/terminals.sh %D%/hostile/tools.sh
TESTS += $(SHELL_TESTS)
# Exercises that a test puts into a course of its own.
EXTRA_DIST += \
    %D%/tails/ageing/ageing.h %D%/tails/ageing/ageing.c %D%/tails/ageing/bench.c \
    %D%/tails/ageing/limits.lua %D%/tails/ageing/test.c %D%/tails/ageing/reference.c \
    %D%/tails/ageing/mutants/two_at_once.c \
    %D%/threads/tally/tally.h %D%/threads/tally/tally.c %D%/threads/tally/bench.c \
    %D%/threads/tally/limits.lua %D%/threads/tally/test.c %D%/threads/tally/reference.c \
    %D%/threads/tally/mutants/leftover.c %D%/threads/tally/mutants/moves_away.c \
    %D%/threads/tally/mutants/one_lock.c %D%/threads/tally/mutants/racy.c
# clang-tidy takes minutes, so it is a step of CI and `make lint`.
EXTRA_DIST += %D%/lint/tidy.sh $(SHELL_TESTS) %D%/lint/arrows.txt %D%/cli/lib.sh %D%/cli/course_of.sh %D%/cli/screen.sh $(HOSTILE_KERNELS) .ci/run
HOSTILE_KERNELS = \
    %D%/hostile/kernels/aborts.c \
    %D%/hostile/kernels/asleep.c \
    %D%/hostile/kernels/asm_constructor.c \
    %D%/hostile/kernels/closes_everything.c \
    %D%/hostile/kernels/common_arena.c \
    %D%/hostile/kernels/constructor.c \
    %D%/hostile/kernels/deep_recursion.c \
    %D%/hostile/kernels/division.c \
    %D%/hostile/kernels/double_free.c \
    %D%/hostile/kernels/empty.c \
    %D%/hostile/kernels/endless.c \
    %D%/hostile/kernels/escapes.c \
    %D%/hostile/kernels/exits.c \
    %D%/hostile/kernels/exits_quietly.c \
    %D%/hostile/kernels/floods.c \
    %D%/hostile/kernels/forges_answers.c \
    %D%/hostile/kernels/forks.c \
    %D%/hostile/kernels/hidden_attribute.c \
    %D%/hostile/kernels/huge_malloc.c \
    %D%/hostile/kernels/kills_its_parent.c \
    %D%/hostile/kernels/kills_itself.c \
    %D%/hostile/kernels/leak_loop.c \
    %D%/hostile/kernels/loads_symbols.c \
    %D%/hostile/kernels/never_exits.c \
    %D%/hostile/kernels/not_c.c \
    %D%/hostile/kernels/null_pointer.c \
    %D%/hostile/kernels/own_malloc.c \
    %D%/hostile/kernels/pasted_attribute.c \
    %D%/hostile/kernels/prints_pass.c \
    %D%/hostile/kernels/raw_exit.c \
    %D%/hostile/kernels/raw_fork_bomb.c \
    %D%/hostile/kernels/raw_kill_all.c \
    %D%/hostile/kernels/raw_kill_itself.c \
    %D%/hostile/kernels/raw_new_session.c \
    %D%/hostile/kernels/raw_socket.c \
    %D%/hostile/kernels/raw_write_file.c \
    %D%/hostile/kernels/reads_the_clock.c \
    %D%/hostile/kernels/use_after_free.c \
    %D%/hostile/kernels/versioned_import.c \
    %D%/hostile/kernels/writes_inputs.c

clean-local: clean-tests
.PHONY: clean-tests
clean-tests:
	rm -rf tests/cache

# `make bench`: the figures of the program itself, as ratios or counts, minutes long.
BENCH_FILES = \
    %D%/bench/startup.sh %D%/bench/counting.sh %D%/bench/layout.sh %D%/bench/same.sh %D%/bench/edited.sh \
    %D%/bench/verdicts.sh %D%/bench/thousand.sh %D%/bench/noise.sh \
    %D%/bench/growth.sh %D%/bench/peers.sh %D%/bench/tails.sh
EXTRA_DIST += $(BENCH_FILES) %D%/bench/lib.sh %D%/bench/pairs.c \
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

# `make check-hostile`: what is hostile and takes minutes.  PC_HOSTILE asks tests that are in `make
# check`, too, for all that they have.
CHECK_HOSTILE_FILES = \
    %D%/hostile/compiler_slow.sh %D%/hostile/machine.sh %D%/hostile/ordinary.sh \
    %D%/hostile/places.sh %D%/hostile/streams.sh %D%/hostile/terminals.sh %D%/hostile/tools.sh
EXTRA_DIST += $(CHECK_HOSTILE_FILES) %D%/hostile/clock_set.c %D%/hostile/lib.sh

.PHONY: check-hostile
check-hostile: all $(check_PROGRAMS)
	@failed=0; for script in $(CHECK_HOSTILE_FILES); do \
	    echo "$$script"; $(AM_TESTS_ENVIRONMENT) PC_HOSTILE=1 $(top_srcdir)/$$script; \
	    case $$? in 0 | 77) ;; *) failed=1 ;; esac; \
	done; exit $$failed

# `make fuzz`: random keys for a minute, or FUZZ_SECONDS; FUZZ_SEED repeats a run.
.PHONY: fuzz
fuzz: all $(check_PROGRAMS)
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-60}; export FUZZ_SECONDS; \
	    $(AM_TESTS_ENVIRONMENT) $(top_srcdir)/tests/tui/fuzz.sh

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
