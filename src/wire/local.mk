noinst_LIBRARIES += libwire.a
libwire_a_SOURCES = %D%/line.c %D%/line.h %D%/locks.h %D%/recording.h %D%/sites.h

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_wire
TESTS += tests/unit/test_wire
tests_unit_test_wire_SOURCES = tests/unit/test_wire.c
tests_unit_test_wire_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_wire_LDADD = libwire.a $(BASE_LIBS) $(CMOCKA_LIBS)
endif
