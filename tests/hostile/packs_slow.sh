#!/bin/sh
# The files of packs that use up their time (see packs.sh).
# shellcheck disable=SC2034
pace=slow
. "$PC_SRCDIR/tests/hostile/packs.sh"
