noinst_LIBRARIES += libstats.a
libstats_a_SOURCES = \
    %D%/geomean.c %D%/geomean.h \
    %D%/growth.c %D%/growth.h \
    %D%/holm.c %D%/holm.h \
    %D%/mann_whitney.c %D%/mann_whitney.h \
    %D%/order.c %D%/order.h \
    %D%/sequential.c %D%/sequential.h \
    %D%/slope.c %D%/slope.h \
    %D%/wilson.c %D%/wilson.h

if HAVE_CMOCKA
STATS_TESTS = tests/unit/test_stats_growth tests/unit/test_stats_order \
    tests/unit/test_stats_ranks tests/unit/test_stats_sequential tests/unit/test_stats_slope \
    tests/unit/test_stats_wilson
check_PROGRAMS += $(STATS_TESTS)
TESTS += $(STATS_TESTS)
tests_unit_test_stats_growth_SOURCES = tests/unit/test_stats_growth.c
tests_unit_test_stats_growth_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_stats_growth_LDADD = libstats.a $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_stats_order_SOURCES = tests/unit/test_stats_order.c
tests_unit_test_stats_order_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_stats_order_LDADD = libstats.a $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_stats_sequential_SOURCES = tests/unit/test_stats_sequential.c
tests_unit_test_stats_sequential_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_stats_sequential_LDADD = libstats.a $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_stats_ranks_SOURCES = tests/unit/test_stats_ranks.c
tests_unit_test_stats_ranks_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_stats_ranks_LDADD = libstats.a $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_stats_slope_SOURCES = tests/unit/test_stats_slope.c
tests_unit_test_stats_slope_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_stats_slope_LDADD = libstats.a $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_stats_wilson_SOURCES = tests/unit/test_stats_wilson.c
tests_unit_test_stats_wilson_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_stats_wilson_LDADD = libstats.a $(BASE_LIBS) $(CMOCKA_LIBS)
endif
