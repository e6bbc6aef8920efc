noinst_LIBRARIES += libworkspace.a
libworkspace_a_SOURCES = \
    %D%/compile_commands.c %D%/compile_commands.h \
    %D%/provide.c %D%/provide.h \
    %D%/undo.c \
    %D%/workspace.c %D%/workspace.h
