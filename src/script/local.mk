noinst_LIBRARIES += libscript.a
libscript_a_SOURCES = \
    %D%/lesson.c %D%/lesson.h \
    %D%/library.c %D%/library.h \
    %D%/limits.c \
    %D%/lines.c %D%/lines.h \
    %D%/sandbox.c %D%/sandbox.h \
    %D%/shape.c %D%/shape.h \
    %D%/value.c %D%/value.h
libscript_a_CPPFLAGS = $(AM_CPPFLAGS) $(LUA_CFLAGS)
SCRIPT_LIBS = libscript.a libmodel.a $(LUA_LIBS)
