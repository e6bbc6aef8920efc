#!/bin/sh
# The formatters and linters that may be absent: each is skipped with a message, but not in CI,
# which installs them all.
set -eu
cd "${PC_SRCDIR:-.}"

bad=0
skipped=0

have() {
    command -v "$1" >/dev/null 2>&1 && return 0
    if [ "${CI:-}" = true ]; then
        echo "$1 is missing, and CI must have it (package $2)"
        bad=1
    else
        echo "skipped: $1 is missing (package $2)"
        skipped=$((skipped + 1))
    fi
    return 1
}

if have clang-format clang-format; then
    find src tests exercises checks lessons templates -name '*.[ch]' -print0 |
        xargs -0 clang-format --dry-run --Werror || bad=1
fi

if have shellcheck shellcheck; then
    shellcheck bootstrap .ci/run completions/bash/perfcourse || bad=1
    find tests -name '*.sh' -print0 | xargs -0 shellcheck || bad=1
fi

if have luacheck lua-check; then
    luacheck -q lessons checks templates || bad=1
fi

# Obsolete to it is alloca; the stack of the timing host is moved on purpose.  The registry is an
# array between two symbols of the linker.
if have cppcheck cppcheck; then
    cppcheck --quiet --enable=warning,performance,portability --std=c11 --error-exitcode=1 \
        --suppress=allocaCalled --suppress=comparePointers -j2 \
        -I src -include "${PC_BUILDDIR:-build}/config.h" src || bad=1
fi

[ "$bad" = 0 ] || exit 1
[ "$skipped" = 0 ] || exit 77
