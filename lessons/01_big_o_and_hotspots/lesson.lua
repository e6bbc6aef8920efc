-- Measure `bench` at each of the sizes; gives its times by size, each divided by n if `each`.
local function measure_series(x, file, name, bench, sizes, each)
    local times = {}
    for _, n in ipairs(sizes) do
        local ns, low, high = x:measure {
            file = "experiments/" .. file, bench = bench, n = n, budget = 80,
        }
        local items = each and n or 1
        x:point(name, n, ns / items, low / items, high / items)
        times[n] = ns / items
    end
    return times
end

-- The place of the largest of the numbers, or of the smallest.
local function largest(list)
    local at = 1
    for i, value in ipairs(list) do
        if value > list[at] then at = i end
    end
    return at
end

local function smallest(list)
    local at = 1
    for i, value in ipairs(list) do
        if value < list[at] then at = i end
    end
    return at
end

-- The first of the sizes at which `one` takes less time than `other`, in words.
local function overtakes(sizes, one, other)
    for _, n in ipairs(sizes) do
        if one[n] < other[n] then return tostring(n) end
    end
    return "more than " .. sizes[#sizes]
end

local stages = {
    {name = "parse the lines", bench = "parse"},
    {name = "checksums, bit by bit", bench = "check"},
    {name = "find twins", bench = "find_twins"},
    {name = "add up the zones", bench = "add_up"},
}

-- The times of all stages for n parcels, for one parcel each.
local function stage_times(x, n)
    local times, all = {}, 0
    for i, stage in ipairs(stages) do
        times[i] = measure_series(x, "parcels.c", stage.name, stage.bench, {n}, true)[n]
        all = all + times[i]
    end
    return times, all
end

return {
    title = "Big O and hotspots",
    pages = {
        "pages/1_find_it_first.md",
        "pages/2_the_loop_in_the_condition.md",
        "pages/3_growth_not_speed.md",
        "pages/4_the_cap_of_amdahl.md",
        "pages/5_when_n_squared_wins.md",
    },
    essence = {
        "Measure before you touch: the slow part is hardly ever the ugly one.",
        "Profile at the size that matters: the hotspot for 100 items is not that for 10 000.",
        "A hotspot is where the time goes, not the longest function nor the most called one.",
        "Making a stage with share p faster gains at most 1 / (1 - p). Compute that first.",
        "Double n and watch the factor: 2 is n, a bit more n log n, 4 is n^2; 2^n is squared.",
        "Look for work that is in a loop but does not change there: take it out by hand.",
        "The same question again and again: remember the answer, in a table or in one row of it.",
        "Neighbouring windows share nearly all: keep the candidates, throw away who cannot win.",
        "Try the data that hurt: falling, all equal, all different. Random data flatter you.",
        "For a few dozen items a plain loop is hard to beat. Measure where the lines cross.",
    },
    exercises = {
        {
            name = "mask_digits",
            title = "Blacken the digits in one walk",
            experiment = "condition",
            level = "warm-up",
            story = [[
A chat server keeps transcripts, and for privacy every digit in them is blackened before one is
stored. For short messages that took no time at all. Since people have begun to paste whole log
files, one message keeps the server busy for a second.

mask_digits() has one loop, and looks as if it went over the text once. Find the second loop in
it.]],
            hints = {
                [[
Double the text: by what factor does the time grow? `perfcourse bench mask_digits` shows it for
500, 2000 and 8000 characters. If four times the text took four times as long, you would have
nothing to do here.]],
                [[
The condition of a loop is computed again for every round. What does strlen() have to do to
answer, and how often is it asked? The compiler must not ask only once: the body writes to the
text, and for all it knows it may have written a NUL.]],
                [[
Either take the length once, before the loop; or let the NUL itself end the loop:
for (char *p = text; *p; p++). For gold take eight or sixteen bytes in one step: with SSE2,
_mm_cmpgt_epi8() twice tells which are digits, _mm_movemask_epi8() and a popcount count them,
and the last few bytes are left to the plain loop.]],
            },
            afterword = [[
The loop was never slow. What was slow stood in its condition, without braces and so easily
overlooked: a second loop, run through all of the text, once for each character. For n characters
that makes n * n bytes to look at.

A compiler may take a call out of a loop when it can prove that the answer stays the same. For
strlen() gcc and clang can do that, as long as nothing in the loop writes to memory that might
be the text. Here the very next line does. So do not rely on it: what does not change in a loop,
compute before the loop. Or, better still, do not need it.

`perfcourse bench mask_digits --growth` shows your times from 500 to 8000 characters. Twice the
text now takes twice as long, where the starter needs nearly four times as long.]],
        },
        {
            name = "unique_visitors",
            title = "Count visitors before the doors open",
            experiment = "count",
            level = "core",
            story = [[
A museum wants to know how many different people came through its doors. Each badge leaves a
number, every night the numbers are counted, and a badge that was seen before does not count
again. After a normal day the report takes a moment. After the first day with free entry it had
not finished when the doors opened again.

For each badge the program looks through all badges before it. That is how one would count by
hand, and for twenty badges nothing is faster. Make it fit for a day with many.]],
            hints = {
                [[
Everybody is compared with everybody: n * (n - 1) / 2 times when all are different. What order
of the list would put equal badges next to each other, so that each is compared with one
neighbour only?]],
                [[
The list is not yours to sort, but you may allocate a copy, and qsort() it. Count the places
where a badge differs from the one before, and mind n = 0. Compare with < and >: the difference
of two badges does not fit into an int.]],
                [[
For gold remember what was seen in a table: a power of two of slots, at least 2 n, all zero
(calloc). Multiply the badge by a large odd number, take upper bits as the first slot, and go on
to the next slot until there is the badge or nothing. Badge 0 looks like an empty slot, so keep
a flag for it.]],
            },
            afterword = [[
There were three laws to choose from. Looking through all that came before takes n^2 steps.
Sorting takes n log n, and a copy. A hash table takes n steps, a table of twice the size, and a
hash function that spreads: regular badges and a careless one bring n^2 back, only better
hidden.

What you bought speed with is memory. It is a common bargain, and it has a price list: the sort
asked for one copy, or two with the one that qsort() makes for itself; the table for two to four
slots per badge.

And yet the loop you replaced is no mistake in itself. The experiment `Three ways to count`
shows where the lines cross: for a handful of badges nothing beats it.]],
        },
        {
            name = "gust_window",
            title = "The strongest gust of each window",
            experiment = "gusts",
            level = "core",
            story = [[
A weather station publishes the strongest gust of the last w readings, anew with each reading.
In the valley w is 10, and the program was never noticed. The stations on the ridge use w = 4096
and cannot keep up with the wind.

This time the number of readings is not what hurts: they come at the same pace everywhere. The
size to watch is w, and it is what the check varies: on any wind for the speed-up, on a wind that
dies down for the growth.]],
            hints = {
                [[
Two neighbouring windows have w - 1 readings in common. What does the program already know when
it moves on by one, and throws away?]],
                [[
Remembering the maximum alone helps as long as it stays in the window. When it leaves, who is
next? While the wind dies down the maximum leaves every time, and that is what the check tries.
So look at who can never be next: a reading that is older than another one and no larger.]],
                [[
Keep the places of the others in a queue; their values fall from front to back. For each new
reading: drop places from the back while their value is not larger, add the new place, drop the
front when it has left the window. The front is the answer. For gold do without a queue: cut the
series into blocks of w; each window is the end of one block and the beginning of the next.]],
            },
            afterword = [[
The inner loop is still there: it drops places from the back, sometimes many at a time. But each
place enters once, and so it can leave only once. Over the whole series that makes n entries and
at most n exits, whatever w is. To count what can happen in all, instead of what can happen in
one round, is called amortised analysis; a buffer that doubles is another case of it.

The half-way solution, to look again only when the maximum leaves, is worth remembering too. On
ordinary wind it is excellent. On a wind that dies down it does all the work of the starter.
Which data make it slow is a question about your algorithm, not about your luck: ask it before
your users do.

For gold, `prefix` and `suffix` maxima of blocks do the same with two walks, without memory of
their own, and nearly without branches that a processor could guess wrong (van Herk, and Gil and
Werman, 1992 and 1993). And the best of all may be none of them: for w = 8 the two loops of the
starter are hard to beat.]],
        },
        {
            name = "maze_paths",
            title = "All ways through a maze",
            level = "core",
            story = [[
A site for puzzles prints below each maze how many ways lead through it, when every step goes
right or down. For a maze of 12 by 12 cells the number appears at once. For one of 16 by 16 the
page takes half a second. Somebody drew one of 26 by 26 on a Friday, and on Monday it was still
loading.

The program is a few lines long, it is right, and there is nothing slow in it. It does not even
look at a cell for longer than a few nanoseconds. Why does it take so long, and what would you
do if you had to count the ways with a pencil?]],
            hints = {
                [[
Take a maze of 3 by 3 cells without walls, and count how often from() is asked about the cell in
the middle, and how often about the last one. Now imagine 12 by 12. How many different questions
are there, and how many are asked?]],
                [[
The answer for a cell never changes while one maze is counted. Where could from() leave it for
the next one who asks? Mind two things: the next maze has other answers; and 0 is an answer too,
so it cannot mean "not known yet". The check has mazes that are full of dead ends.]],
                [[
Turn it round, and no question is asked twice: the number of ways that lead to a cell is the
number for the cell on the left plus that for the cell above, and 0 for a wall. Go row by row.
For gold see that only the row above is ever needed: one row of numbers, in which each number is
replaced when its column has been passed.]],
            },
            afterword = [[
From cell to cell the ways multiply, so counting them one by one takes time like 2^n: one row
and one column more, and it takes almost four times as long. There are only w * h different
questions. To keep the answers (that is memoization), or to compute them in an order in which
each one is there when it is needed (dynamic programming), turns the one number into the other.
No faster machine, language or compiler would have got you there.

The sign to look for is a function that calls itself more than once with parts that overlap.
Cutting in halves that do not overlap, as merging does, is fine without any memory.

And a memory needs the two things the hints named: somebody who clears it, and a value for "not
known". In many caches the one or the other is missing. With 0 for "not known" this one would
have passed every test of its results, and stood still again in a maze that is all dead ends.

In Python `functools.cache` above the function does it, up to the depth that recursion may have
there; in Go it is a map or a slice, cleared by hand as in C.]],
        },
        {
            name = "log_summary",
            title = "Name the hotspot, then fix it",
            level = "core",
            story = [[
Every evening a web site reports its ten most wanted pages. The report goes through the log line
by line: parse_line takes a line apart, normalize makes a page out of a path, find_entry looks
for the page among those it has seen, and pick_top chooses the ten at the end.

It has become slow, and everybody in the office has a suspect. The parser goes through each line
character by character, and it is ugly. normalize copies, again by single characters. find_entry
allocates memory in small steps. pick_top goes through everything ten times, in two nested
loops.

There is time to fix one of them. So this exercise has two answers: first the name of the
function in which the time is spent, in the constant log_summary_hotspot at the top of the file;
then the fix. The check takes a profile of the kernel you got, and compares.]],
            hints = {
                [[
Do not read, look: `perfcourse profile log_summary --use starter`, or the key p on the
exercise's page as long as the file is as you got it. The function in the first row is the name
to write between the quotes of log_summary_hotspot, without brackets.]],
                [[
How many pages does find_entry compare before it is sure that a page is a new one? The log of a
busier day has more lines, and more pages, too. The memory in small steps, by the way, is a
decoy: how often does realloc() run, and how often strcmp()?]],
                [[
Hash the page (FNV-1a: for each character hash = (hash ^ c) * 16777619, from 2166136261), and
keep an index beside the entries: a power of two of slots, at least twice as many as there are
entries, each the number of an entry plus one, or 0. Look from slot hash % slots onwards until
there is the page or a 0. When the entries grow, make the index anew. For gold hash eight bytes
at a time, compute it once for each line, and keep it in the slots, so that growing and most
comparisons need no page.]],
            },
            afterword = [[
Look at the profile of your kernel now: `perfcourse profile log_summary`. parse_line is at the
top, and suddenly it is the ugly parser's turn. It has not become any slower. When the greatest
share goes, all the others grow; that is why one measures again after each change.

Could you have begun with it? Amdahl's cap says what for. A parser that takes one part in ten of
the time, made free of charge, makes the whole 1.11 times as fast. And the nested loops that
looked worst, ten times through all pages, are a fraction of a percent: ten is not much of an n.
What kills is the loop that is not written as one: find_entry is called for each line, and walks
over all pages.

Guesses were free here because the names were known. In a program of a hundred files nobody has
the right suspect among the first four.]],
        },
        {
            name = "taste_distance",
            title = "How far apart are two tastes?",
            level = "stretch",
            story = [[
A music service introduces people to each other whose tastes agree. Two friends rank the same
songs; their distance is the number of pairs of songs that they put in different order. For the
hundred favourites of two people that is nothing. Now the distance is to be computed over whole
collections, and with ten thousand songs each pair of friends costs the time of fifty million
pairs of songs.

The starter is neat already. It sorts the songs of the one by the taste of the other by swapping
neighbours, and counts the swaps: each swap sets one pair right. Only, it really makes all of
them.]],
            hints = {
                [[
A pair is counted where a sort puts it right. Sorting by swapping neighbours is the slowest sort
there is. Which sorts do you know that need n log n steps, and can you see in one of them which
pairs it puts right?]],
                [[
Merge sort: two halves are sorted already, and are merged by taking the smaller of the two first
songs. When you take one from the left half, no pair of it with the right half was wrong that
has not been counted. When you take one from the right half: which songs does it pass?]],
                [[
It passes all that are left of the left half, and makes a pair with each: add their number. Of
equal ranks take the left one first, for these must not count. The answer needs 64 bits: 100000
songs have five billion pairs. For gold do not merge from single songs: sort groups of eight or
so as the starter does, and merge without an if that the processor has to guess.]],
            },
            afterword = [[
You have counted up to n * (n - 1) / 2 pairs in n log n steps. That works because they are
counted in bundles: when a song passes 500 others, 500 is added, and nobody looks at the 500. To
look for the bundle is what remains to be done when each single step is as cheap as it can be.

The answer rides on a sort that would have been there anyway. The same trick finds, on the way
through a merge, the nearest pair of points, the sum of all differences, or how many later
prices are lower.

In statistics this distance is Kendall's (1938), and the way to count it by merging is Knight's
(1966). There is another way with a tree of sums that needs no sort but the numbering of ranks;
it is as good, and it too asks n times for a sum of many. A third one passes as well, though it
is not n log n: find the place of each song by halving, and move the rest with memmove(). Memory
moves so fast that its n^2 shows only in lists that are far longer.]],
        },
    },
    experiments = {
        parcels = {
            title = "Where does the evening report spend its time?",
            question = [[
Four stages: parse the lines, a checksum of each, bit by bit, a search for numbers that occur
twice, and the weight of each of twenty zones. Which one would you make faster?]],
            x = "parcels",
            y = "time of one parcel",
            run = function(x)
                local names = {}
                for i, stage in ipairs(stages) do
                    names[i] = stage.name
                end
                local few = x:predict {
                    question = "For 100 parcels, which stage takes most of the time?",
                    choices = names,
                }
                local many = x:predict {
                    question = "And for 10 000 parcels?",
                    choices = names,
                }
                local gain = x:predict {
                    question = "Somebody makes the checksums cost nothing. By how much is the "
                        .. "report of 10 000 parcels faster then?",
                    choices = {"1.1 times", "2 times", "5 times"},
                    values = {1.1, 2, 5},
                }
                local at, all = {}, {}
                for _, n in ipairs {100, 300, 1000, 3000, 10000} do
                    at[n], all[n] = stage_times(x, n)
                end
                x:answer(few, largest(at[100]), "Each bit is looked at by itself, and there are "
                    .. "more than a hundred in a line.")
                x:slope(stages[3].name, 3)
                x:answer(many, largest(at[10000]), "Each number is compared with all before it, "
                    .. "so a parcel costs more the more there are. The other lines are level.")
                local check, twins = at[10000][2], at[10000][3]
                x:answer(gain, all[10000] / (all[10000] - check),
                    "A stage cannot give back more than it takes.")
                local profile = x:profile {
                    file = "experiments/parcels.c", bench = "whole", n = 10000,
                }
                x:show(profile, {rows = 3, title = "A profile of the whole, which nobody has "
                    .. "cut into stages"})
                local before = x:measure {
                    file = "experiments/parcels.c", bench = "whole", n = 10000,
                }
                local after = x:measure {
                    file = "experiments/parcels.c", bench = "whole_hashed", n = 10000,
                }
                x:note(("Of the time for 10 000 parcels the search for twins takes %.0f %%, the "
                    .. "checksums take %.0f %%. Checksums for nothing: %.2f times as fast. No "
                    .. "search at all: at most %.1f times. A search with a hash table, measured: "
                    .. "%.1f times."):format(100 * twins / all[10000], 100 * check / all[10000],
                    all[10000] / (all[10000] - check), all[10000] / (all[10000] - twins),
                    before / after))
                x:note("Whoever guesses repairs the checksums, since they look slow and are, in a "
                    .. "test with 100 parcels. That guess costs an afternoon, and the report is "
                    .. "as late as before.")
            end,
        },
        condition = {
            title = "What a condition costs",
            question = [[
A loop goes over a text: for (i = 0; i < strlen(text); i++). Is the length looked for once, or
once for each character? Does it matter whether the loop writes to the text?]],
            x = "characters",
            y = "time of one character",
            run = function(x)
                local reads = x:predict {
                    question = "The loop only reads. How much longer does one character take in a "
                        .. "text of 8000 than in one of 500?",
                    choices = {"as long", "about 4 times", "about 16 times"},
                    values = {1, 4, 16},
                }
                local writes = x:predict {
                    question = "And when it writes a '_' where it finds a space?",
                    choices = {"as long", "about 10 times", "about 100 times"},
                    values = {1, 10, 100},
                }
                local sizes = {500, 1000, 2000, 4000, 8000}
                local function measure(name, bench)
                    return measure_series(x, "condition.c", name, bench, sizes, true)
                end
                local written = measure("strlen, writes too", "writes_too")
                x:answer(writes, written[8000] / written[500], "What is written could be a NUL, so "
                    .. "the length must be looked for again, through all of the text.")
                local read = measure("strlen, only reads", "reads_only")
                x:answer(reads, read[8000] / read[500], "Nothing is written, so the length stays: "
                    .. "the compiler asks once and keeps the answer.")
                local once = measure("length asked once", "asks_once")
                local nul = measure("until the NUL", "stops_at_nul")
                x:slope("strlen, writes too", 3)
                x:slope("until the NUL", 3)
                x:note(("The mistake and its price: with 8000 characters strlen() in the condition "
                    .. "makes the loop %.0f times as slow as asking once, and %.0f times as slow "
                    .. "as looking for the NUL on the way."):format(written[8000] / once[8000],
                    written[8000] / nul[8000]))
            end,
        },
        count = {
            title = "Three ways to count",
            question = [[
How many of n values are different? Look through all that came before; or sort a copy and
compare neighbours; or remember them in a hash table. Which is fastest, and for which n?]],
            x = "values",
            y = "time of one count",
            run = function(x)
                local growth = x:predict {
                    question = "The nested loop: from 2048 to 8192 values, how much longer does it "
                        .. "take?",
                    choices = {"4 times", "about 5 times", "16 times", "64 times"},
                    values = {4, 4.9, 16, 64},
                    why = "Four times as many values, each compared with four times as many: 4^2.",
                }
                local ways = {"nested loop", "sort a copy", "hash table"}
                local few = x:predict {
                    question = "Which is the fastest of the three for 8 values?",
                    choices = ways,
                }
                local sizes = {8, 16, 32, 64, 128, 256, 512, 2048, 8192}
                local function measure(name, bench)
                    return measure_series(x, "count.c", name, bench, sizes)
                end
                local nested = measure(ways[1], "nested")
                x:answer(growth, nested[8192] / nested[2048])
                local sorted = measure(ways[2], "sorted")
                local hashed = measure(ways[3], "hashed")
                local at8 = {nested[8], sorted[8], hashed[8]}
                x:answer(few, smallest(at8), "Twenty-eight comparisons of neighbours in memory, "
                    .. "and nothing to allocate, to sort or to hash.")
                for _, name in ipairs(ways) do
                    x:slope(name, 3)
                end
                local by_hash = overtakes(sizes, hashed, nested)
                local by_sort = overtakes(sizes, sorted, nested)
                x:note(("From about %s values on the hash table is faster than the nested loop, "
                    .. "from about %s on sorting is. With 8192 values the table is %.0f times as "
                    .. "fast as the loop and %.0f times as fast as sorting."):format(by_hash,
                    by_sort, nested[8192] / hashed[8192], sorted[8192] / hashed[8192]))
                x:note(("The opposite mistake has a price, too: for 8 values the table takes %.1f "
                    .. "times as long as the loop, sorting %.1f times. Clear code first, and more "
                    .. "than that only where a profile asks for it."):format(
                    hashed[8] / nested[8], sorted[8] / nested[8]))
            end,
        },
        gusts = {
            title = "Which data hurt?",
            question = [[
The largest value of a window of w readings that slides along. Two programs, both right: one looks
at the window again only when its maximum has left, the other keeps a queue of all that may still
become the maximum. How do they like readings that fall?]],
            x = "w",
            y = "time of one window",
            run = function(x)
                local windows = 2000
                local random = x:predict {
                    question = "Looking again, on random readings: how much longer does one window "
                        .. "take with w = 1000 than with w = 10?",
                    choices = {"no longer", "10 times", "100 times"},
                    values = {1, 10, 100},
                }
                local falling = x:predict {
                    question = "The same program, on readings that fall?",
                    choices = {"no longer", "10 times", "100 times or more"},
                    values = {1, 10, 100},
                }
                local function measure(name, bench)
                    local times = {}
                    for _, w in ipairs {10, 30, 100, 300, 1000} do
                        local ns, low, high = x:measure {
                            file = "experiments/gusts.c", bench = bench, n = w, budget = 80,
                        }
                        x:point(name, w, ns / windows, low / windows, high / windows)
                        times[w] = ns / windows
                    end
                    return times
                end
                local bad = measure("look again, falling", "look_again_falling")
                x:answer(falling, bad[1000] / bad[10], "The maximum is always the oldest reading, "
                    .. "so it leaves with each step, and all of the window is looked at again.")
                local good = measure("look again, random", "look_again_random")
                x:answer(random, good[1000] / good[10], "The maximum of w random readings stays "
                    .. "for a while, and the longer the window, the longer it stays.")
                local steady = measure("queue, random", "candidates_random")
                local queue = measure("queue, falling", "candidates_falling")
                x:slope("look again, falling", 3)
                x:slope("queue, falling", 3)
                x:note(("With w = 1000 falling readings make the first program %.0f times as slow "
                    .. "as random ones. The queue does not mind: on falling readings it is %.0f "
                    .. "times as fast. Whoever tests with random readings alone sees it take %.1f "
                    .. "times as long as the first program, and chooses the wrong one.")
                    :format(bad[1000] / good[1000], bad[1000] / queue[1000],
                        steady[1000] / good[1000]))
            end,
        },
    },
    cards = {
        {
            name = "twice_the_input",
            question = "You double n, and the time goes from 9 to 35 ms. It most likely grows as",
            choices = {"n", "n log n", "n^2", "2^n"},
            answer = 3,
            why = "35 / 9 is 3.9, nearly 2^2. With n it would be 2, with n log n a bit more.",
            proof = "count",
        },
        {
            name = "length_in_the_condition",
            question = [[
`for (i = 0; i < strlen(s); i++) s[i] = '#';` Why does the compiler not call strlen() once?]],
            choices = {
                "the body writes to s, so the length might change",
                "it never moves a call out of a loop",
                "strlen() is volatile",
                "-O2 is not enough for that, -O3 is",
            },
            answer = 1,
            why = [[
A store to a char may be the NUL of the text. Where a loop only reads, compilers do take
strlen() out.]],
            proof = "condition",
        },
        {
            name = "a_fifth_for_nothing",
            question = [[
A stage takes 20 % of the time. By how much is the whole faster when that stage costs nothing
any more?]],
            choices = {"1.2 times", "1.25 times", "2 times", "5 times"},
            answer = 2,
            why = "1 / (1 - 0.2): what is left are four fifths of the time.",
            proof = "parcels",
        },
        {
            name = "faster_than_squared",
            question = [[
Name two ways to count different values that grow more slowly than n^2, and what each of them
costs.]],
            free = true,
            answer = [[
Sort a copy and compare neighbours: n log n steps, and the memory of the copy. Or remember
values in a hash table: n steps, memory for about 2 n slots, and a hash function that spreads.]],
            why = "Both buy time with memory. The loop needs none, and so it wins for few values.",
            proof = "count",
        },
        {
            name = "twenty_values",
            question = "Is this value among those twenty? Which is usually the fastest?",
            choices = {"a hash table", "a tree", "sort, then search", "a loop over an array"},
            answer = 4,
            why = [[
No hash, no allocation, a few cache lines in a row. The lines cross at some dozens of values.]],
            proof = "count",
        },
        {
            name = "falling_window",
            question = [[
A maximum over a sliding window looks at the window again only when the maximum has left it. On
which data does it still take n times w steps?]],
            choices = {"random", "rising", "falling", "on none, that is the point of it"},
            answer = 3,
            why = [[
On falling data the maximum is always the oldest value, so it leaves with every step. Random
data would never have told you.]],
            proof = "gusts",
        },
        {
            name = "one_more_row",
            question = [[
Counting the ways through a maze of 12 x 12 takes 2.2 ms, of 13 x 13 it takes 8.4 ms. And of 20
x 20?]],
            choices = {"30 ms", "1 s", "10 s", "a minute or more"},
            answer = 4,
            why = [[
Each row more multiplies the time by 3.8. Eight of them: 2.2 ms times 3.8^8, more than a minute
and a half. A time that is multiplied when n grows by one is exponential.]],
        },
        {
            name = "learned_by_heart",
            question = [[
With sixteen lists that are used again and again, a hash table is measured to grow as n^1.6 from
256 to 4096 values. With new lists each time it is n^1.02. What was wrong with the first?]],
            choices = {
                "the processor had learned the short lists by heart",
                "the table was too small",
                "n log n looks like n^1.6",
                "sixteen lists do not fit into the cache",
            },
            answer = 1,
            why = [[
A branch predictor remembers what came last time as long as it is short. So small sizes look
faster than they are, and the line steeper. Benches of the course make their inputs anew.]],
        },
        {
            name = "what_is_a_hotspot",
            question = "What is a hotspot?",
            choices = {
                "the longest function",
                "the function that is called most often",
                "the place where most of the time is spent",
                "the deepest call",
            },
            answer = 3,
            why = "Time is what counts. A short function called once may take nearly all of it.",
            proof = "parcels",
        },
        {
            name = "what_first",
            question = [[
Interview: you have the CPU profile of a slow service before you. How do you decide what to
change?]],
            free = true,
            answer = [[
Look at the top rows by their own time, and at who calls them. Take the largest share first, and
compute what it can give: 1 / (1 - share). Change one thing, measure again, and stop when the
rest is flat or the service is fast enough.]],
            why = [[
A repair cannot give back more than its share, so the order is that of the shares. Often it is
conversion of data, or searches, and not the code that looks clever.]],
            proof = "parcels",
        },
        {
            name = "array_or_table",
            question = [[
Interview: how do you choose between an array that is searched from the beginning and a hash
table?]],
            free = true,
            answer = [[
By how many there will be, and by measuring. A few dozen: the array, as there is no hash, no
allocation and memory is read in a row. Many, or nobody knows: the table. Small dense numbers as
keys: an array indexed by the key beats both.]],
            why = "n steps of a fraction of a nanosecond against one step of several. They cross.",
            proof = "count",
        },
    },
}
