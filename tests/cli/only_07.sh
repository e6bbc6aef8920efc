# A course of topic 07 alone: what comes first, and how many there are, stays the same for a test
# whatever topics the course gets.
# shellcheck shell=sh
# Sourced after a lib.sh; needs PC_SRCDIR and XDG_CACHE_HOME.  The folder holds links and is
# the same for all tests: what was built for one is found again by the others.

export PERFCOURSE_DATADIR="${XDG_CACHE_HOME:?}/only_07"

# link_07 PATH: PATH of the course's folder is that of the source tree.
link_07() {
    [ "$(readlink "$PERFCOURSE_DATADIR/$1")" = "${PC_SRCDIR:?}/$1" ] ||
        ln -sfn "$PC_SRCDIR/$1" "$PERFCOURSE_DATADIR/$1" 2>/dev/null
}

mkdir -p "$PERFCOURSE_DATADIR/lessons" "$PERFCOURSE_DATADIR/exercises" "$PERFCOURSE_DATADIR/checks"
for part in lessons exercises checks; do
    link_07 "$part/07_strings_bytes_and_builders"
done
link_07 checks/selfproof
link_07 templates
