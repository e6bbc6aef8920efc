# The hosts themselves never have sanitizers: these need terabytes of address space, replace
# malloc, and kernels of plain builds are loaded.  So they bring the sources of the floors
# below instead of linking their archives.
noinst_LIBRARIES += libhost.a
libhost_a_CFLAGS = $(PC_CFLAGS)
libhost_a_CPPFLAGS = $(AM_CPPFLAGS) $(SECCOMP_CFLAGS)
libhost_a_SOURCES = \
    src/base/clock.c src/base/err.c src/base/mem.c src/base/rng.c src/base/str.c \
    src/wire/line.c \
    %D%/calls.c %D%/calls.h \
    %D%/crash.c %D%/crash.h \
    %D%/crew.c %D%/crew.h \
    %D%/filter.c %D%/filter.h \
    %D%/jail.c %D%/jail.h \
    %D%/landlock.c %D%/landlock.h \
    %D%/limits.c %D%/limits.h \
    %D%/mailbox.c %D%/mailbox.h \
    %D%/member.c %D%/member.h \
    %D%/object.c %D%/object.h \
    %D%/options.c %D%/options.h \
    %D%/orders.c %D%/orders.h \
    %D%/tracer.c %D%/tracer.h \
    %D%/worker.c %D%/worker.h
HOST_LIBS = libhost.a libperfbench.a $(SECCOMP_LIBS) -lm

host_PROGRAMS += perfcourse-run
perfcourse_run_CFLAGS = $(PC_CFLAGS)
perfcourse_run_LDFLAGS =
TIMING_SOURCES = \
    %D%/audit.c \
    %D%/pace.c \
    %D%/pair.c %D%/pair.h \
    %D%/spread.c %D%/spread.h \
    %D%/stopwatch.c %D%/stopwatch.h \
    %D%/tails.c \
    %D%/turn.c
perfcourse_run_SOURCES = %D%/run_main.c $(TIMING_SOURCES)
perfcourse_run_LDADD = $(HOST_LIBS)

host_PROGRAMS += perfcourse-profile
perfcourse_profile_CFLAGS = $(PC_CFLAGS)
perfcourse_profile_LDFLAGS =
perfcourse_profile_SOURCES = \
    src/sampling/modules.c src/sampling/modules.h \
    src/sampling/mute.c src/sampling/mute.h \
    src/sampling/sampler.c src/sampling/sampler.h \
    src/sampling/stack.c src/sampling/stack.h \
    src/sampling/threads.c src/sampling/threads.h \
    %D%/profile_main.c \
    %D%/profiler.c \
    %D%/recorder.c %D%/recorder.h \
    $(TIMING_SOURCES)
perfcourse_profile_LDADD = $(HOST_LIBS)

host_PROGRAMS += perfcourse-locks
perfcourse_locks_CFLAGS = $(PC_CFLAGS)
perfcourse_locks_LDFLAGS =
LOCK_SOURCES = \
    src/sampling/lock_calls.c \
    src/sampling/lock_libc.c src/sampling/lock_libc.h \
    src/sampling/lock_mutex.c src/sampling/lock_mutex.h \
    src/sampling/lock_rwlock.c \
    src/sampling/lock_signals.c \
    src/sampling/lock_table.h src/sampling/lock_weak.h \
    src/sampling/locks.c src/sampling/locks.h \
    src/sampling/modules.c src/sampling/modules.h \
    src/sampling/mute.c src/sampling/mute.h
perfcourse_locks_SOURCES = $(LOCK_SOURCES) \
    src/sampling/chain.c src/sampling/chain.h \
    src/sampling/codespan.h \
    %D%/chain.c %D%/chain.h \
    %D%/locker.c \
    %D%/profile_main.c \
    %D%/recorder.c %D%/recorder.h \
    $(TIMING_SOURCES)
perfcourse_locks_LDADD = $(HOST_LIBS)

# An optimizer that knows malloc would make calls of it into calls of calloc, say.
host_PROGRAMS += perfcourse-count
perfcourse_count_CFLAGS = $(PC_CFLAGS) -fno-builtin
perfcourse_count_LDFLAGS =
perfcourse_count_SOURCES = \
    src/sampling/blocks.c src/sampling/blocks.h \
    src/sampling/chain.c src/sampling/chain.h \
    src/sampling/codespan.h \
    src/sampling/heap.c src/sampling/heap.h \
    src/sampling/interpose.c src/sampling/interpose.h \
    src/sampling/modules.c src/sampling/modules.h \
    src/sampling/mute.c src/sampling/mute.h \
    src/sampling/sites.c src/sampling/sites.h \
    %D%/chain.c %D%/chain.h \
    %D%/count.c %D%/count.h \
    %D%/count_main.c \
    %D%/counter.c \
    %D%/starts.c \
    %D%/tally.c %D%/tally.h
perfcourse_count_LDADD = $(HOST_LIBS)

# It has no part of what measures, and brings the sources of Lua's part for the reason above.
host_PROGRAMS += perfcourse-lesson
perfcourse_lesson_CFLAGS = $(PC_CFLAGS)
perfcourse_lesson_CPPFLAGS = $(AM_CPPFLAGS) $(BASE_CPPFLAGS) $(SECCOMP_CFLAGS) $(LUA_CFLAGS)
perfcourse_lesson_LDFLAGS =
perfcourse_lesson_SOURCES = $(SCRIPT_SOURCES) \
    src/base/file.c src/base/path.c src/base/temporary.c src/base/text.c \
    src/model/course.c src/model/metric.c src/model/parallel.c src/model/tail.c \
    %D%/lesson_main.c
