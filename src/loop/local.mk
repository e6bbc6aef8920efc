noinst_LIBRARIES += libloop.a
libloop_a_SOURCES = \
    %D%/ask.c %D%/ask.h \
    %D%/child.c %D%/child.h \
    %D%/family.c %D%/family.h \
    %D%/foreground.c %D%/foreground.h \
    %D%/inner.h \
    %D%/input.c %D%/input.h \
    %D%/loop.c %D%/loop.h \
    %D%/pipe.c \
    %D%/reap.c \
    %D%/signal.c %D%/signal.h \
    %D%/spawn.c %D%/spawn.h \
    %D%/watch.c %D%/watch.h
libloop_a_CPPFLAGS = $(AM_CPPFLAGS) $(UV_CFLAGS)
LOOP_LIBS = libloop.a $(UV_LIBS) $(BASE_LIBS)

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_ask tests/unit/test_loop tests/unit/test_child tests/unit/test_watch
TESTS += tests/unit/test_ask tests/unit/test_loop tests/unit/test_child tests/unit/test_watch
tests_unit_test_ask_SOURCES = tests/unit/test_ask.c
tests_unit_test_ask_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_ask_LDADD = $(LOOP_LIBS) $(CMOCKA_LIBS)
tests_unit_test_watch_SOURCES = tests/unit/test_watch.c
tests_unit_test_watch_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_watch_LDADD = $(LOOP_LIBS) $(CMOCKA_LIBS)
tests_unit_test_loop_SOURCES = tests/unit/test_loop.c
tests_unit_test_loop_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_loop_LDADD = $(LOOP_LIBS) $(CMOCKA_LIBS)
tests_unit_test_child_SOURCES = tests/unit/test_child.c
tests_unit_test_child_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_child_LDADD = $(LOOP_LIBS) $(CMOCKA_LIBS)
endif
