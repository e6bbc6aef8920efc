include_HEADERS += %D%/perfprof.h
pkgconfig_DATA += src/perfprof/perfprof.pc

# Programs of any build link it and nothing else of ours, so it brings the sources of the floors
# below, and never has sanitizers itself.
lib_LIBRARIES += libperfprof.a
libperfprof_a_CFLAGS = $(PC_CFLAGS)
libperfprof_a_CPPFLAGS = $(AM_CPPFLAGS) $(BASE_CPPFLAGS) $(DW_CFLAGS) $(ZLIB_CFLAGS)
libperfprof_a_SOURCES = \
    src/base/clock.c src/base/err.c src/base/file.c src/base/mem.c src/base/path.c \
    src/base/str.c src/base/temporary.c src/base/text.c src/base/units.c \
    src/model/profile.c \
    src/profile/folded.c src/profile/frames.c src/profile/gzip.c src/profile/pprof_index.c \
    src/profile/pprof_write.c src/profile/proto.c src/profile/recording.c \
    src/profile/symbols.c src/profile/unwind.c \
    src/sampling/modules.c src/sampling/sampler.c src/sampling/stack.c src/sampling/threads.c \
    %D%/client.c %D%/client.h \
    %D%/failure.h \
    %D%/http.c %D%/http.h \
    %D%/pages.c %D%/pages.h \
    %D%/profiling.c \
    %D%/server.c %D%/server.h \
    %D%/serving.c \
    %D%/session.c %D%/session.h
PERFPROF_LIBS = libperfprof.a $(DW_LIBS) -lelf $(ZLIB_LIBS) -lm
