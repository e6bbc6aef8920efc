include_HEADERS += %D%/perfbench.h
pkgconfig_DATA += src/perfbench/perfbench.pc

counterdir = $(libdir)/perfbench

# Kernels of any build link it, so it never has sanitizers itself.
lib_LIBRARIES += libperfbench.a
libperfbench_a_CFLAGS = $(PC_CFLAGS)
libperfbench_a_CPPFLAGS = $(AM_CPPFLAGS) \
    -DBENCH_COUNTER_PATH='"$(counterdir)/perfbench-count.so"'
libperfbench_a_SOURCES = \
    %D%/core.c %D%/core.h \
    %D%/format.c %D%/format.h \
    %D%/guard.c %D%/guard.h \
    %D%/latency.c %D%/latency.h \
    %D%/main.c \
    %D%/match.c %D%/match.h \
    %D%/measure.c \
    %D%/options.c %D%/options.h \
    %D%/pacer.c %D%/pacer.h \
    %D%/parallel.c \
    %D%/pass.c %D%/pass.h \
    %D%/profiles.c %D%/profiles.h \
    %D%/report.c %D%/report.h \
    %D%/run.c %D%/run.h \
    %D%/tally.c %D%/tally.h \
    %D%/wire.c

# An object for LD_PRELOAD is an executable to automake, linked in its own way.
counter_PROGRAMS = perfbench-count.so
perfbench_count_so_SOURCES = %D%/counter.c %D%/counter.h
perfbench_count_so_CFLAGS = $(PC_CFLAGS) -fPIC -fno-builtin
perfbench_count_so_LDFLAGS = -shared

if HAVE_CMOCKA
PERFBENCH_TESTS = \
    tests/unit/test_latency \
    tests/unit/test_perfbench tests/unit/test_perfbench_pool tests/unit/test_perfbench_program
check_PROGRAMS += $(PERFBENCH_TESTS)
TESTS += $(PERFBENCH_TESTS)
tests_unit_test_latency_SOURCES = tests/unit/test_latency.c
tests_unit_test_latency_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_latency_LDADD = libperfbench.a $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_perfbench_SOURCES = tests/unit/test_perfbench.c
tests_unit_test_perfbench_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_perfbench_LDADD = libperfbench.a $(CMOCKA_LIBS)
tests_unit_test_perfbench_pool_SOURCES = tests/unit/test_perfbench_pool.c
tests_unit_test_perfbench_pool_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_perfbench_pool_LDADD = libperfbench.a $(CMOCKA_LIBS)
tests_unit_test_perfbench_program_SOURCES = tests/unit/test_perfbench_program.c
tests_unit_test_perfbench_program_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_perfbench_program_LDADD = libperfbench.a $(CMOCKA_LIBS)
endif

# A project of its own, built against the installed library.
TESTS += tests/perfbench/installed.sh
EXTRA_DIST += docs/measuring.md docs/perfbench.md tests/perfbench/installed.sh \
    tests/perfbench/repeat.h tests/perfbench/repeat.c tests/perfbench/repeat_bench.c \
    tests/perfbench/counts_bench.c tests/perfbench/failing_bench.c tests/perfbench/stall_bench.c

noinst_PROGRAMS += tests/bench/loop_cost
tests_bench_loop_cost_SOURCES = tests/bench/loop_cost.c
tests_bench_loop_cost_CFLAGS = $(PC_CFLAGS) -O2
tests_bench_loop_cost_LDFLAGS =
tests_bench_loop_cost_LDADD = libperfbench.a
