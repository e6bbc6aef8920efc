include_HEADERS += %D%/perfbench.h
pkgconfig_DATA += src/perfbench/perfbench.pc

counterdir = $(libdir)/perfbench

# Kernels of any build link it, so it never has sanitizers itself.
lib_LIBRARIES += libperfbench.a
libperfbench_a_CFLAGS = $(PC_CFLAGS)
libperfbench_a_CPPFLAGS = $(AM_CPPFLAGS) \
    -DBENCH_COUNTER_PATH='"$(counterdir)/perfbench-count.so"'
libperfbench_a_SOURCES = \
    %D%/core.c %D%/core.h \
    %D%/format.c %D%/format.h \
    %D%/guard.c %D%/guard.h \
    %D%/latency.c %D%/latency.h \
    %D%/main.c \
    %D%/match.c %D%/match.h \
    %D%/measure.c \
    %D%/options.c %D%/options.h \
    %D%/parallel.c \
    %D%/pass.c %D%/pass.h \
    %D%/report.c %D%/report.h \
    %D%/run.c %D%/run.h \
    %D%/tally.c %D%/tally.h \
    %D%/wire.c

# An object for LD_PRELOAD is an executable to automake, linked in its own way.
counter_PROGRAMS = perfbench-count.so
perfbench_count_so_SOURCES = %D%/counter.c %D%/counter.h
perfbench_count_so_CFLAGS = $(PC_CFLAGS) -fPIC -fno-builtin
perfbench_count_so_LDFLAGS = -shared
