include_HEADERS += %D%/perfbench.h
pkgconfig_DATA += src/perfbench/perfbench.pc

# Kernels of any build link it, so it never has sanitizers itself.
lib_LIBRARIES += libperfbench.a
libperfbench_a_CFLAGS = $(PC_CFLAGS)
libperfbench_a_SOURCES = \
    %D%/core.c %D%/core.h \
    %D%/guard.c %D%/guard.h \
    %D%/latency.c %D%/latency.h
