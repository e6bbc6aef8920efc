noinst_LIBRARIES += libmarkup.a
libmarkup_a_SOURCES = \
    %D%/ascii.c %D%/ascii.h \
    %D%/clexer.c %D%/clexer.h \
    %D%/code.c %D%/code.h \
    %D%/draft.c %D%/draft.h \
    %D%/find.c \
    %D%/flow.c %D%/flow.h \
    %D%/grid.c %D%/grid.h \
    %D%/inline.c %D%/inline.h \
    %D%/markup.c %D%/markup.h \
    %D%/table.c %D%/table.h
libmarkup_a_CPPFLAGS = $(AM_CPPFLAGS) $(CMARK_CFLAGS)
MARKUP_LIBS = libmarkup.a $(CMARK_LIBS)

if HAVE_CMOCKA
MARKUP_TESTS = tests/unit/test_clexer tests/unit/test_markup tests/unit/test_markup_any
check_PROGRAMS += $(MARKUP_TESTS)
TESTS += $(MARKUP_TESTS)
MARKUP_DUMP = tests/unit/markup_dump.c tests/unit/markup_dump.h
tests_unit_test_clexer_SOURCES = tests/unit/test_clexer.c $(MARKUP_DUMP)
tests_unit_test_clexer_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_clexer_LDADD = $(MARKUP_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_markup_SOURCES = tests/unit/test_markup.c $(MARKUP_DUMP)
tests_unit_test_markup_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_markup_LDADD = $(MARKUP_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_markup_any_SOURCES = tests/unit/test_markup_any.c
tests_unit_test_markup_any_CPPFLAGS = $(UNIT_CPPFLAGS) $(CMARK_CFLAGS)
tests_unit_test_markup_any_LDADD = $(MARKUP_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
endif
EXTRA_DIST += \
    tests/unit/markup/page.md \
    tests/unit/markup/page-40.txt tests/unit/markup/page-40-ascii.txt \
    tests/unit/markup/page-80.txt tests/unit/markup/page-80-ascii.txt \
    tests/unit/markup/page-120.txt tests/unit/markup/page-120-ascii.txt \
    tests/unit/markup/page-80-plain.txt tests/unit/markup/page-80-ascii-plain.txt
