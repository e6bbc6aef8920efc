UNIT_CPPFLAGS = $(AM_CPPFLAGS) $(CMOCKA_CFLAGS) -I$(top_srcdir)/tests/unit
AM_TESTS_ENVIRONMENT = \
    PC_SRCDIR='$(abs_top_srcdir)' PC_BUILDDIR='$(abs_top_builddir)' CC='$(CC)'; \
    export PC_SRCDIR PC_BUILDDIR CC;
