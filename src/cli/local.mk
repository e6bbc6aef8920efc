bin_PROGRAMS += perfcourse
perfcourse_SOURCES = \
    %D%/app.c %D%/app.h \
    %D%/cmd_bench.c \
    %D%/cmd_check.c \
    %D%/cmd_course.c \
    %D%/cmd_doctor.c \
    %D%/cmd_files.c \
    %D%/main.c
perfcourse_LDADD = $(REPORT_LIBS) $(ENGINE_LIBS)
