#!/bin/sh
# The examples in docs/profile.md and docs/escape.md are what the program prints: their lines have
# the form of a real output's lines, and the table of escape is the very one of the same compilers.
. "$PC_SRCDIR/tests/cli/lib.sh"

cd "$tmp" || exit 99

# What lines of a profile look like; numbers and names are free.
cat >forms <<'EOT'
^$
^[a-z_]+ at n = [0-9]+: [0-9]+ samples? at 250 Hz, [0-9.]+ m?s of CPU in [0-9.]+ m?s, [0-9]+ thread(; shares are good to ±[0-9.]+ points \(95 %\))?$
^These are too few samples to say which function is the first: .*$
^   here  95 %     and below  function$
^ *[0-9.]+ %  [0-9]+ to [0-9]+ +[0-9.]+ % [ =][][a-zA-Z0-9_.]+(  [a-z_]+\.[ch]:[0-9]+)?$
^= marks a tie: the order of these could be chance\.$
^   here   below  line of [a-z_]+\.c$
^ *[0-9.]+ % +[0-9.]+ % +[0-9]+  .*$
^[a-z_]+ at n = [0-9]+: [0-9]+ operations, on average with [0-9]+ allocations? of [0-9.]+ [KM]iB in all; every one is counted$
^  allocs/op        B/op   and below  (function|line of [a-z_]+\.c)$
^ *[0-9]+ +[0-9.]+ +[0-9]+  [a-z_]+  [a-z_]+\.[ch]:[0-9]+$
^ *[0-9]+ +[0-9.]+ +[0-9]+ +[0-9]+  .*;$
^compared with [0-9]+ samples of before \([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}\), shares of what functions take themselves; an operation took [0-9.]+ [num]?s of CPU and takes [0-9.]+ [num]?s$
^compared with before \([-0-9: ]+\), [0-9]+ allocs/op became [0-9]+, [0-9.]+ B/op became [0-9.]+; of functions what they do themselves$
^  allocs/op         now         change        B/op         now  function$
^ *[0-9]+ +([0-9]+|-)  [-+=] +[-+]?[0-9]+ +[0-9.]+ +[0-9.]+  [a-z_]+  [a-z_]+\.[ch]:[0-9]+$
^Everything is counted; values are of an operation of the bench, whose inputs are drawn anew for each profile\.$
^ before      now    change  95 %           before       now  function$
^ *([0-9.]+ %|-) +([0-9.]+ %|-)  [-+=] +[-+][0-9.]+  [-+][0-9]+ to [-+][0-9]+ +([0-9.]+ [num]?s|-) +([0-9.]+ [num]?s|-)  [][a-zA-Z0-9_.]+(  [a-z_]+\.[ch]:[0-9]+)?$
^= marks a change that could be none: its interval has 0 in it\.$
^Each profile's shares are of its own time: where something has become faster, the rest has a greater share and may be as fast as before\.$
^wrote [a-z/]+cpu\.pb\.gz, [a-z/]+cpu\.folded, [a-z/]+join_names\.c$
EOT

# has_form NAME FILE: each line of FILE is of one of these forms.
has_form() {
    checks=$((checks + 1))
    grep -v -E -f forms "$2" >others && wrong "$1 has other lines: $(cat others)"
}

run 0 profile join_names --use starter --seconds 1.5 --out before
has_form "a profile" out
run 0 profile join_names --alloc
has_form "a profile of allocations" out
run 0 profile join_names --use reference --seconds 1 --diff before/cpu.pb.gz
has_form "a comparison" out

run 0 profile join_names --use reference --alloc --diff
has_form "a comparison of allocations" out

# example FILE BEGIN END: the lines of an example, from one that matches BEGIN to the last before END.
example() {
    sed -n "/^    $2/,/$3/p" "$1" | grep '^    \|^$' | sed 's/^    //'
}
docs=$PC_SRCDIR/docs
{
    example "$docs/profile.md" 'join_names at n = 2000:' '^(`append'
    example "$docs/profile.md" 'join_names at n = 500:' '^[*][*]and below'
    example "$docs/profile.md" 'compared with' '^The sign\|^Bytes may'
} >examples
checks=$((checks + 1))
[ "$(grep -c . examples)" -ge 20 ] || wrong "only $(grep -c . examples) lines of examples were found"
has_form "docs/profile.md" examples

# The file that docs/escape.md holds, and what it says of it.
example "$docs/escape.md" '#include' '^`perfcourse escape' >boxes.c
example "$docs/escape.md" 'boxes\.c: allocations' '^Line 11' >wanted
checks=$((checks + 1))
[ "$(grep -c . wanted)" -ge 10 ] || wrong "docs/escape.md has no example"
run 0 escape boxes.c --cc both
line=$(sed -n 2p wanted)
if [ "$(sed -n 2p out)" = "$line" ]; then
    sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' wanted >tidy
    sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' out >printed
    checks=$((checks + 1))
    diff tidy printed >differs || wrong "docs/escape.md says otherwise: $(cat differs)"
else
    echo "not compared: the compilers of docs/escape.md are others ($line)"
fi

finish
