noinst_LIBRARIES += libtoolchain.a
libtoolchain_a_SOURCES = \
    %D%/allocators.c %D%/allocators.h \
    %D%/args.c %D%/args.h \
    %D%/build.c \
    %D%/cache.c %D%/cache.h \
    %D%/compiler.c %D%/compiler.h \
    %D%/diagnostics.c %D%/diagnostics.h \
    %D%/find.c \
    %D%/flow.c %D%/flow.h \
    %D%/frames.c %D%/frames.h \
    %D%/inspect.c \
    %D%/linker.c \
    %D%/packages.c %D%/packages.h \
    %D%/phrases.c %D%/phrases.h \
    %D%/recipe.c %D%/recipe.h \
    %D%/refuse.c %D%/refuse.h \
    %D%/scan.c %D%/scan.h \
    %D%/source.c %D%/source.h \
    %D%/step.c %D%/step.h \
    %D%/toolchain.h \
    %D%/unit.c %D%/unit.h \
    %D%/views.c %D%/views.h
libtoolchain_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
TOOLCHAIN_LIBS = libtoolchain.a libmodel.a $(LOOP_LIBS) $(JANSSON_LIBS)

if HAVE_CMOCKA
TOOLCHAIN_BED = tests/unit/toolchain_bed.c tests/unit/toolchain_bed.h
TOOLCHAIN_TESTS = tests/unit/test_diagnostics tests/unit/test_flow tests/unit/test_refuse \
    tests/unit/test_toolchain tests/unit/test_toolchain_cache \
    tests/unit/test_toolchain_kill tests/unit/test_views
check_PROGRAMS += $(TOOLCHAIN_TESTS)
TESTS += $(TOOLCHAIN_TESTS)
tests_unit_test_diagnostics_SOURCES = tests/unit/test_diagnostics.c
tests_unit_test_diagnostics_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_diagnostics_LDADD = $(TOOLCHAIN_LIBS) $(CMOCKA_LIBS)
tests_unit_test_flow_SOURCES = tests/unit/test_flow.c
tests_unit_test_flow_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_flow_LDADD = $(TOOLCHAIN_LIBS) $(CMOCKA_LIBS)
tests_unit_test_refuse_SOURCES = tests/unit/test_refuse.c $(TOOLCHAIN_BED)
tests_unit_test_refuse_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_refuse_LDADD = $(TOOLCHAIN_LIBS) $(CMOCKA_LIBS)
tests_unit_test_toolchain_SOURCES = tests/unit/test_toolchain.c $(TOOLCHAIN_BED)
tests_unit_test_toolchain_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_toolchain_LDADD = $(TOOLCHAIN_LIBS) $(CMOCKA_LIBS)
tests_unit_test_toolchain_cache_SOURCES = tests/unit/test_toolchain_cache.c \
    $(TOOLCHAIN_BED)
tests_unit_test_toolchain_cache_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_toolchain_kill_SOURCES = tests/unit/test_toolchain_kill.c \
    $(TOOLCHAIN_BED) $(KILLER)
tests_unit_test_toolchain_kill_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_toolchain_kill_LDADD = $(TOOLCHAIN_LIBS) $(CMOCKA_LIBS)
tests_unit_test_toolchain_cache_LDADD = $(TOOLCHAIN_LIBS) $(CMOCKA_LIBS)
tests_unit_test_views_SOURCES = tests/unit/test_views.c $(TOOLCHAIN_BED)
tests_unit_test_views_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_views_LDADD = $(TOOLCHAIN_LIBS) $(CMOCKA_LIBS)
endif
