#include "pprof_bed.h"

#include "profile/proto.h"

static const char *const texts[] = {"",     "samples",  "count", "cpu", "nanoseconds",
                                    "main", "g\nh\033", NULL};

void pprof_begin(struct pc_str *out)
{
    struct pc_str m = {0};
    for (size_t i = 0; texts[i]; i++)
        pc_proto_text(out, 6, texts[i]);
    pc_proto_number(&m, 1, 1);
    pc_proto_number(&m, 2, 2);
    pc_proto_message(out, 1, &m);
    pc_proto_number(&m, 1, 3);
    pc_proto_number(&m, 2, 4);
    pc_proto_message(out, 1, &m);
    pc_str_fini(&m);
}

void pprof_add_function(struct pc_str *out, uint64_t id, uint64_t name)
{
    struct pc_str m = {0};
    pc_proto_number(&m, 1, id);
    pc_proto_number(&m, 2, name);
    pc_proto_text(&m, 77, "unknown");
    pc_proto_message(out, 5, &m);
    pc_str_fini(&m);
}

void pprof_add_location(struct pc_str *out, uint64_t id, const uint64_t *functions,
                        size_t n)
{
    struct pc_str m = {0}, line = {0};
    pc_proto_number(&m, 1, id);
    pc_proto_number(&m, 3, id);
    for (size_t i = 0; i < n; i++) {
        pc_proto_number(&line, 1, functions[i]);
        pc_proto_number(&line, 2, 10 * (i + 1));
        pc_proto_message(&m, 4, &line);
    }
    pc_proto_message(out, 4, &m);
    pc_str_fini(&line);
    pc_str_fini(&m);
}

void pprof_add_sample(struct pc_str *out, const uint64_t *locations, size_t n,
                      const int64_t *values, size_t n_values)
{
    struct pc_str m = {0};
    for (size_t i = 0; i < n; i++)
        pc_proto_value(&m, 1, locations[i]);
    for (size_t i = 0; i < n_values; i++)
        pc_proto_value(&m, 2, (uint64_t)values[i]);
    pc_proto_message(out, 2, &m);
    pc_str_fini(&m);
}
