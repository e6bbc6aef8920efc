#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "cli/shell.h"
#include "cli/targets.h"
#include "engine/profile.h"
#include "loop/loop.h"
#include "report/profile.h"
#include "report/profile_diff.h"

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

enum { TOP = 10, SECONDS_MAX = 300, HZ_MAX = 10000, OPS_MAX = 1000000 };

struct profile_options {
    struct pc_words words;
    struct pc_profile_spec spec;
    struct pc_profile_view view;
    const char *use, *cc, *out, *by, *diff;
    const char *recorded; /* a profile that was taken before, in the place of a target */
    bool json;
};

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
    {"diff", KEY_DIFF, "OLD.pb.gz", 0, "Compare it with a profile from before", 0},
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

static bool find_value(struct profile_options *o, const char *const *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!values[i] || strcmp(o->by, values[i]) != 0)
            continue;
        o->view.by = i;
        return true;
    }
    return false;
}

/* What one kind of profile has and another has not. */
static void check_kind(struct profile_options *o, struct argp_state *state)
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
    struct profile_options *o = state->input;
    switch (key) {
    case KEY_CPU:
        o->spec.kind = PC_PROFILE_CPU;
        break;
    case KEY_WALL:
        o->spec.kind = PC_PROFILE_WALL;
        break;
    case KEY_ALLOC:
        o->spec.kind = PC_PROFILE_ALLOC;
        break;
    case KEY_LOCK:
        o->spec.kind = PC_PROFILE_LOCK;
        break;
    case KEY_OPS:
        o->spec.ops = (uint32_t)number_of(arg, 1, OPS_MAX, "--ops", state);
        break;
    case KEY_BY:
        o->by = arg;
        break;
    case KEY_SECONDS:
        o->spec.ms = (int64_t)(1000 * number_of(arg, 0.1, SECONDS_MAX, "--seconds", state));
        break;
    case KEY_TOP:
        o->view.top = (size_t)number_of(arg, 1, 100000, "--top", state);
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
        o->out = arg;
        break;
    case KEY_DIFF:
        o->diff = arg;
        break;
    case KEY_BENCH:
        o->spec.bench = arg;
        break;
    case KEY_SIZE:
        o->spec.size = (size_t)number_of(arg, 1, 1 << 30, "--size", state);
        break;
    case KEY_HZ:
        o->spec.hz = (unsigned)number_of(arg, 1, HZ_MAX, "--hz", state);
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
        if (o->words.n != 1)
            argp_error(state, "name one exercise, such as 07.1, or a C file with benches");
        check_kind(o, state);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

struct session {
    struct pc_shell *shell;
    const struct profile_options *options;
    struct pc_profile_run *run;
    bool status;
    struct pc_profile before; /* to compare with; empty without --diff */
    enum pc_code code;
    struct pc_str out;
    struct pc_err *err;
};

static void clear_status(struct session *s)
{
    if (s->status)
        pc_print("\r\033[K", NULL);
    s->status = false;
}

static bool write_files(struct session *s, const struct pc_profile *profile)
{
    const struct profile_options *o = s->options;
    struct pc_words files = {0};
    bool fine = pc_profile_write(o->out, profile, &files, s->err);
    for (size_t i = 0; i < files.n && !o->json; i++)
        pc_str_addf(&s->out, "%s%s%s", i == 0 ? "\nwrote " : ", ", files.items[i],
                    i + 1 == files.n ? "\n" : "");
    pc_words_fini(&files);
    return fine;
}

/* A kernel that hangs or crashes is one also here. */
static enum pc_code code_of(const struct pc_profiled *found)
{
    return found->crash.ending != PC_ENDING_NONE ? PC_CRASH : PC_PASSED;
}

static void show(struct session *s, const struct pc_profiled *found)
{
    const struct profile_options *o = s->options;
    const char *name = o->spec.exercise ? o->spec.exercise->name : NULL;
    s->code = code_of(found);
    if (o->json) {
        PC_AUTO(pc_auto_free) char *text =
            pc_profile_json(found, name, o->view.before, s->code, s->err);
        if (text)
            pc_str_adds(&s->out, text);
        else
            s->code = s->err->code;
    } else if (!pc_profile_text(found, &o->view, &s->out, s->err)) {
        s->code = s->err->code;
    }
    if (o->out && !write_files(s, found->profile))
        s->code = s->err->code;
}

static void done(void *ctx, const struct pc_profiled *found, const struct pc_err *trouble)
{
    struct session *s = ctx;
    s->run = NULL;
    clear_status(s);
    pc_loop_stop(s->shell->loop);
    if (trouble) {
        *s->err = *trouble;
        s->code = trouble->code;
        return;
    }
    show(s, found);
}

static void interrupted(void *ctx, int signal)
{
    struct session *s = ctx;
    (void)signal;
    clear_status(s);
    if (s->run)
        pc_profile_cancel(s->run);
    s->run = NULL;
    s->code = PC_INTERRUPTED;
    pc_loop_stop(s->shell->loop);
}

static bool is_recorded(const char *word)
{
    static const char ending[] = ".pb.gz";
    size_t n = strlen(word), m = strlen(ending);
    return n > m && strcmp(word + n - m, ending) == 0;
}

static bool find_target(struct session *s, struct profile_options *o)
{
    const char *word = o->words.items[0];
    if (is_recorded(word)) {
        o->recorded = word;
        return !o->use || pc_fail(s->err, PC_USAGE,
                                  "--use is for exercises; a file is shown as it is");
    }
    struct pc_target target;
    if (!pc_targets_find_one(s->shell, word, o->use, &target, s->err))
        return false;
    o->spec.exercise = target.exercise;
    o->spec.use = pc_use_of(o->use);
    o->spec.file = target.exercise ? o->use : target.file;
    return true;
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

/* What a profile of this kind will be compared with is read first, so that a wrong file costs
 * no time. */
static bool read_before(struct session *s, struct profile_options *o)
{
    struct pc_profile kind;
    struct pc_str nothing = {0};
    if (!o->diff)
        return true;
    if (!pc_profile_read(o->diff, &s->before, s->err))
        return false;
    o->view.before = &s->before;
    if (o->recorded)
        return true;
    pc_profile_init(&kind, o->spec.kind);
    bool fine = pc_profile_diff_text(&s->before, &kind, &o->view, &nothing, s->err);
    pc_str_fini(&nothing);
    pc_profile_fini(&kind);
    return fine;
}

static bool show_recorded(struct session *s, const struct profile_options *o)
{
    struct pc_profile profile;
    if (!pc_profile_read(o->recorded, &profile, s->err))
        return false;
    show(s, &(struct pc_profiled){.profile = &profile, .bench = ""});
    pc_profile_fini(&profile);
    return true;
}

static bool start(struct session *s, const struct profile_options *o)
{
    pc_engine_use_compiler(s->shell->engine, o->cc);
    s->run = pc_profile_start(s->shell->engine, &o->spec, done, s, s->err);
    return s->run != NULL;
}

enum pc_code pc_cmd_profile(struct pc_shell *shell, int argc, char **argv,
                            struct pc_err *err)
{
    struct profile_options o = {.view = {.top = TOP}};
    struct session s = {.shell = shell, .options = &o, .err = err, .code = PC_USAGE};
    pc_parse_options(&pc_profile_argp, argc, argv, &o);
    o.view.width = pc_output_width();
    o.spec.seed = pc_rng_fresh_seed();
    bool fine = find_target(&s, &o) && read_before(&s, &o) &&
                (o.recorded ? show_recorded(&s, &o) : start(&s, &o));
    if (s.run) {
        if (pc_output_is_live() && !o.json)
            s.status = pc_print("\r\033[Kprofiling ...", NULL);
        pc_loop_on_interrupt(shell->loop, interrupted, &s);
        pc_loop_run(shell->loop);
    } else if (!fine) {
        s.code = err->code;
    }
    if (s.out.len > 0 && !pc_print(s.out.s, err))
        s.code = err->code;
    pc_str_fini(&s.out);
    pc_words_fini(&o.words);
    pc_profile_fini(&s.before);
    return s.code;
}
