#include "cli/profile_options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/shell.h"

enum {
    KEY_CPU = 256,
    KEY_WALL,
    KEY_ALLOC,
    KEY_LOCK,
    KEY_OPS,
    KEY_BY,
    KEY_SECONDS,
    KEY_TOP,
    KEY_LIST,
    KEY_TREE,
    KEY_TOTAL,
    KEY_EVERYTHING,
    KEY_OUT,
    KEY_DIFF,
    KEY_BENCH,
    KEY_SIZE,
    KEY_HZ,
    KEY_USE,
    KEY_CC,
    KEY_JSON,
};

enum { TOP_MAX = 100000 };
enum { SECONDS_MAX = 300, HZ_MAX = 10000, OPS_MAX = 1000000, SIZE_AT_MOST = 1 << 30 };

static const struct argp_option options[] = {
    {"cpu", KEY_CPU, NULL, 0, "Where it uses the processor (this is the default)", 0},
    {"wall", KEY_WALL, NULL, 0, "Where it is by the clock, also when it waits", 0},
    {"alloc", KEY_ALLOC, NULL, 0, "Where it allocates: all of it is counted, not sampled",
     0},
    {"lock", KEY_LOCK, NULL, 0,
     "Where its threads wait for one another, and for which line: every wait is timed", 0},
    {"ops", KEY_OPS, "N", 0, "With --alloc: count N operations instead of 32", 0},
    {"by", KEY_BY, "VALUE", 0,
     "With --alloc: order by 'objects' (the default), 'bytes' or 'live' bytes; with --lock "
     "by 'time' (the default) or 'waits'",
     0},
    {"seconds", KEY_SECONDS, "S", 0,
     "How long; without it until one function is surely the first, 5 s at most; with "
     "--lock 1 s",
     0},
    {"top", KEY_TOP, "N", 0, "Show N functions instead of 10", 0},
    {"total", KEY_TOTAL, NULL, 0, "Order them by what they take with all that they call",
     0},
    {"list", KEY_LIST, "FUNCTION", 0, "Show the source of a function with its shares", 0},
    {"tree", KEY_TREE, NULL, 0, "Show who calls whom", 0},
    {"everything", KEY_EVERYTHING, NULL, 0,
     "Show functions of libraries by themselves, and what runs the bench", 0},
    {"out", KEY_OUT, "FOLDER", 0, "Write the profile for `go tool pprof` and flame graphs",
     0},
    {"diff", KEY_DIFF, "OLD.pb.gz", OPTION_ARG_OPTIONAL,
     "Compare it with a profile from before; without a file with that of your kernel "
     "before "
     "its last change",
     0},
    {"bench", KEY_BENCH, "NAME", 0, "Another bench than that of the limits", 0},
    {"size", KEY_SIZE, "N", 0, "Another size than that of the limits", 0},
    {"hz", KEY_HZ, "N", 0, "Samples a second of each thread, instead of 250", 0},
    {"use", KEY_USE, "KERNEL", 0,
     "Profile the 'starter', the 'reference' or a file of yours", 0},
    {"cc", KEY_CC, "CC", 0, "Build with this compiler", 0},
    {"json", KEY_JSON, NULL, 0, "Print one JSON document", 0},
    {0},
};

static double number_of(const char *arg, double least, double most, const char *option,
                        struct argp_state *state)
{
    char *end;
    errno = 0;
    double x = strtod(arg, &end);
    if (end == arg || *end || errno || !(x >= least && x <= most))
        argp_error(state, "%s needs a number from %g to %g, not \"%s\"", option, least,
                   most, arg);
    return x;
}

/* The values of samples by their names; NULL where one cannot be ordered by it. */
static const char *const alloc_values[] = {"objects", "bytes", NULL, "live"};
static const char *const lock_values[] = {NULL, "waits", "time"};

static bool find_value(struct pc_profile_options *o, const char *const *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!values[i] || strcmp(o->by, values[i]) != 0)
            continue;
        o->view.by = i;
        return true;
    }
    return false;
}

static size_t whole_number_of(const char *arg, long most, const char *option,
                              struct argp_state *state)
{
    char *end;
    errno = 0;
    long n = strtol(arg, &end, 10);
    if (end == arg || *end || errno || n < 1 || n > most)
        argp_error(state, "%s needs a whole number from 1 to %ld, not \"%s\"", option, most,
                   arg);
    return (size_t)n;
}

static void choose_kind(struct pc_profile_options *o, enum pc_profile_kind kind,
                        struct argp_state *state)
{
    if (o->has_kind && o->spec.kind != kind)
        argp_error(
            state,
            "a profile is of one kind: choose one of --cpu, --wall, --alloc and --lock");
    o->has_kind = true;
    o->spec.kind = kind;
}

