/* expect: 3 not_c.c\|join_names.c */
this is not C
