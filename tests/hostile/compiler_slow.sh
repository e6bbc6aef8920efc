#!/bin/sh
# Kernels that use up a limit of the compiler.
exec "$PC_SRCDIR/tests/hostile/compiler.sh" slow
