#include "script/message.h"

#include <string.h>

#include "script/tree.h"

enum { HEAD_MAX = PC_MESSAGE_VERB + 10, BASE = 10 };

void pc_message_write(const char *verb, const struct pc_value *value, struct pc_str *out)
{
    struct pc_str body = {0};
    pc_tree_write(value, &body);
    pc_str_addf(out, "%s %zu\n", verb, body.len);
    pc_str_add(out, body.s, body.len);
    pc_str_fini(&body);
}

/* "VERB N" of `n` bytes. */
static bool read_head(const char *head, size_t n, struct pc_message *message, size_t *size)
{
    const char *blank = memchr(head, ' ', n);
    size_t verb = blank ? (size_t)(blank - head) : 0;
    if (verb == 0 || verb >= PC_MESSAGE_VERB || verb + 1 == n || blank[1] == '0')
        return false;
    memcpy(message->verb, head, verb);
    *size = 0;
    for (const char *p = blank + 1; p < head + n; p++) {
        if (*p < '0' || *p > '9')
            return false;
        *size = *size * BASE + (size_t)(*p - '0');
    }
    return *size <= PC_MESSAGE_MAX;
}

enum pc_message_state pc_message_take(struct pc_str *in, struct pc_message *message)
{
    *message = (struct pc_message){0};
    const char *end = in->len > 0 ? memchr(in->s, '\n', in->len) : NULL;
    if (!end)
        return in->len < HEAD_MAX ? PC_MESSAGE_PART : PC_MESSAGE_GARBAGE;
    size_t head = (size_t)(end - in->s), size;
    if (head >= HEAD_MAX || !read_head(in->s, head, message, &size))
        return PC_MESSAGE_GARBAGE;
    if (in->len - head - 1 < size)
        return PC_MESSAGE_PART;
    if (pc_tree_read(end + 1, size, &message->value)) {
        pc_str_shift(in, head + 1 + size);
        return PC_MESSAGE_WHOLE;
    }
    pc_message_fini(message);
    return PC_MESSAGE_GARBAGE;
}

bool pc_message_is(const struct pc_message *message, const char *verb)
{
    return strcmp(message->verb, verb) == 0;
}

void pc_message_fini(struct pc_message *message)
{
    pc_value_fini(&message->value);
}
