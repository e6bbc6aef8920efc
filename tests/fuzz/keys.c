/*
 * Bytes of a terminal (tui/decode.h): whatever comes, in whatever pieces, becomes the same
 * keys, and none of them is out of range.
 */
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "fuzz.h"
#include "tui/decode.h"

/* Everything typed, as text that can be compared. */
static void take(void *ctx, const struct pc_typed *typed)
{
    struct pc_str *all = ctx;
    char name[PC_KEY_NAME_MAX], text[PC_KEY_TEXT_MAX];
    switch (typed->kind) {
    case PC_TYPED_KEY:
        fuzz_must(typed->key >= 0 && typed->key <= PC_KEY_F12, "a key is one");
        fuzz_must_be_harmless(pc_key_name(typed->key, name), false, "a key's name");
        if (pc_key_is_text(typed->key))
            fuzz_must_be_harmless(pc_key_text(typed->key, text), false, "a key's text");
        break;
    case PC_TYPED_PASTE:
        fuzz_must(typed->text[typed->n] == '\0', "a paste ends");
        pc_str_add(all, typed->text, typed->n);
        break;
    case PC_TYPED_WHEEL:
        fuzz_must(typed->key == PC_KEY_UP || typed->key == PC_KEY_DOWN, "a wheel turns");
        fuzz_must(typed->x >= 0 && typed->y >= 0, "the mouse is on the screen");
        break;
    case PC_TYPED_CLICK:
        fuzz_must(typed->x >= 0 && typed->y >= 0, "the mouse is on the screen");
        break;
    }
    pc_str_addf(all, " %d %d %d %d;", typed->kind, typed->key, typed->x, typed->y);
}

static char *decode(const char *bytes, size_t n, size_t piece)
{
    struct pc_str all = {0};
    struct pc_decoder *decoder = pc_decoder_create(take, &all);
    for (size_t at = 0; at < n; at += piece)
        pc_decoder_feed(decoder, bytes + at, n - at < piece ? n - at : piece);
    pc_decoder_settle(decoder);
    fuzz_must(pc_decoder_patience(decoder) == 0, "what has settled waits for nothing");
    size_t len = all.len;
    pc_decoder_settle(decoder);
    fuzz_must(all.len == len, "settling twice types nothing");
    pc_decoder_feed(decoder, "x", 1);
    fuzz_must(all.len > len, "the next key is a key again");
    pc_decoder_free(decoder);
    return pc_str_take(&all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    PC_AUTO(pc_auto_free) char *bytes = fuzz_text(data, n);
    PC_AUTO(pc_auto_free) char *whole = decode(bytes, n, n + 1);
    PC_AUTO(pc_auto_free) char *pieces = decode(bytes, n, 1);
    fuzz_must(strcmp(whole, pieces) == 0, "pieces do not matter");
    return 0;
}
