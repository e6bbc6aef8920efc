noinst_LIBRARIES += libengine.a
libengine_a_SOURCES = \
    %D%/bench.c \
    %D%/check.c \
    %D%/diff.c \
    %D%/editor.c \
    %D%/engine.c %D%/engine.h \
    %D%/escape.c %D%/escape.h \
    %D%/experiment.c \
    %D%/files.c \
    %D%/findings.c %D%/findings.h \
    %D%/follow.c \
    %D%/growth.c %D%/growth.h \
    %D%/health.c \
    %D%/hotspot.c %D%/hotspot.h \
    %D%/internal.h \
    %D%/jailed.c %D%/jailed.h \
    %D%/kept.c %D%/kept.h \
    %D%/latency.c %D%/latency.h \
    %D%/locate.c \
    %D%/machine.c %D%/machine.h \
    %D%/means.c \
    %D%/measure.c \
    %D%/pack.c %D%/pack.h \
    %D%/page.c %D%/page.h \
    %D%/profile.c %D%/profile.h \
    %D%/profile_files.c \
    %D%/progress.c \
    %D%/proof.c \
    %D%/sampler.c %D%/sampler.h \
    %D%/scaffold.c \
    %D%/series.c %D%/series.h \
    %D%/steps.c %D%/steps.h \
    %D%/tails.c %D%/tails.h \
    %D%/trial.c %D%/trial.h \
    %D%/trial_build.c \
    %D%/verify.c %D%/verify.h
ENGINE_LIBS = \
    libengine.a libjudge.a libhotspots.a libscript.a libworkspace.a libtoolchain.a librunner.a libprofile.a \
    libstore.a libmarkup.a libwire.a libloop.a libmodel.a libstats.a \
    $(LUA_LIBS) $(UV_LIBS) $(DW_LIBS) $(ZLIB_LIBS) $(SQLITE_LIBS) $(CMARK_LIBS) $(JANSSON_LIBS) \
    $(BASE_LIBS)

if HAVE_CMOCKA
ENGINE_TESTS = \
    tests/unit/test_engine tests/unit/test_engine_files tests/unit/test_experiment \
    tests/unit/test_findings tests/unit/test_kept
check_PROGRAMS += $(ENGINE_TESTS)
TESTS += $(ENGINE_TESTS)
tests_unit_test_engine_SOURCES = tests/unit/test_engine.c
tests_unit_test_engine_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_engine_LDADD = $(ENGINE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_engine_files_SOURCES = tests/unit/test_engine_files.c
tests_unit_test_engine_files_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_engine_files_LDADD = $(ENGINE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_experiment_SOURCES = tests/unit/test_experiment.c
tests_unit_test_experiment_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_experiment_LDADD = $(ENGINE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_findings_SOURCES = $(PROFILE_BED) tests/unit/test_findings.c
tests_unit_test_findings_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_findings_LDADD = $(ENGINE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_kept_SOURCES = $(PROFILE_BED) tests/unit/test_kept.c
tests_unit_test_kept_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_kept_LDADD = $(ENGINE_LIBS) $(CMOCKA_LIBS)
endif
