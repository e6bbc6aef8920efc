noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
    %D%/clock.c %D%/clock.h \
    %D%/err.c %D%/err.h \
    %D%/file.c %D%/file.h \
    %D%/hash.c %D%/hash.h \
    %D%/mem.c %D%/mem.h \
    %D%/path.c %D%/path.h \
    %D%/rng.c %D%/rng.h \
    %D%/str.c %D%/str.h \
    %D%/style.h \
    %D%/temporary.c %D%/temporary.h \
    %D%/text.c %D%/text.h \
    %D%/units.c %D%/units.h \
    %D%/usage.c %D%/usage.h \
    %D%/words.c %D%/words.h \
    %D%/wrap.c %D%/wrap.h
BASE_CPPFLAGS = $(XXHASH_CFLAGS) \
    -DPC_BINDIR='"$(bindir)"' -DPC_DATADIR='"$(pkgdatadir)"' \
    -DPC_LIBEXECDIR='"$(hostdir)"' -DPC_INCLUDEDIR='"$(includedir)"' \
    -DPC_LIBDIR='"$(libdir)"' -DPC_BUILDDIR='"$(abs_top_builddir)"' \
    -DPC_SRCDIR='"$(abs_top_srcdir)"'
libbase_a_CPPFLAGS = $(AM_CPPFLAGS) $(BASE_CPPFLAGS)
BASE_LIBS = libbase.a $(XXHASH_LIBS) -lm

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_base tests/unit/test_wrap tests/unit/test_places
TESTS += tests/unit/test_base tests/unit/test_wrap tests/unit/test_places
tests_unit_test_base_SOURCES = tests/unit/test_base.c
tests_unit_test_base_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_base_LDADD = $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_wrap_SOURCES = tests/unit/test_wrap.c
tests_unit_test_wrap_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_wrap_LDADD = $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_places_SOURCES = tests/unit/test_places.c
tests_unit_test_places_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_places_LDADD = $(BASE_LIBS) $(CMOCKA_LIBS)
endif
