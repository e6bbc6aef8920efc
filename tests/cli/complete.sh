#!/bin/sh
# What the word before the cursor may become, as the program answers and as each shell offers it.
. "$PC_SRCDIR/tests/cli/lib.sh"
. "$PC_SRCDIR/tests/cli/only_07.sh"

run 0 list
: >"$tmp/err"

# offers WANTED WORD...: the candidates, in this order; an empty WANTED is none.
offers() {
    wanted=$1
    shift
    run 0 complete -- "$@"
    found=$(cut -f 1 "$tmp/out" | tr '\n' ' ')
    [ "${found% }" = "$wanted" ] || wrong "\"${found% }\", wanted \"$wanted\": $*"
}

exercises='07.1 07.2 07.3 07.4 07.5 07.6'
topics=07
all="$topics $exercises"
globals='--workspace --pack --plain --ascii --no-color --theme'

commands=$("$program" help | sed -n '/^usage/d; /^Every/q; s/^  \([a-z][a-z]*\) .*/\1/p' | tr '\n' ' ')
offers "${commands% }"
offers "${commands% }" ''
offers "${commands% }" --ascii --theme dark ''
offers 'check compare cards' c
offers 'watch' --workspace check wat
offers '' chekc ''
offers '' nothing 07
offers "$all" check ''
offers "$all" check 07.1 ''
offers "$all" watch 07
offers '07.4' check 07.4
offers '07.4' --plain check --quick 07.4
offers '' check 08
offers 'join_names' check j
offers 'strings_bytes_and_builders string_builder' check str
offers "$exercises" show ''
offers 'csv_sum' hint --level 2 c
offers '' show 07.1 x
offers "$topics" list ''
offers "$topics" list 07 0
offers "$topics" cards ''
offers '07.1 07.2 07.3 07.4 07.5' read ''
offers "$topics" experiment ''
offers 'append' experiment 07 ''
offers 'append' experiment strings --seed 3 ap
offers '' experiment 07 append x
offers 'escape experiment export edit' help e
offers 'new verify' dev ''
offers 'verify' dev v
offers '' dev new 07
offers '@folders' init ''
offers '@files' import ''
offers '@files' export x
offers '@files' compare ''
offers '@files' compare old.txt ''
offers "$all @files" bench ''
offers '07.4 @files' bench own.c 07.4
offers "--cc --json $globals --help" doctor ''
offers '--careful --cc' check --c
offers '--careful' check 07.1 --car
offers "--json --use --seed --careful --time --quick --cc $globals --help" check -
offers "--level $globals --help" hint -
offers "$globals --help" list 07 --
offers "--dump-screen --size --no-watch $globals --help --version" -
offers "$globals --help" help -
offers 'starter reference @files' check --use ''
offers 'reference @files' check --use ref
offers '--use=starter @files' check --use=s
offers '@programs' check --cc ''
offers '@folders' check --workspace ''
offers '' check --seed ''
offers '' check --seed=1
offers '' check --nothing=1
offers 'plain dark light mono' --theme ''
offers 'mono' list --theme m
offers '--theme=dark' list --theme=d
offers 'home history help' --dump-screen h
offers 'home' browse --dump-screen hom
offers '--size' --dump-screen home --s
offers "$exercises" --dump-screen exercise ''
offers '07.2' browse --size 80x24 --dump-screen exercise 07.2

# Each theme and screen that is offered is one.
for theme in $("$program" complete -- --theme ''); do
    run 0 list --theme "$theme"
done
run 0 init "$tmp/ws"
"$program" complete -- --dump-screen '' | while read -r screen; do
    case $screen in
    check | verdict | compare) ;; # these measure
    *) "$program" --workspace "$tmp/ws" --dump-screen "$screen" >/dev/null 2>&1 || echo "$screen" ;;
    esac
done >"$tmp/out"
[ ! -s "$tmp/out" ] || wrong "no such screens"

