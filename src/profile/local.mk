noinst_LIBRARIES += libprofile.a
libprofile_a_SOURCES = \
    %D%/calls.c %D%/calls.h \
    %D%/internal.h \
    %D%/allocs.c %D%/allocs.h \
    %D%/codemap.c %D%/codemap.h \
    %D%/extents.c %D%/extents.h \
    %D%/folded.c %D%/folded.h \
    %D%/frames.c %D%/frames.h \
    %D%/gzip.c %D%/gzip.h \
    %D%/locks.c %D%/locks.h \
    %D%/names.c %D%/names.h \
    %D%/pprof.h \
    %D%/pprof_fields.h \
    %D%/pprof_index.c %D%/pprof_index.h \
    %D%/pprof_parse.c %D%/pprof_parse.h \
    %D%/pprof_read.c \
    %D%/pprof_rebuild.c %D%/pprof_rebuild.h \
    %D%/pprof_types.c %D%/pprof_types.h \
    %D%/pprof_write.c \
    %D%/proto.c %D%/proto.h \
    %D%/recording.c %D%/recording.h \
    %D%/scopes.c %D%/scopes.h \
    %D%/symbols.c %D%/symbols.h \
    %D%/unwind.c %D%/unwind.h
libprofile_a_CPPFLAGS = $(AM_CPPFLAGS) $(DW_CFLAGS) $(ZLIB_CFLAGS)
# libdw works on libelf's types, so its user calls libelf too.
PROFILE_LIBS = libprofile.a libmodel.a $(BASE_LIBS) $(DW_LIBS) -lelf $(ZLIB_LIBS)

if HAVE_CMOCKA
PROFILE_BED = tests/unit/profile_bed.c tests/unit/profile_bed.h
PROFILE_TESTS = tests/unit/test_calls tests/unit/test_extents tests/unit/test_folded tests/unit/test_names \
    tests/unit/test_pprof_hostile tests/unit/test_pprof_read tests/unit/test_pprof_write \
    tests/unit/test_symbols
check_PROGRAMS += $(PROFILE_TESTS)
TESTS += $(PROFILE_TESTS)
tests_unit_test_calls_SOURCES = tests/unit/test_calls.c
tests_unit_test_calls_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_calls_LDADD = $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_extents_SOURCES = tests/unit/test_extents.c
tests_unit_test_extents_CPPFLAGS = $(UNIT_CPPFLAGS) $(DW_CFLAGS)
tests_unit_test_extents_LDADD = $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_folded_SOURCES = $(PROFILE_BED) tests/unit/test_folded.c
tests_unit_test_folded_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_folded_LDADD = $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_names_SOURCES = tests/unit/test_names.c
tests_unit_test_names_CPPFLAGS = $(UNIT_CPPFLAGS) $(DW_CFLAGS)
tests_unit_test_names_LDADD = $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_pprof_hostile_SOURCES = $(PROFILE_BED) \
    tests/unit/pprof_bed.c tests/unit/pprof_bed.h tests/unit/test_pprof_hostile.c
tests_unit_test_pprof_hostile_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_pprof_hostile_LDADD = $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_pprof_read_SOURCES = $(PROFILE_BED) \
    tests/unit/pprof_bed.c tests/unit/pprof_bed.h tests/unit/test_pprof_read.c
tests_unit_test_pprof_read_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_pprof_read_LDADD = $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_pprof_write_SOURCES = $(PROFILE_BED) tests/unit/test_pprof_write.c
tests_unit_test_pprof_write_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_pprof_write_LDADD = $(PROFILE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_symbols_SOURCES = tests/unit/test_symbols.c
tests_unit_test_symbols_CPPFLAGS = $(UNIT_CPPFLAGS) $(DW_CFLAGS)
tests_unit_test_symbols_LDADD = $(PROFILE_LIBS) $(CMOCKA_LIBS)
endif
