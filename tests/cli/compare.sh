#!/bin/sh
# compare: what two files of benchmark results say, in four forms; and what is no such file.
# shellcheck disable=SC2016
. "$PC_SRCDIR/tests/cli/lib.sh"

cd "$tmp" || exit 99

# results FILE NAME UNIT VALUE...: one line for each value.
results() {
    file=$1 name=$2 unit=$3
    shift 3
    for value in "$@"; do
        printf 'Benchmark%s\t%8d\t%10s %s\n' "$name" 1000 "$value" "$unit" >>"$file"
    done
}

printf 'goos: linux\npkg: encode\ncompiler: gcc 12.2.0\n' >old
printf 'goos: linux\npkg: encode\ncompiler: clang 14.0.6\n' >new
results old Encode/format=json-48 ns/op 1726 1723 1707 1707 1713 1729 1736 1707 1705 1774
results new Encode/format=json-48 ns/op 1423 1416 1411 1413 1412 1426 1422 1424 1447 1425
results old Encode/format=gob-48 ns/op 3069 3075 3069 3067 3207 3064 3064 3058 3059 3062
results new Encode/format=gob-48 ns/op 3075 3065 3059 3065 3060 3081 3186 3135 3087 3062
echo PASS >>old

run 0 compare old new
cat >expected <<'END'
old: old
new: new
goos: linux
pkg: encode
compiler: old gcc 12.2.0, new clang 14.0.6
warning: old and new differ in compiler; what changed may not be the code

ns/op, 10 runs              old +/-       new +/-   change    p corr
Encode/format=json-48  1.718 us  1%  1.423 us  1%  -17.20%    <0.001
Encode/format=gob-48   3.066 us  0%  3.070 us  2%        ~     0.446
geomean                2.295 us      2.090 us       -8.94%  untested

1 better, 0 worse, 1 not shown to differ (alpha 0.05, Holm)
END
cmp -s out expected || wrong "the table is another one: $(diff expected out)"

run 0 compare old new --no-correction
says out ' p$' 'alpha 0.05)$'
run 0 compare --plain old new
says out '^Encode/format=json-48, ns/op: old 1.718 us plus or minus 1%, new 1.423 us' \
    'better by -17.20%, p <0.001, runs 10\.$' 'no difference shown, p 0.446' \
    '^geometric mean of ns/op, untested: -8.94%\.$'
run 0 compare old
says out '^file: old$' 'median +/-$' '1.718 us  1%$'
says_not out 'change' 'better'

run 0 compare old new --csv
cat >expected <<'END'
group,unit,benchmark,old_runs,old,old_low,old_high,new_runs,new,new_low,new_high,change_percent,p,p_corrected,verdict,notes
,ns/op,Encode/format=json-48,10,1718,1707,1736,10,1422.5,1412,1426,-17.20023283,1.082508822e-05,2.165017645e-05,better,
,ns/op,Encode/format=gob-48,10,3065.5,3059,3075,10,3070,3060,3135,0.1467949763,0.4461018857,0.4461018857,same,
END
tr -d '\r' <out | cmp -s - expected || wrong "the values are others"
[ "$(tr -cd '\r' <out | wc -c)" = 3 ] || wrong "lines do not end as in RFC 4180"
run 0 compare old --csv
says out '^group,unit,benchmark,runs,value,low,high,notes'

run 0 compare old new --json
for row in \
    'tables 0 benchmarks 0 benchmark = "Encode/format=json-48"' \
    'tables 0 benchmarks 0 keys format = "json"' \
    'tables 0 benchmarks 0 keys gomaxprocs = "48"' \
    'tables 0 benchmarks 0 old runs = 10' \
    'tables 0 benchmarks 0 old value = 1718.0' \
    'tables 0 benchmarks 0 p = 1.0825088e-5' \
    'tables 0 benchmarks 0 verdict = "better"' \
    'tables 0 benchmarks 1 verdict = "same"' \
    'tables 0 better = "lower"' \
    'settings 2 new = "clang 14.0.6"' \
    'found better = 1'; do
    path=${row% = *}
    checks=$((checks + 1))
    # shellcheck disable=SC2086
    got=$("$PC_BUILDDIR/tests/cli/json_at" $path <out)
    [ "$got" = "${row#* = }" ] || wrong "$path is $got"
done

# --fail-above is for those who wait for worse times, and only for them.
run 1 compare new old --fail-above 5
says err '1 got worse by more than 5 %; most of all Encode/format=json-48, ns/op by 20.77 %'
run 0 compare new old --fail-above 25
run 0 compare old new --fail-above 0
run 0 compare new old
says out '0 better, 1 worse'
printf 'Unit lost/op assume=exact\nBenchmarkX 1 0 lost/op\n' >none
printf 'BenchmarkX 1 3 lost/op\n' >some
run 1 compare none some --fail-above 100
says err 'lost/op from 0'
run 0 compare some none --fail-above 0

