#!/bin/sh
# Every scenario of the store and of the workspace, killed before and after each system call, with
# torn writes, and with each call failing; and files of progress as large as nobody has them.
: "${PC_BUILDDIR:?run this from make check-hostile}"

export PC_HOSTILE=1
failed=0
for test in store_kill store_place workspace_kill; do
    echo "$test"
    "$PC_BUILDDIR/tests/unit/test_$test" || failed=1
done
exit $failed
