/*
 * perfcourse-lesson: runs a Lua file of a pack, shut in.
 *
 * It gets the text of the file and gives back what that returned, or what its experiment
 * asks for, one message each way (script/message.h).  It opens no file, and gives up
 * everything before the first byte of an order is read.
 *
 * perfcourse-lesson [--memory=BYTES] [--cpu-s=N]
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "host/jail.h"
#include "host/options.h"
#include "script/serve.h"
#include "wire/line.h"

enum { CHUNK = 65536 };

static bool send_all(struct pc_str *out)
{
    const char *rest = pc_str_get(out);
    size_t left = out->len;
    while (left > 0) {
        ssize_t n = write(PC_WIRE_ANSWERS, rest, left);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0) {
            rest += n;
            left -= (size_t)n;
        }
    }
    out->len = 0;
    return true;
}

/* The answer to whatever will be asked. */
static enum pc_code refuse(const char *why)
{
    struct pc_value value = {.kind = PC_TABLE};
    struct pc_str out = {0};
    pc_value_add_text(&value, "text", why, strlen(why));
    pc_message_write("error", &value, &out);
    send_all(&out);
    pc_str_fini(&out);
    pc_value_fini(&value);
    return PC_ENVIRONMENT;
}

static bool read_more(struct pc_str *in)
{
    char chunk[CHUNK];
    ssize_t n;
    do
        n = read(PC_WIRE_ORDERS, chunk, sizeof chunk);
    while (n < 0 && errno == EINTR);
    if (n > 0)
        pc_str_add(in, chunk, (size_t)n);
    return n > 0;
}

static enum pc_code serve_all(void)
{
    struct pc_serve serve = {0};
    struct pc_str in = {0}, out = {0};
    struct pc_message order;
    enum pc_message_state state;
    bool more = true;
    while (more) {
        while ((state = pc_message_take(&in, &order)) == PC_MESSAGE_PART && read_more(&in))
            continue;
        if (state != PC_MESSAGE_WHOLE)
            break;
        more = pc_serve_take(&serve, &order, &out);
        pc_message_fini(&order);
        more = send_all(&out) && more;
    }
    pc_serve_fini(&serve);
    pc_str_fini(&in);
    pc_str_fini(&out);
    return PC_PASSED;
}

int main(int argc, char **argv)
{
    struct pc_host_options options = {.memory = 256 << 20, .cpu_s = 2};
    if (argc < 1 || !pc_host_options_parse(&options, argv + 1) || options.n_operands != 0)
        return PC_USAGE;
    struct pc_jail jail = {.memory = options.memory, .cpu_s = options.cpu_s};
    closefrom(PC_WIRE_ANSWERS + 1);
    struct pc_jail_state state = pc_jail_enter(&jail);
    if (!pc_jail_suffices(&state))
        return refuse("it is not run: PERFCOURSE_SANDBOX is strict, and this system cannot "
                      "shut it in; `perfcourse doctor` tells what is missing");
    return serve_all();
}
