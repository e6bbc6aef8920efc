return {
    title = "Big O and hotspots",
    exercises = {
        {
            name = "mask_digits",
            title = "Blacken the digits in one walk",
            level = "warm-up",
            story = [[
A chat server keeps transcripts, and for privacy every digit in them is blackened before one is
stored. For short messages that took no time at all. Since people have begun to paste whole log
files, one message keeps the server busy for a second.

mask_digits() is eight lines long, and looks as if it went over the text once. Find the second
loop in it.]],
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
The loop was never slow. What was slow stood in its condition, three letters long and without
braces: a second loop, run once for each character. Together they look at n * n / 2 bytes or so.

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
Everybody is compared with everybody: n * (n - 1) / 2 times when all are different. What order of
the list would put equal badges next to each other, so that each is compared with one neighbour
only?]],
                [[
The list is not yours to sort, but you may allocate a copy, and qsort() it. Count the places where
a badge differs from the one before, and mind n = 0. Compare with < and >: the difference of two
badges does not fit into an int.]],
                [[
For gold remember what was seen in a table: a power of two of slots, at least 2 n, all zero
(calloc). Multiply the badge by a large odd number, take upper bits as the first slot, and go on to
the next slot until there is the badge or nothing. Badge 0 looks like an empty slot, so keep a flag
for it.]],
            },
            afterword = [[
There were three laws to choose from. Looking through all that came before takes n^2 steps. Sorting
takes n log n, and a copy. A hash table takes n steps, a table of twice the size, and a hash function
that spreads: regular badges and a careless one bring n^2 back, only better hidden.

What you bought speed with is memory. It is a common bargain, and it has a price list: the sort
asked for one copy, or two with the one that qsort() makes for itself; the table for two to four
slots per badge.

And yet the loop you replaced is no mistake in itself. The experiment `Three ways to count` shows
where the lines cross: for a handful of badges nothing beats it.]],
        },
        {
            name = "gust_window",
            title = "The strongest gust of each window",
            level = "core",
            story = [[
A weather station publishes the strongest gust of the last w readings, anew with each reading. In
the valley w is 10, and the program was never noticed. The stations on the ridge use w = 4096 and
cannot keep up with the wind.

This time the number of readings is not what hurts: they come at the same pace everywhere. The
size to watch is w, and it is what the check varies.]],
            hints = {
                [[
Two neighbouring windows have w - 1 readings in common. What does the program already know when
it moves on by one, and throws away?]],
                [[
Remembering the maximum alone helps as long as it stays in the window. When it leaves, who is next?
While the wind dies down the maximum leaves every time, and that is what the check tries. So look at
who can never be next: a reading that is older than another one and no larger.]],
                [[
Keep the places of the others in a queue; their values fall from front to back. For each new reading:
drop places from the back while their value is not larger, add the new place, drop the front when it
has left the window. The front is the answer. For gold do without a queue: cut the series into blocks
of w; each window is the end of one block and the beginning of the next.]],
            },
            afterword = [[
The inner loop is still there: it drops places from the back, sometimes many at a time. But each place
enters once, and so it can leave only once. Over the whole series that makes n entries and at most n
exits, whatever w is. To count what can happen in all, instead of what can happen in one round, is
called amortised analysis; a buffer that doubles is another case of it.

The half-way solution, to look again only when the maximum leaves, is worth remembering too. On
ordinary wind it is excellent. On a wind that dies down it does all the work of the starter. Which data
make it slow is a question about your algorithm, not about your luck: ask it before your users do.

For gold, `prefix` and `suffix` maxima of blocks do the same with two walks, without memory of their
own, and nearly without branches that a processor could guess wrong (van Herk, and Gil and Werman,
1992 and 1993). And the best of all may be none of them: for w = 8 the two loops of the starter are hard
to beat.]],
        },
    },
}
