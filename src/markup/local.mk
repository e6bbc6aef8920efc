noinst_LIBRARIES += libmarkup.a
libmarkup_a_SOURCES = \
    %D%/ascii.c %D%/ascii.h \
    %D%/clexer.c %D%/clexer.h \
    %D%/code.c %D%/code.h \
    %D%/draft.c %D%/draft.h \
    %D%/find.c \
    %D%/flow.c %D%/flow.h \
    %D%/grid.c %D%/grid.h \
    %D%/inline.c %D%/inline.h \
    %D%/markup.c %D%/markup.h \
    %D%/table.c %D%/table.h
libmarkup_a_CPPFLAGS = $(AM_CPPFLAGS) $(CMARK_CFLAGS)
MARKUP_LIBS = libmarkup.a $(CMARK_LIBS)
