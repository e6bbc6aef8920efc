bin_PROGRAMS += perfcourse
perfcourse_SOURCES = \
    %D%/app.c %D%/app.h \
    %D%/cmd_bench.c \
    %D%/cmd_check.c \
    %D%/cmd_course.c \
    %D%/cmd_doctor.c \
    %D%/cmd_files.c \
    %D%/main.c
perfcourse_LDADD = \
    $(REPORT_LIBS) libengine.a libjudge.a libscript.a libworkspace.a libtoolchain.a \
    librunner.a libprofile.a libwire.a libloop.a libmodel.a libstats.a libbase.a \
    $(LUA_LIBS) $(UV_LIBS) $(DW_LIBS) $(XXHASH_LIBS) -lm
