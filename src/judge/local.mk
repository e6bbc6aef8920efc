noinst_LIBRARIES += libjudge.a
libjudge_a_SOURCES = \
    %D%/certify.c %D%/certify.h \
    %D%/decision.h \
    %D%/fault.c %D%/fault.h \
    %D%/goals.h \
    %D%/growth.c \
    %D%/growth_goal.c \
    %D%/hotspot_goal.c \
    %D%/judge.c %D%/judge.h \
    %D%/metric_goal.c \
    %D%/propose.c \
    %D%/speed.c \
    %D%/speed_goal.c \
    %D%/tail_goal.c \
    %D%/tails.c \
    %D%/trust.c %D%/trust.h

if HAVE_CMOCKA
JUDGE_LIBS = libjudge.a libmodel.a libstats.a $(BASE_LIBS) $(CMOCKA_LIBS)
check_PROGRAMS += \
    tests/unit/test_certify tests/unit/test_medal tests/unit/test_trust \
    tests/unit/test_judge tests/unit/test_judge_goals tests/unit/test_judge_growth \
    tests/unit/test_judge_hotspot \
    tests/unit/test_judge_speed tests/unit/test_judge_tails \
    tests/unit/test_judge_threads
TESTS += \
    tests/unit/test_certify tests/unit/test_medal tests/unit/test_trust \
    tests/unit/test_judge tests/unit/test_judge_goals tests/unit/test_judge_growth \
    tests/unit/test_judge_hotspot \
    tests/unit/test_judge_speed tests/unit/test_judge_tails \
    tests/unit/test_judge_threads
tests_unit_test_certify_SOURCES = tests/unit/test_certify.c
tests_unit_test_certify_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_certify_LDADD = $(JUDGE_LIBS)
tests_unit_test_medal_SOURCES = tests/unit/test_medal.c
tests_unit_test_medal_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_medal_LDADD = $(JUDGE_LIBS)
tests_unit_test_trust_SOURCES = tests/unit/test_trust.c
tests_unit_test_trust_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_trust_LDADD = $(JUDGE_LIBS)
tests_unit_test_judge_hotspot_SOURCES = tests/unit/test_judge_hotspot.c
tests_unit_test_judge_hotspot_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_judge_hotspot_LDADD = $(JUDGE_LIBS)
tests_unit_test_judge_threads_SOURCES = tests/unit/test_judge_threads.c
tests_unit_test_judge_threads_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_judge_threads_LDADD = $(JUDGE_LIBS)
tests_unit_test_judge_tails_SOURCES = tests/unit/test_judge_tails.c
tests_unit_test_judge_tails_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_judge_tails_LDADD = $(JUDGE_LIBS)
tests_unit_test_judge_SOURCES = tests/unit/test_judge.c
tests_unit_test_judge_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_judge_LDADD = $(JUDGE_LIBS)
tests_unit_test_judge_goals_SOURCES = tests/unit/test_judge_goals.c
tests_unit_test_judge_goals_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_judge_goals_LDADD = $(JUDGE_LIBS)
tests_unit_test_judge_growth_SOURCES = tests/unit/test_judge_growth.c
tests_unit_test_judge_growth_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_judge_growth_LDADD = $(JUDGE_LIBS)
tests_unit_test_judge_speed_SOURCES = tests/unit/test_judge_speed.c
tests_unit_test_judge_speed_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_judge_speed_LDADD = $(JUDGE_LIBS)
endif
