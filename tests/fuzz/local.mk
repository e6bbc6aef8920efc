# The fuzz: one program for each reader of bytes from outside, all of them
# LLVMFuzzerTestOneInput() and rules that must hold.  With --enable-fuzzing, which `make fuzz`
# uses for a build folder of its own, they are libFuzzer's; otherwise replay.c runs files
# through them, which `make check` does with all seeds.
FUZZERS = \
    %D%/calls %D%/diagnostics %D%/hosts %D%/kernel %D%/keys %D%/lesson %D%/limits %D%/line %D%/markup \
    %D%/object %D%/progress %D%/reports %D%/results %D%/symbols
FUZZER_FILES = %D%/fuzz.c %D%/fuzz.h
if FUZZING
LINK_FUZZER = $(AM_LDFLAGS) -fsanitize=fuzzer
else
LINK_FUZZER = $(AM_LDFLAGS)
FUZZER_FILES += %D%/replay.c
endif
check_PROGRAMS += $(FUZZERS)

tests_fuzz_calls_SOURCES = %D%/calls.c $(FUZZER_FILES)
tests_fuzz_calls_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_calls_LDADD = $(PROFILE_LIBS)
tests_fuzz_diagnostics_SOURCES = %D%/diagnostics.c $(FUZZER_FILES)
tests_fuzz_diagnostics_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_diagnostics_LDADD = $(TOOLCHAIN_LIBS)
tests_fuzz_hosts_SOURCES = %D%/hosts.c $(FUZZER_FILES)
tests_fuzz_hosts_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_hosts_LDADD = librunner.a libwire.a libmodel.a $(BASE_LIBS)
tests_fuzz_kernel_SOURCES = %D%/kernel.c $(FUZZER_FILES)
tests_fuzz_kernel_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_kernel_LDADD = $(TOOLCHAIN_LIBS)
tests_fuzz_keys_SOURCES = %D%/keys.c $(FUZZER_FILES)
tests_fuzz_keys_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_keys_LDADD = $(TUI_LIBS)
tests_fuzz_lesson_SOURCES = %D%/lesson.c $(FUZZER_FILES)
tests_fuzz_lesson_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_lesson_LDADD = $(SCRIPT_LIBS) $(BASE_LIBS)
tests_fuzz_limits_SOURCES = %D%/limits.c $(FUZZER_FILES)
tests_fuzz_limits_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_limits_LDADD = $(SCRIPT_LIBS) $(BASE_LIBS)
tests_fuzz_line_SOURCES = %D%/line.c $(FUZZER_FILES)
tests_fuzz_line_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_line_LDADD = libwire.a $(BASE_LIBS)
tests_fuzz_markup_SOURCES = %D%/markup.c $(FUZZER_FILES)
tests_fuzz_markup_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_markup_LDADD = $(MARKUP_LIBS) $(BASE_LIBS)
tests_fuzz_object_SOURCES = %D%/object.c $(FUZZER_FILES)
tests_fuzz_object_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_object_LDADD = $(TOOLCHAIN_LIBS)
tests_fuzz_progress_SOURCES = %D%/progress.c $(FUZZER_FILES)
tests_fuzz_progress_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_progress_LDADD = $(STORE_LIBS)
tests_fuzz_reports_SOURCES = %D%/reports.c $(FUZZER_FILES)
tests_fuzz_reports_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_reports_LDADD = $(RUNNER_LIBS)
tests_fuzz_results_SOURCES = %D%/results.c $(FUZZER_FILES)
tests_fuzz_results_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_results_LDADD = libbenchfmt.a libstats.a $(BASE_LIBS)
tests_fuzz_symbols_SOURCES = %D%/symbols.c $(FUZZER_FILES)
tests_fuzz_symbols_LDFLAGS = $(LINK_FUZZER)
tests_fuzz_symbols_LDADD = $(PROFILE_LIBS)

TESTS += %D%/seeds.sh
EXTRA_DIST += %D%/seeds.sh %D%/run.sh %D%/seeds %D%/dictionaries

# `make fuzz`: each reader and then the screen, for a minute or FUZZ_SECONDS each.  Without clang
# run.sh says what to install, and only the screen is left.
.PHONY: fuzz
fuzz: all $(check_PROGRAMS)
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-60}; export FUZZ_SECONDS; failed=0; \
	    $(AM_TESTS_ENVIRONMENT) \
	    $(top_srcdir)/%D%/run.sh || test $$? = 77 || failed=1; \
	    $(top_srcdir)/tests/tui/fuzz.sh || failed=1; \
	    exit $$failed

distclean-local: distclean-fuzz
.PHONY: distclean-fuzz
distclean-fuzz:
	rm -rf fuzz fuzz.log