perfcourse_lesson_LDADD = $(HOST_LIBS) $(LUA_LIBS)

# What the jail costs; part of `make bench`.
noinst_PROGRAMS += tests/bench/jail tests/bench/sampled
tests_bench_jail_SOURCES = tests/bench/jail.c
tests_bench_jail_CFLAGS = $(PC_CFLAGS) -O2
tests_bench_jail_LDFLAGS =
tests_bench_jail_LDADD = $(HOST_LIBS)
tests_bench_sampled_SOURCES = tests/bench/sampled.c \
    src/sampling/modules.c src/sampling/modules.h \
    src/sampling/sampler.c src/sampling/sampler.h \
    src/sampling/stack.c src/sampling/stack.h
tests_bench_sampled_CFLAGS = $(PC_CFLAGS) -O2
tests_bench_sampled_LDFLAGS =
tests_bench_sampled_LDADD = -lm

EXTRA_DIST += tests/host/alloc.c tests/host/cheat.c tests/host/crowd.c tests/host/hostile.c tests/host/lock_answers.c tests/host/lock_stuck.c tests/host/locks.c tests/host/program.c tests/host/shares.c tests/host/sites.c tests/host/sort.c \
    tests/host/stalls.c tests/host/system.c

if HAVE_CMOCKA
HOST_TESTS = tests/unit/test_host_allocs tests/unit/test_host_count tests/unit/test_host_jail tests/unit/test_host_locks tests/unit/test_host_profile tests/unit/test_host_recording tests/unit/test_host_run tests/unit/test_host_tails \
    tests/unit/test_locks \
    tests/unit/test_jail tests/unit/test_jail_allows tests/unit/test_jail_layers
HOST_DRIVE = tests/host/drive.c tests/host/drive.h
HOST_RECORDED = $(HOST_DRIVE) tests/host/recorded.c tests/host/recorded.h
HOST_TEST_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)
HOST_TEST_LIBS = libwire.a $(BASE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += $(HOST_TESTS)
TESTS += $(HOST_TESTS)
tests_unit_test_host_allocs_SOURCES = tests/unit/test_host_allocs.c $(HOST_DRIVE)
tests_unit_test_host_allocs_CPPFLAGS = $(HOST_TEST_CPPFLAGS)
tests_unit_test_host_allocs_LDADD = $(PROFILE_LIBS) $(HOST_TEST_LIBS) -lm
tests_unit_test_host_count_SOURCES = tests/unit/test_host_count.c $(HOST_DRIVE)
tests_unit_test_host_count_CPPFLAGS = $(HOST_TEST_CPPFLAGS)
tests_unit_test_host_count_LDADD = $(HOST_TEST_LIBS)
tests_unit_test_host_jail_SOURCES = tests/unit/test_host_jail.c $(HOST_DRIVE)
tests_unit_test_host_jail_CPPFLAGS = $(HOST_TEST_CPPFLAGS)
tests_unit_test_host_jail_LDADD = $(HOST_TEST_LIBS)
tests_unit_test_host_locks_SOURCES = tests/unit/test_host_locks.c $(HOST_DRIVE)
tests_unit_test_host_locks_CPPFLAGS = $(HOST_TEST_CPPFLAGS)
tests_unit_test_host_locks_LDADD = $(PROFILE_LIBS) $(HOST_TEST_LIBS) -lm
tests_unit_test_host_profile_SOURCES = tests/unit/test_host_profile.c $(HOST_RECORDED)
tests_unit_test_host_profile_CPPFLAGS = $(HOST_TEST_CPPFLAGS)
tests_unit_test_host_profile_LDADD = $(PROFILE_LIBS) $(HOST_TEST_LIBS) -lm
tests_unit_test_host_recording_SOURCES = tests/unit/test_host_recording.c $(HOST_RECORDED)
tests_unit_test_host_recording_CPPFLAGS = $(HOST_TEST_CPPFLAGS)
tests_unit_test_host_recording_LDADD = $(PROFILE_LIBS) $(HOST_TEST_LIBS) -lm
tests_unit_test_host_run_SOURCES = tests/unit/test_host_run.c $(HOST_DRIVE)
tests_unit_test_host_run_CPPFLAGS = $(HOST_TEST_CPPFLAGS)
tests_unit_test_host_run_LDADD = $(HOST_TEST_LIBS)
tests_unit_test_host_tails_SOURCES = tests/unit/test_host_tails.c $(HOST_DRIVE)
tests_unit_test_host_tails_CPPFLAGS = $(HOST_TEST_CPPFLAGS)
tests_unit_test_host_tails_LDADD = $(HOST_TEST_LIBS)
JAIL_BED = tests/unit/jail_bed.c tests/unit/jail_bed.h
JAIL_TEST_LIBS = $(HOST_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
# What stands in front of libc's functions is part of the test itself.
tests_unit_test_locks_SOURCES = tests/unit/test_locks.c $(LOCK_SOURCES)
tests_unit_test_locks_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_locks_LDADD = $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_jail_SOURCES = tests/unit/test_jail.c $(JAIL_BED)
tests_unit_test_jail_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_jail_LDADD = $(JAIL_TEST_LIBS)
tests_unit_test_jail_allows_SOURCES = tests/unit/test_jail_allows.c $(JAIL_BED)
tests_unit_test_jail_allows_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_jail_allows_LDADD = $(JAIL_TEST_LIBS)
tests_unit_test_jail_layers_SOURCES = tests/unit/test_jail_layers.c $(JAIL_BED)
tests_unit_test_jail_layers_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_jail_layers_LDADD = $(JAIL_TEST_LIBS)
endif
