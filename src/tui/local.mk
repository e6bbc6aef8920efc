noinst_LIBRARIES += libtui.a
libtui_a_SOURCES = \
    %D%/app.h \
    %D%/bars.h \
    %D%/canvas.c %D%/canvas.h \
    %D%/decode.h \
    %D%/fuzzy.h \
    %D%/gauge.h \
    %D%/glyph.c %D%/glyph.h \
    %D%/key.h \
    %D%/keymap.c %D%/keymap.h \
    %D%/list.h \
    %D%/pager.h \
    %D%/palette.h \
    %D%/plot.h \
    %D%/prompt.h \
    %D%/spark.h \
    %D%/stack.h \
    %D%/strip.h \
    %D%/table.h \
    %D%/term.h \
    %D%/view.h
libtui_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
TUI_LIBS = libtui.a $(LOOP_LIBS) $(CURSES_LIBS)

if HAVE_CMOCKA
check_PROGRAMS += tests/unit/test_tui_canvas
TESTS += tests/unit/test_tui_canvas
tests_unit_test_tui_canvas_SOURCES = tests/unit/test_tui_canvas.c
tests_unit_test_tui_canvas_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_tui_canvas_LDADD = $(TUI_LIBS) $(CMOCKA_LIBS)
endif
