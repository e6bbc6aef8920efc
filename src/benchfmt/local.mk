noinst_LIBRARIES += libbenchfmt.a
libbenchfmt_a_SOURCES = \
    %D%/atoms.c %D%/atoms.h \
    %D%/benchfmt.c %D%/benchfmt.h \
    %D%/compare.c %D%/compare.h \
    %D%/evaluate.c %D%/evaluate.h \
    %D%/fields.c %D%/fields.h
