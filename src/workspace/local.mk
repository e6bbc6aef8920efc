noinst_LIBRARIES += libworkspace.a
libworkspace_a_SOURCES = \
    %D%/compile_commands.c %D%/compile_commands.h \
    %D%/provide.c %D%/provide.h \
    %D%/undo.c \
    %D%/workspace.c %D%/workspace.h
WORKSPACE_LIBS = libworkspace.a libmodel.a

if HAVE_CMOCKA
WORKSPACE_TESTS = tests/unit/test_workspace tests/unit/test_workspace_kill \
    tests/unit/test_workspace_trouble
check_PROGRAMS += $(WORKSPACE_TESTS)
TESTS += $(WORKSPACE_TESTS)
tests_unit_test_workspace_SOURCES = tests/unit/test_workspace.c \
    tests/unit/workspace_place.c tests/unit/workspace_place.h
tests_unit_test_workspace_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_workspace_LDADD = $(WORKSPACE_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_workspace_kill_SOURCES = tests/unit/test_workspace_kill.c $(KILLER) \
    tests/unit/workspace_place.c tests/unit/workspace_place.h
tests_unit_test_workspace_kill_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_workspace_kill_LDADD = $(WORKSPACE_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_workspace_trouble_SOURCES = tests/unit/test_workspace_trouble.c \
    tests/unit/workspace_place.c tests/unit/workspace_place.h
tests_unit_test_workspace_trouble_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_workspace_trouble_LDADD = $(WORKSPACE_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
endif
