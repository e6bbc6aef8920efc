noinst_LIBRARIES += libtui.a
libtui_a_SOURCES = \
    %D%/app.c %D%/app.h \
    %D%/bars.c %D%/bars.h \
    %D%/browser.c %D%/browser.h \
    %D%/canvas.c %D%/canvas.h \
    %D%/card_sheet.c %D%/card_sheet.h \
    %D%/cards.c \
    %D%/checks.c %D%/checks.h \
    %D%/checking_sheet.c %D%/checking_sheet.h \
    %D%/commands.c %D%/commands.h \
    %D%/decode.c %D%/decode.h \
    %D%/dump.c %D%/dump.h \
    %D%/exercise_text.c %D%/exercise_text.h \
    %D%/experiment_lines.c %D%/experiment_lines.h \
    %D%/experiment_picture.c %D%/experiment_picture.h \
    %D%/experiment_state.c %D%/experiment_state.h \
    %D%/experiment_table.c \
    %D%/flame.c %D%/flame.h \
    %D%/found.c %D%/found.h \
    %D%/fuzzy.c %D%/fuzzy.h \
    %D%/gauge.c %D%/gauge.h \
    %D%/glyph.c %D%/glyph.h \
    %D%/help.c %D%/help.h \
    %D%/key.c %D%/key.h \
    %D%/keymap.c %D%/keymap.h \
    %D%/links.c %D%/links.h \
    %D%/list.c %D%/list.h \
    %D%/outline.c %D%/outline.h \
    %D%/pager.c %D%/pager.h \
    %D%/palette.c %D%/palette.h \
    %D%/places.c %D%/places.h \
    %D%/plot.c %D%/plot.h \
    %D%/profile_act.c \
    %D%/profile_changes.c \
    %D%/profile_columns.c %D%/profile_columns.h \
    %D%/profile_counted.c %D%/profile_counted.h \
    %D%/profile_draw.c \
    %D%/profile_find.c \
    %D%/profile_inner.h \
    %D%/profile_kinds.c %D%/profile_kinds.h \
    %D%/profile_picture.c %D%/profile_picture.h \
    %D%/profile_question.c %D%/profile_question.h \
    %D%/profile_rows.c \
    %D%/profile_shelf.c %D%/profile_shelf.h \
    %D%/profile_words.c \
    %D%/prompt.c %D%/prompt.h \
    %D%/question.c %D%/question.h \
    %D%/reader.c %D%/reader.h \
    %D%/reader_find.c \
    %D%/reader_inner.h \
    %D%/reader_link.c \
    %D%/scale.c %D%/scale.h \
    %D%/searcher.c %D%/searcher.h \
    %D%/share_text.c %D%/share_text.h \
    %D%/sheet.c %D%/sheet.h \
    %D%/spark.c %D%/spark.h \
    %D%/stack.c %D%/stack.h \
    %D%/standing.c %D%/standing.h \
    %D%/strip.c %D%/strip.h \
    %D%/table.c %D%/table.h \
    %D%/term.c %D%/term.h \
    %D%/term_caps.c %D%/term_caps.h \
    %D%/term_colors.c \
    %D%/term_inner.h \
    %D%/term_locale.c \
    %D%/term_paint.c %D%/term_paint.h \
    %D%/term_picture.c \
    %D%/term_restore.c %D%/term_restore.h \
    %D%/term_send.c \
    %D%/term_show.c \
    %D%/theme.c %D%/theme.h \
    %D%/verdict_sheet.c %D%/verdict_sheet.h \
    %D%/view.h \
    %D%/view_card.c %D%/view_card.h \
    %D%/view_check.c \
    %D%/view_compare.c \
    %D%/view_differences.c \
    %D%/view_exercise.c \
    %D%/view_experiment.c \
    %D%/view_history.c \
    %D%/view_home.c \
    %D%/view_links.c \
    %D%/view_page.c \
    %D%/view_profile.c \
    %D%/view_source.c
libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
TUI_LIBS = libtui.a $(LOOP_LIBS) $(CURSES_LIBS)

# The browser on a terminal of its own, driven from C.
PTY_BED = \
    tests/tui/course_bed.c tests/tui/course_bed.h tests/tui/pty_bed.c tests/tui/pty_bed.h \
    tests/tui/vt.c tests/tui/vt.h
noinst_PROGRAMS += tests/bench/screen
tests_bench_screen_SOURCES = $(PTY_BED) tests/bench/screen.c
tests_bench_screen_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests/tui
tests_bench_screen_LDADD = $(BASE_LIBS)

if HAVE_CMOCKA
TUI_TESTS = \
    tests/unit/test_tui_canvas \
    tests/unit/test_tui_card \
    tests/unit/test_tui_experiment \
    tests/unit/test_tui_keys \
    tests/unit/test_tui_kinds \
    tests/unit/test_tui_paint \
    tests/unit/test_tui_pictures \
    tests/unit/test_tui_profile \
    tests/unit/test_tui_reader \
    tests/unit/test_tui_stack \
    tests/unit/test_tui_verdict \
    tests/unit/test_tui_widgets