static void take_diff(struct pc_profile_options *o, const char *arg,
                      const struct argp_state *state)
{
    o->diff = arg;
    o->diffs_kept = true;
    o->after_diff = arg ? NULL : state->argv[state->next];
}

/* The file may be a word of its own, which getopt does not do for what may be left out: then
 * there is one word too many, and it is this one. */
static void find_diff(struct pc_profile_options *o)
{
    for (size_t i = 0; o->after_diff && o->words.n == 2 && i < 2; i++) {
        if (strcmp(o->words.items[i], o->after_diff) != 0)
            continue;
        o->diff = o->after_diff;
        free(o->words.items[i]);
        o->words.items[0] = o->words.items[1 - i];
        o->words.items[1] = NULL;
        o->words.n = 1;
    }
    o->diffs_kept &= !o->diff;
}

/* What one kind of profile has and another has not. */
static void check_kind(struct pc_profile_options *o, struct argp_state *state)
{
    bool alloc = o->spec.kind == PC_PROFILE_ALLOC, lock = o->spec.kind == PC_PROFILE_LOCK;
    if (!alloc && o->spec.ops)
        argp_error(state, "--ops goes with --alloc");
    if (!alloc && !lock && o->by)
        argp_error(state, "--by goes with --alloc and --lock");
    if (alloc && (o->spec.ms || o->spec.hz))
        argp_error(state, "--alloc counts whole operations, neither --seconds nor --hz: "
                          "--ops says how many");
    if (lock && o->spec.hz)
        argp_error(state, "--lock times every wait: --hz is for samples");
    if (alloc && o->by && !find_value(o, alloc_values, PC_COUNT(alloc_values)))
        argp_error(state, "--by needs objects, bytes or live, not \"%s\"", o->by);
    if (lock && o->by && !find_value(o, lock_values, PC_COUNT(lock_values)))
        argp_error(state, "--by needs time or waits, not \"%s\"", o->by);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct pc_profile_options *o = state->input;
    switch (key) {
    case KEY_CPU:
        choose_kind(o, PC_PROFILE_CPU, state);
        break;
    case KEY_WALL:
        choose_kind(o, PC_PROFILE_WALL, state);
        break;
    case KEY_ALLOC:
        choose_kind(o, PC_PROFILE_ALLOC, state);
        break;
    case KEY_LOCK:
        choose_kind(o, PC_PROFILE_LOCK, state);
        break;
    case KEY_OPS:
        o->spec.ops = (uint32_t)whole_number_of(arg, OPS_MAX, "--ops", state);
        break;
    case KEY_BY:
        o->by = arg;
        break;
    case KEY_SECONDS:
        o->spec.ms = (int64_t)(1000 * number_of(arg, 0.1, SECONDS_MAX, "--seconds", state));
        break;
    case KEY_TOP:
        o->view.top = whole_number_of(arg, TOP_MAX, "--top", state);
        break;
    case KEY_TOTAL:
        o->view.by_total = true;
        break;
    case KEY_LIST:
        o->view.function = arg;
        break;
    case KEY_TREE:
        o->view.tree = true;
        break;
    case KEY_EVERYTHING:
        o->view.everything = true;
        break;
    case KEY_OUT:
        if (!*arg)
            argp_error(state, "--out needs the name of a folder");
        o->out = arg;
        break;
    case KEY_DIFF:
        take_diff(o, arg, state);
        break;
    case KEY_BENCH:
        o->spec.bench = arg;
        break;
    case KEY_SIZE:
        o->spec.size = whole_number_of(arg, SIZE_AT_MOST, "--size", state);
        break;
    case KEY_HZ:
        o->spec.hz = (unsigned)whole_number_of(arg, HZ_MAX, "--hz", state);
        break;
    case KEY_USE:
        o->use = arg;
        break;
    case KEY_CC:
        o->cc = arg;
        break;
    case KEY_JSON:
        o->json = true;
        break;
    case ARGP_KEY_ARG:
        pc_words_add(&o->words, arg);
        break;
    case ARGP_KEY_END:
        find_diff(o);
        if (o->words.n != 1)
            argp_error(state, "name one exercise, such as 07.1, or a C file with benches");
        check_kind(o, state);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

const struct argp pc_profile_argp = {
    .options = options,
    .parser = parse,
    .args_doc = "EXERCISE|FILE",
    .doc =
        "Find where a kernel spends its time, allocates, or waits for its own threads.\v"
        "It runs the bench of the exercise, looks at it 250 times a second, and tells how "
        "far the shares can be trusted.  A FILE of C holds its benches itself; of one that "
        "ends in .pb.gz it shows what was recorded.  "
        "docs/profile.md says how it works."};
