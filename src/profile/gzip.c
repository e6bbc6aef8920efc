#include "profile/gzip.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/mem.h"
#include "base/units.h"

/* As windowBits of zlib: the largest window, and the form around the data. */
enum { WINDOW = 15, WRITE_GZIP = WINDOW + 16, READ_ANY = WINDOW + 32 };

static void *allocate(void *ctx, unsigned n, unsigned size)
{
    (void)ctx;
    return pc_alloc_array(n, size);
}

static void release(void *ctx, void *p)
{
    (void)ctx;
    free(p);
}

/* zlib counts what is put in and taken out in `unsigned`. */
static unsigned portion(size_t n)
{
    enum { PORTION = 1 << 20 };
    return n < PORTION ? (unsigned)n : PORTION;
}

void pc_gzip_pack(const void *bytes, size_t n, struct pc_str *out)
{
    z_stream z = {.zalloc = allocate, .zfree = release};
    int status =
        deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, WRITE_GZIP, 8, Z_DEFAULT_STRATEGY);
    assert(status == Z_OK);
    z.next_in = (unsigned char *)bytes;
    while (status != Z_STREAM_END) {
        char buffer[16384];
        if (z.avail_in == 0) {
            z.avail_in = portion(n);
            n -= z.avail_in;
        }
        z.next_out = (unsigned char *)buffer;
        z.avail_out = sizeof buffer;
        status = deflate(&z, n == 0 ? Z_FINISH : Z_NO_FLUSH);
        pc_str_add(out, buffer, sizeof buffer - z.avail_out);
    }
    deflateEnd(&z);
}

bool pc_gzip_is_packed(const void *bytes, size_t n)
{
    const unsigned char *b = bytes;
    if (n < 2)
        return false;
    bool gzip = b[0] == 0x1f && b[1] == 0x8b;
    return gzip || (b[0] == 0x78 && (b[0] << 8 | b[1]) % 31 == 0);
}

/* Unpack one member into `out`, from z->next_in on; `*n` bytes are still to be put in. */
static bool unpack_member(z_stream *z, size_t *n, size_t max, struct pc_str *out,
                          struct pc_err *err)
{
    for (int status = Z_OK; status != Z_STREAM_END;) {
        char buffer[65536], limit[PC_UNITS_MAX];
        if (z->avail_in == 0) {
            z->avail_in = portion(*n);
            *n -= z->avail_in;
        }
        if (z->avail_in == 0)
            return pc_fail(err, PC_USAGE, "the file is cut off: copy or make it again");
        z->next_out = (unsigned char *)buffer;
        z->avail_out = sizeof buffer;
        status = inflate(z, Z_NO_FLUSH);
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
            return pc_fail(err, PC_USAGE,
                           "the packed data is damaged (%s): copy or make it again",
                           z->msg ? z->msg : "it needs a dictionary");
        size_t got = sizeof buffer - z->avail_out;
        if (got > max - out->len)
            return pc_fail(
                err, PC_USAGE,
                "it unpacks to more than %s, which no profile here needs: record a "
                "shorter time",
                pc_format_bytes((double)max, limit));
        pc_str_add(out, buffer, got);
    }
    return true;
}

bool pc_gzip_unpack(const void *bytes, size_t n, size_t max, struct pc_str *out,
                    struct pc_err *err)
{
    z_stream z = {.zalloc = allocate,
                  .zfree = release,
                  .next_in = (unsigned char *)bytes,
                  .avail_in = 0};
    int status = inflateInit2(&z, READ_ANY);
    assert(status == Z_OK);
    (void)status;
    bool done = unpack_member(&z, &n, max, out, err);
    while (done && z.avail_in + n > 0) {
        if (!pc_gzip_is_packed(z.next_in, z.avail_in + n)) {
            done =
                pc_fail(err, PC_USAGE,
                        "there are %zu bytes behind the packed data: copy or make it again",
                        z.avail_in + n);
            break;
        }
        inflateReset(&z);
        done = unpack_member(&z, &n, max, out, err);
    }
    inflateEnd(&z);
    return done;
}
