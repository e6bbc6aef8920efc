# A course for one test: that of the tree, with exercises of tests/ added to topic 07.
# shellcheck shell=sh
# Sourced after a lib.sh; needs PC_SRCDIR and PC_BUILDDIR.

course="${tmp:?}/course"
mkdir -p "$course"
cp -R "$PC_SRCDIR/lessons" "$PC_SRCDIR/exercises" "$PC_SRCDIR/checks" \
    "$PC_SRCDIR/templates" "$course"
chmod -R u+w "$course"
export PERFCOURSE_DATADIR="$course"
topic07=07_strings_bytes_and_builders

# add_exercise FOLDER: what is in tests/FOLDER becomes an exercise with the folder's name.
add_exercise() {
    name=$(basename "$1")
    from="$PC_SRCDIR/tests/$1"
    "$PC_BUILDDIR/perfcourse" dev new "07/$name" >/dev/null 2>&1 || return 1
    cp "$from/$name.h" "$from/$name.c" "$from/bench.c" "$course/exercises/$topic07/$name/"
    rm "$course/checks/$topic07/$name/mutants"/*
    cp "$from/limits.lua" "$from/test.c" "$from/reference.c" "$course/checks/$topic07/$name/"
    cp "$from/mutants"/*.c "$course/checks/$topic07/$name/mutants/"
}
