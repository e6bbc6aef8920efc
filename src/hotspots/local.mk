noinst_LIBRARIES += libhotspots.a
libhotspots_a_SOURCES = \
    %D%/answer.c %D%/answer.h \
    %D%/calls.c %D%/calls.h \
    %D%/diff.c %D%/diff.h \
    %D%/labels.c %D%/labels.h \
    %D%/lines.c %D%/lines.h \
    %D%/share.c %D%/share.h \
    %D%/stacks.c %D%/stacks.h \
    %D%/sums.c %D%/sums.h \
    %D%/top.c %D%/top.h \
    %D%/tree.c %D%/tree.h \
    %D%/tree_view.c

if HAVE_CMOCKA
HOTSPOTS_LIBS = libhotspots.a libmodel.a libstats.a $(BASE_LIBS) $(CMOCKA_LIBS)
HOTSPOTS_TESTS = tests/unit/test_hotspots_answer tests/unit/test_hotspots_calls tests/unit/test_hotspots_diff \
    tests/unit/test_hotspots_lines tests/unit/test_hotspots_top tests/unit/test_hotspots_tree
check_PROGRAMS += $(HOTSPOTS_TESTS)
TESTS += $(HOTSPOTS_TESTS)
tests_unit_test_hotspots_answer_SOURCES = $(PROFILE_BED) tests/unit/test_hotspots_answer.c
tests_unit_test_hotspots_answer_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_hotspots_answer_LDADD = $(HOTSPOTS_LIBS)
tests_unit_test_hotspots_diff_SOURCES = $(PROFILE_BED) tests/unit/test_hotspots_diff.c
tests_unit_test_hotspots_diff_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_hotspots_diff_LDADD = $(HOTSPOTS_LIBS)
tests_unit_test_hotspots_calls_SOURCES = $(PROFILE_BED) tests/unit/test_hotspots_calls.c
tests_unit_test_hotspots_calls_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_hotspots_calls_LDADD = $(HOTSPOTS_LIBS)
tests_unit_test_hotspots_top_SOURCES = $(PROFILE_BED) tests/unit/test_hotspots_top.c
tests_unit_test_hotspots_top_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_hotspots_top_LDADD = $(HOTSPOTS_LIBS)
tests_unit_test_hotspots_lines_SOURCES = $(PROFILE_BED) tests/unit/test_hotspots_lines.c
tests_unit_test_hotspots_lines_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_hotspots_lines_LDADD = $(HOTSPOTS_LIBS)
tests_unit_test_hotspots_tree_SOURCES = $(PROFILE_BED) tests/unit/test_hotspots_tree.c
tests_unit_test_hotspots_tree_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_hotspots_tree_LDADD = $(HOTSPOTS_LIBS)
endif
