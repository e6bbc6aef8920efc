noinst_LIBRARIES += libscript.a
libscript_a_SOURCES = \
    %D%/lesson.c %D%/lesson.h \
    %D%/library.c %D%/library.h \
    %D%/limits.c \
    %D%/lines.c %D%/lines.h \
    %D%/sandbox.c %D%/sandbox.h \
    %D%/shape.c %D%/shape.h \
    %D%/value.c %D%/value.h
libscript_a_CPPFLAGS = $(AM_CPPFLAGS) $(LUA_CFLAGS)
SCRIPT_LIBS = libscript.a libmodel.a $(LUA_LIBS)

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_script
TESTS += tests/unit/test_script
tests_unit_test_script_SOURCES = tests/unit/test_script.c
tests_unit_test_script_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_script_LDADD = $(SCRIPT_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
endif
