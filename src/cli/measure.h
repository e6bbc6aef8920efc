/*
 * `perfcourse bench EXERCISE --growth --metrics`: what no benchmark format has a line for.
 */
#ifndef PC_CLI_MEASURE_H
#define PC_CLI_MEASURE_H

#include "cli/shell.h"

/* Read FROM..TO; an argp error when it is something else. */
void pc_parse_sizes(const char *arg, struct pc_measure_spec *spec,
                    struct argp_state *state);

/* Measure what `spec` asks for and print it, as lines or as JSON. */
enum pc_code pc_measure(struct pc_shell *shell, const struct pc_measure_spec *spec,
                        bool json, struct pc_err *err);

#endif
