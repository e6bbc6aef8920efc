#!/bin/sh
# The same by an ordinary user, to whom permissions mean something, when root runs the tests.
exec "${PC_SRCDIR:?run this from make check-hostile}/tests/cli/ordinary.sh" \
    hostile/places.sh hostile/streams.sh hostile/terminals.sh hostile/tools.sh
