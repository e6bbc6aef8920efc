include_HEADERS += %D%/perfprof.h
pkgconfig_DATA += src/perfprof/perfprof.pc

# Programs of any build link it and nothing else of ours, so it brings the sources of the floors
# below, and never has sanitizers itself.
lib_LIBRARIES += libperfprof.a
libperfprof_a_CFLAGS = $(PC_CFLAGS)
libperfprof_a_CPPFLAGS = $(AM_CPPFLAGS) $(BASE_CPPFLAGS) $(DW_CFLAGS) $(ZLIB_CFLAGS)
libperfprof_a_SOURCES = \
    src/base/clock.c src/base/err.c src/base/file.c src/base/mem.c src/base/path.c \
    src/base/str.c src/base/temporary.c src/base/text.c src/base/units.c \
    src/model/profile.c \
    src/profile/allocs.c src/profile/codemap.c src/profile/folded.c src/profile/frames.c src/profile/gzip.c src/profile/locks.c src/profile/pprof_index.c \
    src/profile/pprof_write.c src/profile/proto.c src/profile/recording.c \
    src/profile/scopes.c src/profile/symbols.c src/profile/unwind.c \
    src/sampling/blocks.c src/sampling/callers.c src/sampling/callers.h src/sampling/cfi.c src/sampling/cfi.h src/sampling/chain.c \
    src/sampling/cursor.c src/sampling/cursor.h \
    src/sampling/lock_calls.c src/sampling/lock_libc.c src/sampling/lock_mutex.c \
    src/sampling/lock_rwlock.c src/sampling/lock_signals.c src/sampling/locks.c \
    src/sampling/heap.c src/sampling/interpose.c src/sampling/modules.c src/sampling/mute.c \
    src/sampling/sampler.c src/sampling/sites.c src/sampling/stack.c src/sampling/threads.c \
    %D%/allocations.c %D%/allocations.h \
    %D%/client.c %D%/client.h \
    %D%/endpoints.c %D%/endpoints.h \
    %D%/failure.h \
    %D%/heap_profiling.c \
    %D%/http.c %D%/http.h \
    %D%/mutex_profiling.c \
    %D%/pages.c %D%/pages.h \
    %D%/profiling.c \
    %D%/server.c %D%/server.h \
    %D%/serving.c \
    %D%/session.c %D%/session.h \
    %D%/target.c %D%/target.h \
    %D%/threads_seen.c %D%/threads_seen.h \
    %D%/waits.c %D%/waits.h

if HAVE_CMOCKA
PERFPROF_TESTS = tests/unit/test_callers \
    tests/unit/test_perfprof tests/unit/test_perfprof_heap \
    tests/unit/test_perfprof_heap_threads tests/unit/test_perfprof_http tests/unit/test_perfprof_server tests/unit/test_perfprof_threads \
    tests/unit/test_perfprof_waits
PERFPROF_BED = tests/unit/perfprof_bed.c tests/unit/perfprof_bed.h
HEAP_BED = tests/unit/heap_bed.c tests/unit/heap_bed.h $(PERFPROF_BED)
check_PROGRAMS += $(PERFPROF_TESTS)
TESTS += $(PERFPROF_TESTS)
# What reads from outside is built with the test, for its sanitizers.
tests_unit_test_perfprof_SOURCES = tests/unit/test_perfprof.c $(PERFPROF_BED)
tests_unit_test_perfprof_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_perfprof_LDADD = libperfprof.a $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_callers_SOURCES = tests/unit/test_callers.c
tests_unit_test_callers_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_callers_LDADD = libperfprof.a $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_perfprof_heap_SOURCES = tests/unit/test_perfprof_heap.c $(HEAP_BED)
tests_unit_test_perfprof_heap_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_perfprof_heap_LDADD = libperfprof.a $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_perfprof_heap_threads_SOURCES = tests/unit/test_perfprof_heap_threads.c $(HEAP_BED)
tests_unit_test_perfprof_heap_threads_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_perfprof_heap_threads_LDADD = libperfprof.a $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_perfprof_http_SOURCES = tests/unit/test_perfprof_http.c %D%/http.c
tests_unit_test_perfprof_http_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_perfprof_http_LDADD = $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_perfprof_server_SOURCES = tests/unit/test_perfprof_server.c \
    %D%/client.c %D%/endpoints.c %D%/http.c %D%/pages.c %D%/server.c %D%/threads_seen.c
tests_unit_test_perfprof_server_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_perfprof_server_LDADD = libperfprof.a $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_perfprof_threads_SOURCES = tests/unit/test_perfprof_threads.c $(PERFPROF_BED)
tests_unit_test_perfprof_threads_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_perfprof_threads_LDADD = libperfprof.a $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_perfprof_waits_SOURCES = tests/unit/test_perfprof_waits.c $(PERFPROF_BED)
tests_unit_test_perfprof_waits_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_perfprof_waits_LDADD = libperfprof.a $(PROFILE_LIBS) $(CMOCKA_LIBS)
endif

TESTS += tests/perfprof/installed.sh
EXTRA_DIST += docs/perfprof.md tests/perfprof/heap.c tests/perfprof/heap_bench.c tests/perfprof/locks_bench.c tests/perfprof/own_malloc.c tests/perfprof/pool.c tests/perfprof/installed.sh tests/perfprof/split.c \
    tests/perfprof/split_bench.c
