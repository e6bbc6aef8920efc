/*
 * The filter of system calls (seccomp), as host/calls.h lists them.
 */
#ifndef PC_HOST_FILTER_H
#define PC_HOST_FILTER_H

/* Filter the calls of this process, for good; it must not have gained privileges (no_new_privs
 * is set).  It may still signal itself, and execve() the very pointer `program`, if there is
 * one.  Calls by another architecture's numbers kill.  0, else the errno. */
int pc_filter_enter(const char *program);

#endif
