noinst_LIBRARIES += libscript.a
SCRIPT_SOURCES = \
    %D%/asking.c %D%/asking.h %D%/asking_profile.c %D%/asking_read.h \
    %D%/asking_prediction.c \
    %D%/convert.c %D%/convert.h \
    %D%/findings.c %D%/findings.h \
    %D%/growth.c %D%/growth.h \
    %D%/interpreter.c %D%/interpreter.h \
    %D%/lesson.c %D%/lesson.h \
    %D%/library.c %D%/library.h \
    %D%/limits.c \
    %D%/lines.c %D%/lines.h \
    %D%/message.c %D%/message.h \
    %D%/needs.c %D%/needs.h \
    %D%/parallel.c %D%/parallel.h \
    %D%/reasons.c %D%/reasons.h \
    %D%/remote.c %D%/remote.h \
    %D%/run.c %D%/run.h \
    %D%/sandbox.c %D%/sandbox.h \
    %D%/serve.c %D%/serve.h \
    %D%/shape.c %D%/shape.h \
    %D%/source.c %D%/source.h \
    %D%/study.c %D%/study.h \
    %D%/tail.c %D%/tail.h \
    %D%/tokens.c %D%/tokens.h \
    %D%/tree.c %D%/tree.h \
    %D%/value.c %D%/value.h \
    %D%/verbs.c %D%/verbs.h
libscript_a_SOURCES = $(SCRIPT_SOURCES)
libscript_a_CPPFLAGS = $(AM_CPPFLAGS) $(LUA_CFLAGS)
SCRIPT_LIBS = libscript.a libmodel.a $(LUA_LIBS)

if HAVE_CMOCKA
SCRIPT_BED = tests/unit/script_bed.c tests/unit/script_bed.h
SCRIPT_TESTS = tests/unit/test_script tests/unit/test_script_course \
    tests/unit/test_script_limits tests/unit/test_script_remote tests/unit/test_script_run \
    tests/unit/test_script_study tests/unit/test_script_verbs
check_PROGRAMS += $(SCRIPT_TESTS)
TESTS += $(SCRIPT_TESTS)
tests_unit_test_script_SOURCES = tests/unit/test_script.c
tests_unit_test_script_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_script_LDADD = $(SCRIPT_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_script_course_SOURCES = tests/unit/test_script_course.c
tests_unit_test_script_course_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_script_course_LDADD = $(SCRIPT_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_script_limits_SOURCES = tests/unit/test_script_limits.c
tests_unit_test_script_limits_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_script_limits_LDADD = $(SCRIPT_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_script_remote_SOURCES = tests/unit/test_script_remote.c
tests_unit_test_script_remote_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_script_remote_LDADD = $(SCRIPT_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_script_run_SOURCES = $(SCRIPT_BED) tests/unit/test_script_run.c
tests_unit_test_script_run_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_script_run_LDADD = $(SCRIPT_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_script_study_SOURCES = tests/unit/test_script_study.c
tests_unit_test_script_study_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_script_study_LDADD = $(SCRIPT_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_script_verbs_SOURCES = $(SCRIPT_BED) tests/unit/test_script_verbs.c
tests_unit_test_script_verbs_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_script_verbs_LDADD = $(SCRIPT_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
endif
