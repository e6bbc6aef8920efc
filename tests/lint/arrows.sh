#!/bin/sh
# Includes go only along the arrows of arrows.txt, and a library is included by its owner only.
set -eu
cd "${PC_SRCDIR:-.}"

# shellcheck disable=SC2016
find src -name '*.[ch]' | sort | xargs awk '
    FILENAME == ARGV[1] {
        sub(/#.*/, "")
        colon = index($0, ":")
        if (colon == 0) next
        name = substr($0, 1, colon - 1)
        count = split(substr($0, colon + 1), words, " ")
        if (name ~ /^</) {
            owner[name] = substr($0, colon + 2)
            for (i = 1; i <= count; i++) owns[name, words[i]] = 1
            next
        }
        known[name] = 1
        for (i = 1; i <= count; i++) allowed[name, words[i]] = 1
        next
    }
    /^[ \t]*#[ \t]*include/ {
        split(FILENAME, path, "/")
        part = path[2]
        if (!(part in known)) {
            printf "%s: the part %s is not in arrows.txt\n", FILENAME, part
            bad = 1
        }
        if (match($0, /"[^"]*"/)) {
            header = substr($0, RSTART + 1, RLENGTH - 2)
            folder = index(header, "/") ? substr(header, 1, index(header, "/") - 1) : part
            if (folder != part && !((part, folder) in allowed)) {
                printf "%s:%d: %s may not include \"%s\"\n", FILENAME, FNR, part, header
                bad = 1
            }
        } else if (match($0, /<[^>]*>/)) {
            header = substr($0, RSTART, RLENGTH)
            if (header in owner && !((header, part) in owns)) {
                printf "%s:%d: only %s may include %s\n", FILENAME, FNR, owner[header], header
                bad = 1
            }
        }
        seen++
    }
    END {
        if (seen < 100) { print "arrows: found too few includes: is this the source tree?"; bad = 1 }
        exit bad
    }
' tests/lint/arrows.txt
