noinst_LIBRARIES += libreport.a
libreport_a_SOURCES = \
    %D%/excerpt.c %D%/excerpt.h \
    %D%/experiment.h %D%/experiment_json.c %D%/experiment_text.c \
    %D%/json.c %D%/json.h \
    %D%/parts.c %D%/parts.h \
    %D%/plain.c %D%/plain.h \
    %D%/text.c %D%/text.h
libreport_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
REPORT_LIBS = libreport.a $(JANSSON_LIBS)
