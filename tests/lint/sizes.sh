#!/bin/sh
# Files have at most 400 lines, functions at most 80.  A function's body is what stands between
# "{" and "}" in the first column, as clang-format writes it.
set -eu
cd "${PC_SRCDIR:-.}"

find src tests -name '*.[ch]' | sort | xargs awk '
    FNR == 1 { if (NR > 1) file_end(); name = FILENAME; begun = 0; files++ }
    { lines = FNR }
    /^{/ { begun = FNR; next }
    /^}/ {
        if (begun && FNR - begun + 1 > 80) {
            printf "%s:%d: a function of %d lines, at most 80\n", FILENAME, begun, FNR - begun + 1
            bad = 1
        }
        begun = 0
    }
    function file_end() {
        if (lines > 400) {
            printf "%s: %d lines, at most 400\n", name, lines
            bad = 1
        }
    }
    END {
        file_end()
        if (files < 50) { print "sizes: found too few files: is this the source tree?"; bad = 1 }
        exit bad
    }
'
