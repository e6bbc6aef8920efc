noinst_LIBRARIES += libreport.a
libreport_a_SOURCES = \
    %D%/excerpt.c %D%/excerpt.h \
    %D%/json.c %D%/json.h \
    %D%/progress.c %D%/progress.h \
    %D%/text.c %D%/text.h
libreport_a_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
REPORT_LIBS = libreport.a $(JANSSON_LIBS)
