noinst_LIBRARIES += librunner.a
librunner_a_SOURCES = \
    %D%/allocs.c \
    %D%/busy.c %D%/busy.h \
    %D%/count.c \
    %D%/ends.c %D%/ends.h \
    %D%/jail.c \
    %D%/latencies.c %D%/latencies.h \
    %D%/launch.c %D%/launch.h \
    %D%/memory.c %D%/memory.h \
    %D%/pair.c \
    %D%/processors.c %D%/processors.h \
    %D%/program.c \
    %D%/record.c \
    %D%/runner.h \
    %D%/sanitizer.c %D%/sanitizer.h \
    %D%/setup.c %D%/setup.h \
    %D%/talk.c %D%/talk.h \
    %D%/tests.c
RUNNER_LIBS = librunner.a libwire.a libmodel.a $(LOOP_LIBS)

if HAVE_CMOCKA
RUNNER_TESTS = tests/unit/test_pair tests/unit/test_runner tests/unit/test_runner_calls \
    tests/unit/test_sanitizer
check_PROGRAMS += $(RUNNER_TESTS)
TESTS += $(RUNNER_TESTS)
FAKE_HOST = tests/unit/fake_host.c tests/unit/fake_host.h
tests_unit_test_pair_SOURCES = tests/unit/test_pair.c $(FAKE_HOST)
tests_unit_test_pair_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_pair_LDADD = $(RUNNER_LIBS) $(CMOCKA_LIBS)
tests_unit_test_runner_SOURCES = tests/unit/test_runner.c $(FAKE_HOST)
tests_unit_test_runner_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_runner_LDADD = $(RUNNER_LIBS) $(CMOCKA_LIBS)
tests_unit_test_runner_calls_SOURCES = tests/unit/test_runner_calls.c $(FAKE_HOST)
tests_unit_test_runner_calls_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_runner_calls_LDADD = $(RUNNER_LIBS) $(CMOCKA_LIBS)
tests_unit_test_sanitizer_SOURCES = tests/unit/test_sanitizer.c
tests_unit_test_sanitizer_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_sanitizer_LDADD = $(RUNNER_LIBS) $(CMOCKA_LIBS)
endif
