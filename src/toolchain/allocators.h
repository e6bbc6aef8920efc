/*
 * The functions of the C library that allocate.
 */
#ifndef PC_TOOLCHAIN_ALLOCATORS_H
#define PC_TOOLCHAIN_ALLOCATORS_H

/* The name under which one is listed: "malloc" for "malloc", "asprintf" for
 * "__asprintf_chk"; NULL for any other function. */
const char *pc_allocator_name(const char *symbol);

#endif
