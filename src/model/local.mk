noinst_LIBRARIES += libmodel.a
libmodel_a_SOURCES = \
    %D%/attempt.c %D%/attempt.h \
    %D%/cards.c %D%/cards.h \
    %D%/certificate.c %D%/certificate.h \
    %D%/choose.c \
    %D%/course.c %D%/course.h \
    %D%/escape.c %D%/escape.h \
    %D%/event.h \
    %D%/experiment.h \
    %D%/health.h \
    %D%/hotspot.h \
    %D%/limit.c \
    %D%/metric.c %D%/metric.h \
    %D%/parallel.c \
    %D%/profile.c %D%/profile.h %D%/profile_copy.c \
    %D%/profiled.c %D%/profiled.h \
    %D%/request.h \
    %D%/result.c %D%/result.h \
    %D%/tail.c %D%/tail.h \
    %D%/verdict.c %D%/verdict.h

if HAVE_CMOCKA
MODEL_TESTS = tests/unit/test_cards tests/unit/test_escape tests/unit/test_model \
    tests/unit/test_profile tests/unit/test_result
check_PROGRAMS += $(MODEL_TESTS)
TESTS += $(MODEL_TESTS)
tests_unit_test_cards_SOURCES = tests/unit/test_cards.c
tests_unit_test_cards_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_cards_LDADD = libmodel.a $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_escape_SOURCES = tests/unit/test_escape.c
tests_unit_test_escape_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_escape_LDADD = libmodel.a $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_model_SOURCES = tests/unit/test_model.c
tests_unit_test_model_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_model_LDADD = libmodel.a $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_profile_SOURCES = tests/unit/test_profile.c
tests_unit_test_profile_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_profile_LDADD = libmodel.a $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_result_SOURCES = \
    tests/unit/report_scene.c tests/unit/report_scene.h tests/unit/test_result.c
tests_unit_test_result_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_result_LDADD = libmodel.a $(BASE_LIBS) $(CMOCKA_LIBS)
endif