# Standard input, once.
checks=$((checks + 1))
"$program" compare - new <old >out 2>err || wrong "standard input is not read"
says out '^old: standard input$' '-17.20%'
run 2 compare - -
says err 'only one'
run 2 compare -
says err 'standard input: there is no benchmark result'

# Few runs, equal values, values that are none, and what is in one file only: each has its note.
rm -f few more micro
results few X ns/op 10 11 12
results few Same ns/op 5 5 5
results few NoNumber ns/op 7 NaN 8
results few OnlyOld ns/op 1
results more X ns/op 20 21 22
results more Same ns/op 5 5 5
results more NoNumber ns/op 7 8 Inf
run 0 compare few more
says out 'at least 6 runs are needed for an interval at level 0.95$' \
    'runs are needed to show a difference at alpha 0.05 among 2 benchmarks$' \
    'all runs of both files gave the same value$' '(NaN) are left out$' \
    'the files have different benchmarks' '; 1 only in old$' '^X .* 0.200  *3  ab$'
run 0 compare few more --alpha 0.5 --level 0.5
says out '^X .*+90.91%' '^X  *11 ns *9%'
run 0 compare old few
says out '^no benchmark is in both files; '

results micro X us/op 1 2 3
run 0 compare few micro
says out '^c: only the old file has values in ns/op$' '^b: only the new file has values in us/op$' \
    '^no benchmark is in both files; 4 only in old; 1 only in new$'

# Groups: what changes within a file divides it.
printf 'pkg: a\nBenchmarkX 1 1 u\npkg: "b", c\nBenchmarkX 1 2 u\n' >groups
run 0 compare groups groups
says out '^pkg: a$' '^pkg: "b", c$'
run 0 compare groups --csv
says out '^"pkg: ""b"", c",u,X,1,2,,,'
run 0 compare groups --ignore pkg
says out '^u, 2 runs'
says_not out '^pkg'

# Tables fit 80 columns; names that leave no room have lines of their own.
long=ThisBenchmark/has/a=long_name/that_takes/half=of_the_line/or_more/n=1000000-16
rm -f long1 long2
results long1 $long ns/op 1 2 3 4 5 6
results long2 $long ns/op 1001 1002 1003 1004 1005 1006
results long1 Short some-very-long-unit/op 123456789 123456789.5 3 4 5 6
results long2 Short some-very-long-unit/op 1 2 3
run 0 compare long1 long2
says out "^$long\$" '^some-very-long-unit/op  *old' '^  *3.500 ns'
awk 'length($0) > 80 { exit 1 }' out || wrong "a line is longer than 80 columns"

# Control characters of a file do not reach the terminal.
printf 'evil: \033[31m\nBenchmarkX\033[31m 1 1 u\n' >evil
run 0 compare evil
says_not out "$(printf '\033')"

# What is no file of results: a place and a reason, and nothing is compared.
printf 'BenchmarkX 1 1 ns/op\nBenchmarkY 1 abc ns/op\n' >wrong
run 2 compare old wrong
says err 'wrong:2: abc is no number'
[ ! -s out ] || wrong "a wrong file was compared"
printf 'BenchmarkX 1 1 ns/op\r\nBenchmarkX 1 2 ns/op\r\n' >windows
run 0 compare windows
says out '^ns/op, 2 runs'
: >empty
run 2 compare empty
says err 'empty: there is no benchmark result in it'
head -c 1000 "$PC_BUILDDIR/perfcourse" >binary
run 2 compare old binary
says err '^perfcourse: binary'
run 2 compare old missing
says err 'missing: No such file'
run 2 compare old "$tmp"
says err 'not a regular file'
run 2 compare
says err 'one or two files'
run 2 compare a b c
says err 'one or two files'
run 2 compare old --fail-above 3
says err 'compares two files'
for option in --alpha=0 --alpha=1 --alpha=x --level=1 --level=-1 --level= --fail-above=-1 \
    --alpha=nan --fail-above=nan; do
    run 2 compare old new "$option"
    says err 'needs a number between'
done

# Ten megabytes are read, whatever time that takes here.
awk 'BEGIN { for (i = 0; i < 200000; i++)
    printf "BenchmarkLarge/n=%d-2  \t%8d\t%8.1f ns/op\t%8d B/op\n", i % 100, i, i % 977, 64 }' >large
run 0 compare large large
says out '^Large/n=99-2 ' '0 better, 0 worse, 200 not shown'

finish
