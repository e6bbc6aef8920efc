#include "toolchain/frames.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"

/* One line of gcc is "file:line:column:function<tab>bytes<tab>kind"; clang leaves the column
 * out. */
static void read_frame(char *line, double address, struct pc_stack_frames *frames)
{
    char *rest = NULL;
    char *where = strtok_r(line, "\t", &rest);
    char *bytes = strtok_r(NULL, "\t", &rest), *kind = strtok_r(NULL, "\t", &rest);
    char *name = where ? strrchr(where, ':') : NULL;
    char *end = NULL;
    double value = bytes ? strtod(bytes, &end) : 0;
    if (!name || !kind || end == bytes || *end)
        return;
    *name++ = '\0';
    char *number = strchr(where, ':');
    if (where[0] == '/' || !number)
        return;
    *number++ = '\0';
    struct pc_stack_frame *frame = PC_PUSH(frames);
    snprintf(frame->place.file, sizeof frame->place.file, "%s", pc_path_base(where));
    snprintf(frame->place.function, sizeof frame->place.function, "%s", name);
    frame->place.line = (int)strtol(number, NULL, 10);
    frame->bytes = value + address;
    /* What is "dynamic,bounded" is bounded by the number told. */
    frame->dynamic = strcmp(kind, "dynamic") == 0;
}

void pc_frames_read(const char *text, double address, struct pc_stack_frames *frames)
{
    PC_AUTO(pc_auto_free) char *copy = pc_strdup(text);
    char *rest = NULL;
    for (char *line = strtok_r(copy, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        read_frame(line, address, frames);
}
