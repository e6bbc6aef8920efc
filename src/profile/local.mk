noinst_LIBRARIES += libprofile.a
libprofile_a_SOURCES = \
    %D%/internal.h \
    %D%/extents.c %D%/extents.h \
    %D%/symbols.c %D%/symbols.h
libprofile_a_CPPFLAGS = $(AM_CPPFLAGS) $(DW_CFLAGS)
# libdw works on libelf's types, so its user calls libelf too.
PROFILE_LIBS = libprofile.a libmodel.a $(BASE_LIBS) $(DW_LIBS) -lelf

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_extents tests/unit/test_symbols
TESTS += tests/unit/test_extents tests/unit/test_symbols
tests_unit_test_extents_SOURCES = tests/unit/test_extents.c
tests_unit_test_extents_CPPFLAGS = $(UNIT_CPPFLAGS) $(DW_CFLAGS)
tests_unit_test_extents_LDADD = $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_symbols_SOURCES = tests/unit/test_symbols.c
tests_unit_test_symbols_CPPFLAGS = $(UNIT_CPPFLAGS) $(DW_CFLAGS)
tests_unit_test_symbols_LDADD = $(PROFILE_LIBS) $(CMOCKA_LIBS)
endif
