bin_PROGRAMS += perfcourse
perfcourse_SOURCES = \
    %D%/card_text.c %D%/card_text.h \
    %D%/cmd_bench.c \
    %D%/cmd_browse.c \
    %D%/cmd_cards.c \
    %D%/cmd_check.c \
    %D%/cmd_compare.c \
    %D%/cmd_complete.c \
    %D%/cmd_course.c \
    %D%/cmd_dev.c \
    %D%/cmd_doctor.c \
    %D%/cmd_edit.c \
    %D%/cmd_escape.c \
    %D%/cmd_experiment.c \
    %D%/cmd_files.c \
    %D%/cmd_hint.c \
    %D%/cmd_manual.c \
    %D%/cmd_profile.c \
    %D%/cmd_progress.c \
    %D%/cmd_read.c \
    %D%/cmd_solution.c \
    %D%/cmd_watch.c \
    %D%/dev_verify.c %D%/dev_verify.h \
    %D%/dialogue.c %D%/dialogue.h \
    %D%/dialogue_arrive.c \
    %D%/dialogue_words.c \
    %D%/globals.c %D%/globals.h \
    %D%/main.c \
    %D%/measure.c %D%/measure.h \
    %D%/profile_options.c %D%/profile_options.h \
    %D%/program.c %D%/program.h \
    %D%/shell.c %D%/shell.h \
    %D%/stop.c %D%/stop.h \
    %D%/targets.c %D%/targets.h \
    %D%/typed.c %D%/typed.h
perfcourse_LDADD = libtui.a $(REPORT_LIBS) libbenchfmt.a $(ENGINE_LIBS) $(CURSES_LIBS)
