#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "loop/child.h"
#include "loop/loop.h"

int main(void)
{
    struct pc_loop *loop = pc_loop_create(NULL);
    pc_loop_free(loop);
    return 0;
}
