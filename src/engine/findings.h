/*
 * A profile as a lesson gets it (docs/lessons.md): a value of plain tables.
 *
 *     number, kind, by      which profile it is, "cpu", and "self", "total" or "bytes"
 *     top                   the name of the first function; left out when there is none
 *     settled               whether no other may be the first
 *     samples, hz, threads, ops, cpu_s, wall_s
 *     ns | allocs, bytes    of one operation
 *     functions             {name, file, line, rank, tied, self, self_low, self_high, total,
 *                           total_low, total_high, ns, total_ns | allocs, total_allocs, bytes,
 *                           total_bytes}, the greatest first; of locks also waits, total_waits
 *     lines                 the same with line and text, of the file, the greatest first
 *     unseen, nothing       names that the file has, and the row that stands for them
 */
#ifndef PC_ENGINE_FINDINGS_H
#define PC_ENGINE_FINDINGS_H

#include "model/profiled.h"
#include "model/request.h"
#include "script/value.h"

/* Why a lesson cannot go on with what was found, as a text that the caller owns; NULL when it
 * can: the kernel came back, and there are enough samples. */
char *pc_findings_trouble(const struct pc_profiled *found,
                          const struct pc_request *request);

/* Fill in `table`, which the caller frees (pc_value_fini). */
void pc_findings_make(const struct pc_profiled *found, const struct pc_request *request,
                      struct pc_value *table);

#endif
