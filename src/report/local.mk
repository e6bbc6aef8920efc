noinst_LIBRARIES += libreport.a
libreport_a_SOURCES = \
    %D%/alloc_counts.c %D%/alloc_counts.h \
    %D%/alloc_text.c %D%/alloc_text.h \
    %D%/cards.c %D%/cards.h \
    %D%/certificate.h %D%/certificate_json.c %D%/certificate_text.c \
    %D%/columns.c %D%/columns.h \
    %D%/compare.h %D%/compare_csv.c %D%/compare_json.c %D%/compare_parts.c \
    %D%/compare_sentences.c %D%/compare_text.c \
    %D%/escape.h %D%/escape_json.c %D%/escape_text.c \
    %D%/excerpt.c %D%/excerpt.h \
    %D%/experiment.h %D%/experiment_json.c %D%/experiment_text.c \
    %D%/health.h %D%/health_json.c %D%/health_text.c \
    %D%/json.c %D%/json.h \
    %D%/links.c %D%/links.h \
    %D%/lock_json.c %D%/lock_json.h \
    %D%/lock_text.c %D%/lock_text.h \
    %D%/lock_waits.c %D%/lock_waits.h \
    %D%/measured.c %D%/measured.h \
    %D%/parts.c %D%/parts.h \
    %D%/profile.h %D%/profile_brief.c %D%/profile_brief.h \
    %D%/profile_diff.c %D%/profile_diff.h %D%/profile_json.c %D%/profile_parts.c %D%/profile_parts.h \
    %D%/profile_text.c \
    %D%/progress.c %D%/progress.h \
    %D%/text.c %D%/text.h \
    %D%/values.c %D%/values.h
libreport_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
REPORT_LIBS = libreport.a $(JANSSON_LIBS)

if HAVE_CMOCKA
REPORT_TESTS = \
    tests/unit/test_report_escape tests/unit/test_report_json tests/unit/test_report_links \
    tests/unit/test_report_locks \
    tests/unit/test_report_text
check_PROGRAMS += $(REPORT_TESTS)
TESTS += $(REPORT_TESTS)
REPORT_TEST_LIBS = $(REPORT_LIBS) libmodel.a $(BASE_LIBS) $(CMOCKA_LIBS)
REPORT_SCENE = tests/unit/report_scene.c tests/unit/report_scene.h
tests_unit_test_report_text_SOURCES = tests/unit/test_report_text.c $(REPORT_SCENE)
tests_unit_test_report_text_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_report_text_LDADD = $(REPORT_TEST_LIBS)
tests_unit_test_report_escape_SOURCES = tests/unit/test_report_escape.c
tests_unit_test_report_escape_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_report_escape_LDADD = $(REPORT_TEST_LIBS)
tests_unit_test_report_links_SOURCES = tests/unit/test_report_links.c
tests_unit_test_report_links_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_report_links_LDADD = $(REPORT_TEST_LIBS)
tests_unit_test_report_locks_SOURCES = tests/unit/test_report_locks.c
tests_unit_test_report_locks_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_report_locks_LDADD = $(REPORT_LIBS) $(HOTSPOTS_LIBS)
tests_unit_test_report_json_SOURCES = tests/unit/test_report_json.c $(REPORT_SCENE)
tests_unit_test_report_json_CPPFLAGS = $(UNIT_CPPFLAGS) $(JANSSON_CFLAGS)
tests_unit_test_report_json_LDADD = $(REPORT_TEST_LIBS)
endif
