noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
    %D%/attempts.c \
    %D%/backup.c %D%/backup.h \
    %D%/cards.c \
    %D%/connect.c %D%/connect.h \
    %D%/export.c \
    %D%/import.c \
    %D%/internal.h \
    %D%/lock.c %D%/lock.h \
    %D%/marks.c \
    %D%/members.c %D%/members.h \
    %D%/repair.c %D%/repair.h \
    %D%/schema.c %D%/schema.h \
    %D%/sql.c %D%/sql.h \
    %D%/store.c %D%/store.h
libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(JANSSON_CFLAGS)
STORE_LIBS = libstore.a libmodel.a $(BASE_LIBS) $(SQLITE_LIBS) $(JANSSON_LIBS)

if HAVE_CMOCKA
STORE_TESTS = \
    tests/unit/test_store \
    tests/unit/test_store_cards \
    tests/unit/test_store_clock \
    tests/unit/test_store_crash \
    tests/unit/test_store_damage \
    tests/unit/test_store_export \
    tests/unit/test_store_kill \
    tests/unit/test_store_place
STORE_BED = tests/unit/store_bed.c tests/unit/store_bed.h
STORE_CPPFLAGS = $(UNIT_CPPFLAGS) $(SQLITE_CFLAGS)
check_PROGRAMS += $(STORE_TESTS)
TESTS += $(STORE_TESTS)
tests_unit_test_store_SOURCES = tests/unit/test_store.c $(STORE_BED)
tests_unit_test_store_CPPFLAGS = $(STORE_CPPFLAGS)
tests_unit_test_store_LDADD = $(STORE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_store_cards_SOURCES = tests/unit/test_store_cards.c $(STORE_BED) \
    tests/unit/store_old.c tests/unit/store_old.h
tests_unit_test_store_cards_CPPFLAGS = $(STORE_CPPFLAGS)
tests_unit_test_store_cards_LDADD = $(STORE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_store_clock_SOURCES = tests/unit/test_store_clock.c $(STORE_BED) $(SNAPSHOT)
tests_unit_test_store_clock_CPPFLAGS = $(STORE_CPPFLAGS)
tests_unit_test_store_clock_LDADD = $(STORE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_store_crash_SOURCES = tests/unit/test_store_crash.c $(STORE_BED)
tests_unit_test_store_crash_CPPFLAGS = $(STORE_CPPFLAGS)
tests_unit_test_store_crash_LDADD = $(STORE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_store_damage_SOURCES = tests/unit/test_store_damage.c $(STORE_BED) \
    tests/unit/store_old.c tests/unit/store_old.h
tests_unit_test_store_damage_CPPFLAGS = $(STORE_CPPFLAGS)
tests_unit_test_store_damage_LDADD = $(STORE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_store_export_SOURCES = tests/unit/test_store_export.c $(STORE_BED)
tests_unit_test_store_export_CPPFLAGS = $(STORE_CPPFLAGS)
tests_unit_test_store_export_LDADD = $(STORE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_store_kill_SOURCES = tests/unit/test_store_kill.c $(STORE_BED) $(KILLER) \
    tests/unit/store_old.c tests/unit/store_old.h \
    tests/unit/store_scenarios.c tests/unit/store_scenarios.h
tests_unit_test_store_kill_CPPFLAGS = $(STORE_CPPFLAGS)
tests_unit_test_store_kill_LDADD = $(STORE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_store_place_SOURCES = tests/unit/test_store_place.c $(STORE_BED) $(SNAPSHOT)
tests_unit_test_store_place_CPPFLAGS = $(STORE_CPPFLAGS)
tests_unit_test_store_place_LDADD = $(STORE_LIBS) $(CMOCKA_LIBS)
endif
