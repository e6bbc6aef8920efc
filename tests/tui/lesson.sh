#!/bin/sh
# A lesson on the full screen: pages with search, links and an outline; the experiment with its
# predictions, live, resized, cancelled; the way on to the exercises; places in the palette.
set -u
. "${PC_SRCDIR:-.}/tests/tui/course.sh"

export PERFCOURSE_WORKSPACE="$tmp/ws"
unset BROWSER

# A small course: three pages, of which two name experiments, and what they measure is quick.
course="$tmp/course"
cp -R "$PC_SRCDIR/templates/." "$course"
cp -R "$PC_SRCDIR/checks/selfproof" "$course/checks/"
chmod -R u+w "$course"
export PERFCOURSE_DATADIR="$course"
lesson="$course/lessons/01_new_topic"
cat >"$lesson/pages/2_links.md" <<'PAGE'
# Links and words

The first needle. [A manual](https://example.org/manual), then the experiment on
[what comes late](experiment:late), and once more [a manual](https://example.org/manual).
PAGE
i=0
while [ "$i" -lt 60 ]; do
    i=$((i + 1))
    printf '\nParagraph %d of many, so that the page is longer than the screen.\n' "$i"
    [ "$i" != 30 ] || printf '\nThe second needle, in the middle.\n'
done >>"$lesson/pages/2_links.md"
printf '# The last page\n\nNo links here.\n' >"$lesson/pages/3_last.md"
sed -e 's|"pages/1_begin.md"|&, "pages/2_links.md", "pages/3_last.md"|' \
    -e '/^    experiments = {/r /dev/stdin' "$lesson/lesson.lua" >"$tmp/lesson.lua" <<'LUA'
        late = {
            title = "What comes late",
            question = "Does a long measurement end?",
            run = function(x)
                local p = x:predict {
                    question = "Which is right?",
                    choices = {"one", "two", "three", "four", "five", "six"},
                    answer = 6, why = "It was the last one.",
                }
                x:point("steps", 1, 10, 9, 11)
                x:point("steps", 2, 20, 19, 21)
                x:point("steps", 4, 40, 39, 41)
                x:slope("steps")
                x:note("This was prediction " .. p)
                for i = 1, 200 do
                    x:measure {file = "experiments/grow.c", bench = "walk", n = 1000 * i}
                end
            end,
        },
LUA
cp "$tmp/lesson.lua" "$lesson/lesson.lua"
"$PC_BUILDDIR/perfcourse" init "$tmp/ws" >/dev/null || exit 1

gone() {
    checks=$((checks + 1))
    screen | grep -q -e "$1" && wrong "still shows $1"
}

begin "search and links of a page" 80 24
run "$PC_BUILDDIR/perfcourse"
wait_for '0 of 1 passed'
send j j Enter
wait_for 'page 2 of 3'
wait_for 'The first needle'
send /
wait_for 'Enter find'
send -l 'second needle'
wait_for '^ / second needle'
send Enter
wait_for 'The second needle'
wait_for '? help'
gone 'The first needle'
send Escape
wait_for 'The first needle'
send / && send -l 'needle' && send Enter
wait_for '? help'
send n
wait_for 'The second needle'
send n
wait_for 'on from its beginning'
wait_for 'The first needle'
send N
wait_for 'on from the end of the text'
send / && send -l 'no such words' && send Enter
wait_for 'no match for "no such words"'
wait_for 'The second needle'
send Escape
wait_for 'The first needle'

send o
wait_for '1 A manual .*https://example.org/manual'
wait_for '2 what comes late .*experiment:late'
send y
wait_for 'copied 26 bytes'
is "the clipboard" https://example.org/manual "$(t show-buffer)"
send Escape
wait_for 'e exercise'
send Tab Enter
wait_for 'copied https://example.org/manual'
send y
wait_for 'copied [0-9]* bytes'
is "the page in the clipboard" 1 "$(t show-buffer | grep -c 'The first needle')"

# The page names an experiment; Shift-Tab goes back to the link before.
send Tab BTab Tab Enter
wait_for '01 › What comes late'
wait_for 'Predict: Which is right?'
wait_for '6  six'

# What is drawn fits any size, and what was answered is scored.
t resize-window -x 40 -y 10
wait_for '? help'
wait_for 'Predict: Which is right?'
t resize-window -x 100 -y 30
wait_for 'Does a long measurement end'
send 6
wait_for 'Right: you predicted "six"'
wait_for 'It was the last one'
wait_for 'steps 1.00'
wait_for 'This was prediction 1'
wait_for 'timing walk'
wait_for 'measuring$'
send t
wait_for '10.0 ns .10 %'
t resize-window -x 40 -y 10
wait_for '10.0 ns'
t resize-window -x 80 -y 24
wait_for '3 points   measuring$'
send t
wait_for 'log-log'
send a
wait_for 'linear'
send -- '-'
wait_for '20 ns'
gone '40 ns$'
send u
send C-c
wait_for 'cancelled$'
wait_for 'steps 1.00'
is "the pane" 1 "$(t display -p '#{alternate_on}')"

# The first answer counts, and is told.
send r
wait_for 'You have said before: "six"'
send 1
wait_for 'You predicted "one"; it is "six"'
wait_for 'first answer counts, and was right'
send q
wait_for 'cancelled: an experiment is measured only while it is shown'
wait_for 'page 2 of 3'

# x runs the experiment that the page names; another page names none, so the first one.
send x
wait_for 'What comes late'
send q
wait_for 'page 2 of 3'
send l
wait_for 'page 3 of 3'
send G x
wait_for 'What comes late'
send q
wait_for 'page 3 of 3'

# An experiment to its end, without a prediction; Enter goes on.
send ':'
wait_for 'matches'
send -l 'walk over memory'
wait_for 'How does a walk over memory grow. *experiment'
send Enter
wait_for 'Predict: From 1 000'
send Enter
wait_long 'done$'
wait_for 'You did not predict'
wait_for 'walk -*[0-9.]* '
send y
wait_for 'copied [0-9]* bytes'
is "the report" 1 "$(t show-buffer | grep -c '^numbers 100 000: walk ')"
send Enter
wait_for 'page 3 of 3'

# Behind the last page comes the exercise; pages and exercises are found by their titles.
send Enter
wait_for '01.1 new_exercise'
send q
wait_for 'page 3 of 3'
send ':'
wait_for 'matches'
send -l 'links and'
wait_for '01 › 2 Links and words *page'
send Enter
wait_for 'page 2 of 3'
send q q
wait_for '0 of 1 passed'

# The list and the exercise are searched in the same way.
send g / && send -l 'new_ex' && send Enter
wait_for '▸ *○ 01.1'
send / && send -l 'LAST' && send Enter
wait_for 'no match for "LAST"'
send / && send -l 'last' && send Enter
wait_for 'on from its beginning'
wait_for '▸ .*The last page'
send Escape
wait_for '▸ *01 New topic'
send G k Enter
wait_for '01.1 new_exercise'
send / && send -l 'sorted' && send Enter
wait_for '? help'
send / && send -l 'sort of' && send Enter
wait_for 'no match for "sort of"'
send x
wait_for '01 › What comes late'
send q
wait_for '01.1 new_exercise'
send q
wait_for '0 of 1 passed'
is "pages whose end was seen" 1 "$(screen | grep -c '· ')"
send q
wait_for 'ended with 0'

# A browser gets the terminal; its arguments are its own.
cat >"$tmp/browser" <<'SH'
#!/bin/sh
echo "$#: $*" >>"$LOG"
exit 3
SH
chmod +x "$tmp/browser"
begin "the browser" 80 24
run "LOG='$tmp/log' BROWSER='$tmp/browser -x' $PC_BUILDDIR/perfcourse"
wait_for '0 of 1 passed'
send j j Enter
wait_for 'page 2 of 3'
send o
wait_for 'https://example.org/manual'
send Enter
wait_for 'the browser ended with status 3'
is "what the browser got" '2: -x https://example.org/manual' "$(cat "$tmp/log")"
send Q
wait_for 'ended with 0'

begin "the outline" 120 40
run "$PC_BUILDDIR/perfcourse"
wait_for '0 of 1 passed'
send j Enter
wait_for '▸ 1 Work that nobody asked'
wait_for '  2 Links and words'
wait_for '○ 01.1 new_exercise'
send l
wait_for '✓ 1 Work that nobody asked'
wait_for '▸ 2 Links and words'
send G
wait_for 'Paragraph 60'
top=$(screen | grep -o 'Paragraph [0-9]*' | head -n 1)
t resize-window -x 80 -y 24
wait_for 'page 2 of 3'
gone 'new_exercise'
is "the top" "$top" "$(screen | grep -o 'Paragraph [0-9]*' | head -n 1)"
send Q
wait_for 'ended with 0'

# What is passed is passed over.
cp "$course/checks/01_new_topic/new_exercise/reference.c" \
    "$tmp/ws/01_new_topic/new_exercise/new_exercise.c"
"$PC_BUILDDIR/perfcourse" check 01.1 --careful >"$tmp/check.txt" || cat "$tmp/check.txt"
begin "when all exercises are passed" 80 24
run "$PC_BUILDDIR/perfcourse"
wait_for '1 of 1 passed'
send j j j Enter
wait_for 'page 3 of 3'
gone 'e exercise'
send e l
wait_for 'How many comparisons'
send q
wait_for 'page 3 of 3'
send Q
wait_for 'ended with 0'

begin "ASCII" 80 24
run "LC_ALL=C $PC_BUILDDIR/perfcourse"
wait_for '1 of 1 passed'
send j j Enter
wait_for 'page 2 of 3'
send x
wait_for '01 > What comes late'
send 6
wait_for '\[x\] Right'
is "bytes beyond ASCII" 0 "$(LC_ALL=C grep -c -a "$(printf '[\200-\377]')" "$raw")"
send Q
wait_for 'ended with 0'

finish
