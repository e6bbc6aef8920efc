#include "runner/setup.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

void pc_setup_init(struct pc_setup *setup, const struct pc_bench_spec *spec)
{
    *setup = (struct pc_setup){.size = spec->size, .was_named = spec->bench[0] != '\0'};
    if (setup->was_named)
        setup->bench = pc_strdup(spec->bench);
}

void pc_setup_fini(struct pc_setup *setup)
{
    free(setup->bench);
    *setup = (struct pc_setup){0};
}

void pc_setup_copy_name(const struct pc_setup *setup, struct pc_crash *crash)
{
    const char *name = setup->bench ? setup->bench : "";
    pc_text_copy_line(crash->during, sizeof crash->during, name, strlen(name));
}

void pc_setup_end(const struct pc_setup *setup, const char *object,
                  const struct pc_memory *recording, struct pc_record_end *end)
{
    const struct pc_ends *ends = &setup->talk->ends;
    end->crash = ends->crash;
    if (ends->crash.ending == PC_ENDING_NONE && ends->failed)
        pc_ends_set(&end->crash, PC_ENDING_REFUSED, "%s", ends->crash.what);
    if (ends->crash.n_frames > 0)
        snprintf(end->crash.object, sizeof end->crash.object, "%s", object);
    pc_setup_copy_name(setup, &end->crash);
    end->recording = recording->bytes;
    end->size = recording->size;
    end->at = setup->size == PC_SIZE_FIRST ? 0 : setup->size;
}

static void order_bench(struct pc_setup *setup)
{
    struct pc_str order = {0};
    pc_str_adds(&order, "setup");
    pc_line_add(&order, "name", setup->bench);
    pc_line_addf(&order, "size", "%zu", setup->size);
    pc_line_addf(&order, "seed", "%" PRIu64, setup->seed);
    pc_talk_order(setup->talk, pc_str_get(&order));
    pc_str_fini(&order);
}

void pc_setup_begin(struct pc_setup *setup, struct pc_talk *talk, uint64_t seed)
{
    setup->talk = talk;
    setup->seed = seed;
    setup->step = PC_SETUP_HELLO;
    pc_talk_order(talk, "hello");
}

/* Of "10,100"; 0 of "", a bench without sizes. */
static size_t first_size(const char *sizes)
{
    return sizes ? (size_t)strtoull(sizes, NULL, 10) : 0;
}

bool pc_setup_inform(struct pc_setup *setup, const struct pc_line *line)
{
    const char *kind = pc_line_get(line, "kind"), *name = pc_line_get(line, "name");
    if (setup->step != PC_SETUP_LIST || strcmp(line->verb, "entry") != 0 || !kind || !name)
        return false;
    if (strcmp(kind, "bench") != 0)
        return true;
    setup->listed++;
    if (!setup->bench)
        setup->bench = pc_strdup(name);
    if (setup->size == PC_SIZE_FIRST && strcmp(setup->bench, name) == 0)
        setup->size = first_size(pc_line_get(line, "sizes"));
    return true;
}

void pc_setup_ok(struct pc_setup *setup)
{
    bool asks = !setup->bench || setup->size == PC_SIZE_FIRST;
    if (setup->step == PC_SETUP_HELLO && asks) {
        setup->step = PC_SETUP_LIST;
        setup->listed = 0;
        pc_talk_order(setup->talk, "list");
    } else if (setup->step == PC_SETUP_LIST && !setup->was_named && setup->listed != 1) {
        free(PC_TAKE(setup->bench));
        pc_talk_refuse(setup->talk, "there are %u benchmarks, and none was asked for",
                       setup->listed);
    } else if (setup->step == PC_SETUP_BENCH) {
        setup->step = PC_SETUP_DONE;
    } else {
        setup->step = PC_SETUP_BENCH;
        order_bench(setup);
    }
}
