/*
 * What comes of a run, in words: text for people and benchstat, or lines for a parent.
 */
#ifndef PERFBENCH_REPORT_H
#define PERFBENCH_REPORT_H

#include "perfbench/run.h"

/* Reporters for program->report.  Text: results of benchmarks, failures of both kinds. */
void bench_report_text(struct bench_run *run);

/* --wire: run every selected test by order of descriptor 3, answer on 4 (wire/line.h of
 * perfcourse).  Gives the exit status. */
int bench_report_wire(struct bench_program *program);

#endif
