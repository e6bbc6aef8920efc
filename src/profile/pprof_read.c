#include "profile/pprof.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "profile/gzip.h"
#include "profile/pprof_fields.h"
#include "profile/pprof_parse.h"
#include "profile/pprof_rebuild.h"
#include "profile/pprof_types.h"

/* Of a file, packed and unpacked. */
enum { FILE_MAX = 64 << 20 };

/* Numbers that are signed in the file; what is negative was never measured. */
static int64_t number_of(uint64_t value)
{
    return value <= INT64_MAX ? (int64_t)value : 0;
}

static unsigned unsigned_of(uint64_t value)
{
    return value <= UINT_MAX ? (unsigned)value : 0;
}

static bool read_types(struct pc_rebuild *r)
{
    const struct pc_raw *raw = r->raw;
    struct pc_value_type types[PC_RAW_TYPES] = {{0}};
    PC_AUTO(pc_auto_free) char *main = pc_rebuild_text(r, raw->default_type);
    bool done = main != NULL;
    for (size_t i = 0; done && i < raw->n_types; i++) {
        types[i].name = pc_rebuild_text(r, raw->types[i].name);
        types[i].unit = types[i].name ? pc_rebuild_text(r, raw->types[i].unit) : NULL;
        done = types[i].unit != NULL;
    }
    if (done)
        pc_pprof_begin(r->profile, types, raw->n_types, main, r->slots);
    for (size_t i = 0; i < raw->n_types; i++) {
        free(types[i].name);
        free(types[i].unit);
    }
    return done;
}

/* The source is written into folders by its name, which must neither lead out of them nor be that
 * of a setting. */
static void keep_source(struct pc_profile *profile)
{
    enum { NAME_MAX_SHOWN = 255 };
    const char *given = profile->source_name ? profile->source_name : "";
    const char *slash = strrchr(given, '/');
    const char *base = slash ? slash + 1 : given;
    char *name = pc_text_harmless(base, strlen(base), NAME_MAX_SHOWN);
    free(profile->source_name);
    profile->source_name = name;
    if (profile->source && *name && *name != '.')
        return;
    free(profile->source);
    free(profile->source_name);
    profile->source = profile->source_name = NULL;
}

/* What only our files say. */
static bool read_ours(struct pc_profile *profile, struct pc_raw_bytes ours,
                      struct pc_err *err)
{
    static const unsigned fields[] = {OURS_CPU_NS, OURS_TAKEN, OURS_LOST,   OURS_BROKEN,
                                      OURS_OPS,    OURS_HZ,    OURS_THREADS};
    uint64_t v[PC_COUNT(fields)] = {0};
    if (!pc_raw_numbers(ours, fields, v, PC_COUNT(fields), err))
        return false;
    profile->cpu_ns = number_of(v[0]);
    profile->taken = (uint64_t)number_of(v[1]);
    profile->lost = v[2];
    profile->broken = v[3];
    profile->ops = v[4];
    profile->hz = unsigned_of(v[5]);
    profile->threads = unsigned_of(v[6]);
    struct pc_proto in = {.at = ours.s, .end = ours.s + ours.n};
    struct pc_proto_field field;
    while (pc_proto_next(&in, &field)) {
        char **text = field.number == OURS_SOURCE        ? &profile->source
                      : field.number == OURS_SOURCE_NAME ? &profile->source_name
                                                         : NULL;
        if (!text)
            continue;
        if (!pc_raw_has_type(&field, PC_WIRE_BYTES, err))
            return false;
        free(*text);
        *text = pc_strndup(field.bytes, field.n);
    }
    keep_source(profile);
    return true;
}

/* What can be said of other programs' files: those that count samples were sampled, and a
 * period of time tells how often. */
static bool read_theirs(struct pc_rebuild *r)
{
    enum { NS_PER_S = 1000000000 };
    struct pc_profile *profile = r->profile;
    PC_AUTO(pc_auto_free) char *unit = pc_rebuild_text(r, r->raw->period_type.unit);
    if (!unit)
        return false;
    for (size_t i = 0; i < profile->n_types; i++) {
        const struct pc_value_type *type = &profile->types[i];
        if (strcmp(type->name, "samples") == 0 && strcmp(type->unit, "count") == 0)
            profile->taken = (uint64_t)r->totals[i];
        if (strcmp(type->name, "cpu") == 0 && strcmp(type->unit, "nanoseconds") == 0)
            profile->cpu_ns = r->totals[i];
    }
    if (profile->taken > 0 && profile->period > 0 && strcmp(unit, "nanoseconds") == 0)
        profile->hz = (unsigned)(NS_PER_S / profile->period);
    return true;
}

static bool read_profile(struct pc_rebuild *r)
{
    enum { NS_PER_MS = 1000000 };
    if (!read_types(r))
        return false;
    r->profile->when = number_of(r->raw->time_ns) / NS_PER_MS;
    r->profile->wall_ns = number_of(r->raw->duration_ns);
    r->profile->period = number_of(r->raw->period);
    if (!pc_rebuild_samples(r))
        return false;
    return r->raw->ours.s ? read_ours(r->profile, r->raw->ours, r->err) : read_theirs(r);
}

static bool decode_plain(const char *bytes, size_t n, struct pc_profile *profile,
                         struct pc_err *err)
{
    struct pc_raw raw;
    bool done = pc_raw_parse(&raw, bytes, n, err);
    if (done) {
        struct pc_rebuild rebuild;
        pc_rebuild_init(&rebuild, &raw, profile, err);
        done = read_profile(&rebuild);
        pc_rebuild_fini(&rebuild);
    }
    pc_raw_fini(&raw);
    if (!done)
        pc_profile_fini(profile);
    return done;
}

bool pc_pprof_decode(const char *bytes, size_t n, struct pc_profile *profile,
                     struct pc_err *err)
{
    *profile = (struct pc_profile){0};
    if (n == 0)
        return pc_fail(err, PC_USAGE, "it is empty: make it again");
    if (!pc_gzip_is_packed(bytes, n))
        return decode_plain(bytes, n, profile, err);
    struct pc_str plain = {0};
    bool done = pc_gzip_unpack(bytes, n, FILE_MAX, &plain, err) &&
                decode_plain(pc_str_get(&plain), plain.len, profile, err);
    pc_str_fini(&plain);
    return done;
}

bool pc_pprof_read(const char *path, struct pc_profile *profile, struct pc_err *err)
{
    size_t n;
    PC_AUTO(pc_auto_free) char *bytes = pc_file_read(path, FILE_MAX, &n, err);
    if (!bytes)
        return false;
    return pc_pprof_decode(bytes, n, profile, err) || pc_while(err, "%s", path);
}