# It never asks, nor complains where there is no course, and leaves nothing behind.
PERFCOURSE_DATADIR=/nowhere offers '' check ''
PERFCOURSE_DATADIR=/nowhere offers 'check compare cards' c
says_not err .
run 2 complete
run 2 complete check
run 0 complete -- check ''
says out '^07.1	join_names: [A-Z]'
[ ! -e "$HOME/perfcourse" ] || wrong "completion made a workspace"

# The scripts of the shells, with the same program.
PATH=$PC_BUILDDIR:$PATH
mkdir "$tmp/here" "$tmp/here/sub"
cd "$tmp/here" || exit 1
: >"sub folder.c"
: >sub.c

# shell NAME WANTED WORD...: what a script offers; it is called by the function offered_by_NAME.
shell() {
    name=$1 wanted=$2
    shift 2
    checks=$((checks + 1))
    "offered_by_$name" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    found=$(LC_ALL=C sort "$tmp/out" | tr '\n' ' ')
    [ "${found% }" = "$wanted" ] || wrong "$name: \"${found% }\", wanted \"$wanted\": $*"
    [ ! -s "$tmp/err" ] || wrong "$name complains: $*"
}

rows() {
    shell "$1" 'cards check compare' perfcourse c
    shell "$1" "$all" perfcourse check ''
    shell "$1" 'join_names' perfcourse check join
    shell "$1" '--careful --cc' perfcourse check 07.1 --c
    shell "$1" 'dark' perfcourse --theme d
    shell "$1" 'home' perfcourse --dump-screen ho
    shell "$1" '' perfcourse check 09
    shell "$1" '' perfcourse nothing ''
}

# readline breaks words at "=", and takes the candidate for what is behind it.
# shellcheck disable=SC2016,SC2317
offered_by_bash() {
    bash --norc -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        complete -p perfcourse >/dev/null && _perfcourse perfcourse "${COMP_WORDS[COMP_CWORD]}"
        [ ${#COMPREPLY[@]} = 0 ] || printf "%s\n" "${COMPREPLY[@]}"' \
        bash "$PC_SRCDIR/completions/bash/perfcourse" "$@"
}
if command -v bash >/dev/null; then
    rows bash
    shell bash 'dark' perfcourse --theme = d
    shell bash 'dark light mono plain' perfcourse list --theme =
    shell bash 'starter sub sub folder.c sub.c' perfcourse check --use = s
    shell bash 'sub sub folder.c sub.c' perfcourse import su
    shell bash 'sub' perfcourse init ''
    shell bash "$all" "$PC_BUILDDIR/perfcourse" check ''
else
    echo "skipped: bash is missing"
fi

# zsh's own functions are replaced: they work only while somebody types.
# shellcheck disable=SC2016,SC2317
offered_by_zsh() {
    zsh -f -c 'fpath=("$1" $fpath); shift; words=("$@"); CURRENT=$#; PREFIX=$words[CURRENT]
        _describe() { print -l -- "${(@)${(P@)4}%%:*}" }
        _files() { print -r -- "files $*" }
        compset() { PREFIX=${PREFIX#*=} }
        autoload -Uz _perfcourse && _perfcourse; true' \
        zsh "$PC_SRCDIR/completions/zsh" "$@"
}
if command -v zsh >/dev/null; then
    rows zsh
    shell zsh '--theme=dark' perfcourse --theme=d
    shell zsh 'files  starter' perfcourse check --use s
    shell zsh 'files -/' perfcourse init ''
else
    echo "skipped: zsh is missing"
fi

# fish completes a line, and tells what each candidate is.
# shellcheck disable=SC2016,SC2317
offered_by_fish() {
    fish --no-config -c 'source $argv[1]; complete -C "$argv[2..-1]" | string replace -r "\t.*" ""' \
        "$PC_SRCDIR/completions/fish/perfcourse.fish" "$@"
}
if command -v fish >/dev/null; then
    rows fish
    shell fish '--theme=dark' perfcourse --theme=d
    shell fish 'starter sub folder.c sub.c sub/' perfcourse check --use s
    shell fish 'sub/' perfcourse init ''
else
    echo "skipped: fish is missing"
fi

finish
