noinst_LIBRARIES += libbenchfmt.a
libbenchfmt_a_SOURCES = \
    %D%/atoms.c %D%/atoms.h \
    %D%/benchfmt.c %D%/benchfmt.h \
    %D%/compare.c %D%/compare.h \
    %D%/evaluate.c %D%/evaluate.h \
    %D%/fields.c %D%/fields.h \
    %D%/units.c %D%/units.h

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_benchfmt tests/unit/test_compare
TESTS += tests/unit/test_benchfmt tests/unit/test_compare
BENCHFMT_TEST_LIBS = libbenchfmt.a libstats.a $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_benchfmt_SOURCES = tests/unit/test_benchfmt.c
tests_unit_test_benchfmt_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_benchfmt_LDADD = $(BENCHFMT_TEST_LIBS)
tests_unit_test_compare_SOURCES = tests/unit/test_compare.c
tests_unit_test_compare_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_compare_LDADD = $(BENCHFMT_TEST_LIBS)
endif
