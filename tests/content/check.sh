#!/bin/sh
# `make check-content`: the course is certified, with the time, by gcc and clang.
#
#   check.sh [OPTION...] [TOPIC|EXERCISE...]     as `perfcourse dev verify`
. "$PC_SRCDIR/tests/bench/lib.sh"

"$PC_BUILDDIR/perfcourse" dev verify "$@"
