noinst_LIBRARIES += libengine.a
libengine_a_SOURCES = \
    %D%/bench.c \
    %D%/check.c \
    %D%/engine.c %D%/engine.h \
    %D%/experiment.c \
    %D%/files.c \
    %D%/health.c \
    %D%/internal.h \
    %D%/locate.c \
    %D%/proof.c \
    %D%/sampler.c %D%/sampler.h \
    %D%/trial.c
