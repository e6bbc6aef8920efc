/* tests: 0 limits are met */
#include "hostile.h"

MISDEED
{
    enum { HERE = -100, CREATE = 0102 };
    static const char path[] = "/tmp/perfcourse-was-here";
    escaped = RAW4(SYS_openat, HERE, path, CREATE, 0600) >= 0 ||
              RAW3(SYS_mkdirat, HERE, path, 0777) >= 0 ||
              RAW3(SYS_symlinkat, path, HERE, path) >= 0;
}
