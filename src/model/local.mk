noinst_LIBRARIES += libmodel.a
libmodel_a_SOURCES = \
    %D%/course.c %D%/course.h \
    %D%/metric.c %D%/metric.h \
    %D%/verdict.c %D%/verdict.h