check_PROGRAMS += $(TUI_TESTS)
TESTS += $(TUI_TESTS)
tests_unit_test_tui_canvas_SOURCES = tests/unit/test_tui_canvas.c
tests_unit_test_tui_canvas_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_tui_canvas_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_card_SOURCES = \
    tests/unit/golden.c tests/unit/golden.h tests/unit/test_tui_card.c
tests_unit_test_tui_card_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_tui_card_LDADD = \
    libtui.a libmarkup.a libmodel.a $(LOOP_LIBS) $(CURSES_LIBS) $(CMARK_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_experiment_SOURCES = \
    $(PROFILE_BED) tests/unit/golden.c tests/unit/golden.h tests/unit/test_tui_experiment.c
tests_unit_test_tui_experiment_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_tui_experiment_LDADD = \
    libtui.a $(REPORT_LIBS) $(ENGINE_LIBS) $(CURSES_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_keys_SOURCES = tests/unit/test_tui_keys.c
tests_unit_test_tui_keys_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_tui_keys_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_paint_SOURCES = \
    tests/tui/vt.c tests/tui/vt.h tests/unit/test_tui_paint.c
tests_unit_test_tui_paint_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)/tests
tests_unit_test_tui_paint_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
PTY_TESTS = $(PTY_BED) tests/tui/course_test.c tests/tui/course_test.h
TUI_TESTS += tests/tui/pty tests/tui/pty_checks
check_PROGRAMS += tests/tui/pty_screens
tests_tui_pty_SOURCES = $(PTY_TESTS) tests/tui/pty.c
tests_tui_pty_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_tui_pty_LDADD = $(BASE_LIBS) $(CMOCKA_LIBS)
tests_tui_pty_checks_SOURCES = $(PTY_TESTS) tests/tui/pty_checks.c
tests_tui_pty_checks_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_tui_pty_checks_LDADD = $(BASE_LIBS) $(CMOCKA_LIBS)
tests_tui_pty_screens_SOURCES = $(PTY_TESTS) tests/tui/pty_screens.c
tests_tui_pty_screens_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_tui_pty_screens_LDADD = $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_pictures_SOURCES = \
    tests/unit/golden.c tests/unit/golden.h tests/unit/test_tui_pictures.c
tests_unit_test_tui_pictures_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_tui_pictures_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
PROFILE_SCENE = $(PROFILE_BED) tests/unit/golden.c tests/unit/golden.h \
    tests/unit/profile_scene.c tests/unit/profile_scene.h
tests_unit_test_tui_kinds_SOURCES = $(PROFILE_SCENE) tests/unit/test_tui_kinds.c
tests_unit_test_tui_kinds_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_tui_kinds_LDADD = \
    libtui.a $(REPORT_LIBS) $(ENGINE_LIBS) $(CURSES_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_profile_SOURCES = $(PROFILE_SCENE) tests/unit/test_tui_profile.c
tests_unit_test_tui_profile_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_tui_profile_LDADD = \
    libtui.a $(REPORT_LIBS) $(ENGINE_LIBS) $(CURSES_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_reader_SOURCES = tests/unit/test_tui_reader.c
tests_unit_test_tui_reader_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_tui_reader_LDADD = libtui.a $(MARKUP_LIBS) $(BASE_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_stack_SOURCES = tests/unit/test_tui_stack.c
tests_unit_test_tui_stack_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_tui_stack_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_verdict_SOURCES = \
    tests/unit/golden.c tests/unit/golden.h tests/unit/report_scene.c \
    tests/unit/report_scene.h tests/unit/test_tui_verdict.c
tests_unit_test_tui_verdict_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_tui_verdict_LDADD = \
    libtui.a $(REPORT_LIBS) $(ENGINE_LIBS) $(CURSES_LIBS) $(CMOCKA_LIBS)
tests_unit_test_tui_widgets_SOURCES = tests/unit/test_tui_widgets.c
tests_unit_test_tui_widgets_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_tui_widgets_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
endif

# A program that shows what the terminal does, for tests/tui/*.
check_PROGRAMS += tests/tui/demo tests/tui/fuzz
tests_tui_demo_SOURCES = tests/tui/demo.c
tests_tui_demo_LDADD = $(TUI_LIBS)
tests_tui_fuzz_SOURCES = $(PTY_BED) tests/tui/fuzz.c
tests_tui_fuzz_LDADD = $(BASE_LIBS)
TERMINAL_TESTS = \
    tests/tui/browse.sh tests/tui/cards.sh tests/tui/dump.sh tests/tui/editor.sh \
    tests/tui/exits.sh tests/tui/fuzz.sh tests/tui/input.sh tests/tui/lesson.sh \
    tests/tui/options.sh tests/tui/output.sh tests/tui/profile.sh tests/tui/saves.sh
TESTS += $(TERMINAL_TESTS)
EXTRA_DIST += $(TERMINAL_TESTS) tests/tui/course.sh tests/tui/lib.sh tests/tui/golden
