# The manual page is made by the program, of its own tables.
man_MANS = %D%/perfcourse.1
EXTRA_DIST += %D%/perfcourse.1.in
CLEANFILES += %D%/perfcourse.1

%D%/perfcourse.1: $(srcdir)/%D%/perfcourse.1.in perfcourse$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) %D% && \
	    ./perfcourse$(EXEEXT) manual $(srcdir)/%D%/perfcourse.1.in >$@.new && mv $@.new $@
