-- Measure `bench` of a file at each size; gives the times of one of the n things.
local function measure_series(x, name, file, bench, sizes)
    local times = {}
    for _, n in ipairs(sizes) do
        local ns, low, high = x:measure {
            file = "experiments/" .. file, bench = bench, n = n, budget = 90,
        }
        x:point(name, n, ns / n, low / n, high / n)
        times[n] = ns / n
    end
    return times
end

return {
    title = "Benchmarks",
    pages = {
        "pages/1_anatomy.md",
        "pages/2_what_is_deleted.md",
        "pages/3_what_else_is_timed.md",
        "pages/4_in_turns.md",
        "pages/5_is_it_faster.md",
        "pages/6_threads.md",
    },
    essence = {
        "The runner chooses N; your loop does exactly N equal operations.",
        "A result nobody looks at is not computed: bench_keep() it, and no constant inputs.",
        "Set-up stands before the loop; each iteration begins in the same state.",
        "Fresh inputs: a processor learns thousands of decisions by heart.",
        "One call, timed by hand, is the clock and a cold cache: batch it, drop the first.",
        "allocs/op and B/op are counted: no noise, so read that column first.",
        "Rivals run in turns, in short batches, timed by the processor's clock.",
        "Ten runs and ranks, not means; \"cannot tell\" is an answer.",
        "Give your method the same program twice: what it sees then is its own error.",
        "With threads, hand out iterations in shares: the loop must cost less than the work.",
    },
    exercises = {
        {
            name = "keep_alive",
            title = "A benchmark that measures something",
            level = "warm-up",
            experiment = "deleted",
            story = [[
A colleague has written a checksum and asks for a medal: a thousand bytes in a third of a
nanosecond. He has a benchmark that says so, and it is short enough to be read aloud. There is
nothing in it that is plainly wrong.

The checksum is fine. What is measured is something else. Repair the benchmark, so that it
reports what a checksum really takes.

Here the check judges a benchmark, and knows the truth. It counts in how many iterations the
checksum was computed (sums/op), and divides what is reported by what is true (report/truth).]],
            hints = {
                [[
A processor does a few operations in a nanosecond, and a thousand bytes are a thousand of them.
So the loop over the bytes did not run. Who could have taken it out, and was that allowed?]],
                [[
Who looks at the answer of ring_sum()? If nobody does, the program behaves the same without the
call, and a compiler that notices may leave it out. Adding the answers up does not help when
nobody looks at the sum.]],
                [[
perfbench.h has a macro for it: bench_keep(x) makes the compiler believe that x is used. Keep
what comes out: bench_keep(ring_sum(p, n)). Keeping what goes in makes p and n look used, and
not the checksum.]],
            },
            afterword = [[
A compiler promises that the program behaves as written. How long it takes is not part of the
behaviour, and a result that nobody sees is not, either. So it may remove the call, and
everything that is done for it. Your own programs profit from this each day; benchmarks are the
only ones that do nothing on purpose.

bench_keep() is an empty machine instruction which claims to read its argument and to touch
memory. It costs nothing, and compilers cannot look into it. Writing to a volatile variable
does the same for a nanosecond. Switching the optimiser off does not: then you measure a program
that nobody ships.

Adding up the answers and keeping the sum behind the loop measures the truth today, too. It is
luck of a kind: a compiler may find out that all answers are equal, and compute one. Keep each
of them. And when a benchmark says 0.3 ns, or 0, do not ask who was so fast. Ask what is left.]],
        },
        {
            name = "fresh_input",
            title = "A sort that sorts",
            level = "warm-up",
            experiment = "memory",
            story = [[
Since last night the sort is thirty times as fast as it was. Nobody knows why. The release
notes say that it now leaves alone what is in order already, which is nice for those who have
such data. Our customers do not: their numbers come in random order, and they see no difference
at all.

The benchmark prepares an array of random numbers, carefully, outside of the loop, as one
should. Then it sorts it. And then?

The check plants a sort of which it knows the time. It counts how many of the sorts that were
timed had numbers in disorder (shuffled/op), how many different arrays there were in fifty
iterations (inputs/run), and divides what is reported by what is true (report/truth).]],
            hints = {
                [[
What does the array look like in the second iteration? And where in the loop would it become
what it was in the first?]],
                [[
Each iteration must begin with numbers in random order, but making them is slower than sorting
them, so that must not be in the time. Either copy from an original that is never sorted, which
is cheap; or take the making out with bench_stop_timer() and bench_start_timer().]],
                [[
One original is not enough: the processor would learn it. Allocate room for 64 of them and fill
them by bench_pool(b, 64, make, arg), which calls make(b, arg, k) for each place k before each
batch. In the loop memcpy() number bench_i(b) % 64 to a scratch array, and sort that.]],
            },
            afterword = [[
All iterations must do the same work, or their mean is the time of nothing. Whatever an
iteration changes (an order, a length, a cache, a file) has to be as before when the next one
begins. In-place algorithms are where this goes wrong most often, and it goes wrong in the
flattering direction.

There are two ways, and both have a price. A copy inside of the time costs one or two percent
here, and the loop runs undisturbed. Stopping the clock is exact in principle, but two
readings of it cost 50 to 100 ns, or some hundred more for the processor's own clock: nothing
beside 20 us of sorting, and more than everything beside 20 ns.

The sort that is planted in this exercise makes no decision that depends on the numbers, so one
original or fifty give the same time. Ordinary sorts do decide, and a processor that sees the same
500 numbers again and again knows them after a while. The experiment about what the CPU remembers
shows how much that is on your machine.]],
        },
        {
            name = "pick_n",
            title = "How often is often enough?",
            level = "core",
            experiment = "clock",
            story = [[
You write the heart of a benchmark runner. Some operations take a third of a nanosecond, some
take most of a second; the clock of one machine goes on in steps of 10 ms. Whoever starts the
runner wants one solid number, and does not want to wait for it.

The version you inherit does everything ten billion times. For an addition that is some
seconds. For a query of 300 ms it is ninety-five years. The one before stopped after a thousand
times, which for an addition is over before the clock has moved.

Here the machine exists on paper only, and a run of a year takes no time. What counts is the
waiting: the time all your runs take together, divided by what somebody would need who knew
the costs beforehand (spent/needed, the worst of 33 machines).]],
            hints = {
                [[
Start with one operation, and let each run tell how large the next one should be. If you double
n each time, the last run is at most twice as long as it had to be, and all runs before it
together are about as long as the last.]],
                [[
Guessing wastes less than doubling: if n operations took `took`, then n * want_ns / took of them
take want_ns. Three things go wrong with that: took may be 0, the guess may fall a little
short, and a short run on a coarse clock may be off by any factor.]],
                [[
Run one operation and forget it: it is cold. Then from n = 1: when the run took at least want_ns
that is the answer. Else next = 1.2 * n * want_ns / took, in floating point, at most 10 * n
(also when took is 0) and at least n + 1.]],
            },
            afterword = [[
This is what stands behind b.N in Go, behind `number` in Python's timeit, and behind
bench_loop(): grow quickly while nothing is known, then aim at the wanted time with a little to
spare. The cap of ten is the interesting line. Without it a run that seemed to take no time
makes the next one endless, and a single tick of a coarse clock makes it ten times too short.

The first call is different. Code and data are not in the caches, memory has not been touched,
the linker may still have names to look up. perfbench runs some iterations before it takes the
time, and reports only the last batch, which is by far the longest.

And a long run is not yet a good one. It makes the clock's steps and its own cost small, and
nothing else: when something else was running for half a second, half a second is in the mean.
For that you need several runs, and that is the next exercise.]],
        },
        {
            name = "verdict",
            title = "Faster, or luck?",
            level = "core",
            experiment = "twice",
            story = [[
Two columns of ten timings each, one of yesterday's program, one of today's. The build server
compares their means, and reports when these are more than two percent apart. It reports a lot.
Half of the team has switched it off, and the other half has learnt to press "run again" until
it is quiet.

Give it a better judge. It must say nothing when nothing has changed, see a change that is
there, and have the courage to say that it cannot tell. It knows nothing about the noise
beforehand, except that now and then a timing is much too long.

The check feeds it thousands of columns. It counts how often it sees a difference between
columns of the same program (A/A-claims-%), and how often it does not see one that is there
(missed-%).]],
            hints = {
                [[
Feed the starter two columns of the same program: it sees a difference in four of five cases.
One timing that is three times too long moves a mean of ten by twenty percent. What about a
column does not change when its largest value becomes larger still?]],
                [[
Ranks do not. Compare each old timing with each new one, and count in how many of these pairs
the new one is smaller; equal ones count one half. If both columns come from the same program
that is about half of all pairs. How far from a half is too far?]],
                [[
The test of Mann and Whitney: with U wins among n*m pairs, U has the mean n*m/2 and the variance
n*m/12 * (N + 1 - T / (N * (N - 1))), N = n + m, T the sum of t^3 - t over groups of t equal
timings. It is a difference when |U - n*m/2| - 1/2 is more than 1.96 times the square root of
that. Mind a variance of 0.]],
            },
            afterword = [[
Means answer to every value, and so one bad moment of the machine decides. The minimum answers
to a single value, the luckiest; with ten runs of each it saw differences between equal programs
in more than every second case. Ranks only ask who is before whom, so a timing that is late is
late, and it does not matter by how much.

The t test, which everybody knows, is honest about equal programs and blind for different ones:
the same bad moments that move the mean make its error bars long. It missed two thirds of the
changes which ranks mostly saw.

Five percent of false alarms are the price of seeing anything: with twenty benchmarks there is
one each night in which nothing has changed. `perfcourse compare` corrects for the number of
benchmarks, and so should you. Three runs against three can never reach five percent: even if
all new ones are the faster ones, that happens by chance in one of ten cases. And a rank test
believes that nothing else has changed between the columns. If the machine was busy while
the second was measured, it will tell you so, with great confidence. Measure in turns.]],
        },
        {
            name = "parallel_loop",
            title = "A loop for many threads",
            level = "stretch",
            story = [[
A team has made an operation so fast that it takes a nanosecond. Then somebody measures it
with two threads, as it is used, and the benchmark says twenty. There is no lock in the
operation, no shared memory, nothing.

There is a lock in the benchmark. Each thread asks for its next iteration, and the loop hands
them out one by one, each exactly once, as it must. What is measured is two threads
waiting for each other to be told what to do. Make the loop cost less than what it is to
measure. The numbers that it hands out are checked, and so is what happens when a thread stops
in the middle: the others must not be left without work.]],
            hints = {
                [[
How often is the lock taken for each iteration, and by how many threads at once? An atomic
addition in place of the lock is better and not enough: all threads still write to the same
cache line each time.]],
                [[
Let a thread take many iterations at once and keep them to itself: that is what `own` is for.
Then the shared counter is needed once in a thousand calls. The last share may be short.]],
                [[
share = n / 16 / threads, at most 1000, at least 1. When own->next == own->end: from =
atomic_fetch_add(&taken, share); when from >= n there is nothing left, else own is from ..
from + share, cut at n. Look at taken before you add, so that asking again does not
move it on for ever, and cut with n - from, which does not overflow.]],
            },
            afterword = [[
A cache line that two processors write to travels between them, and each journey takes 20 to
100 ns: longer than the operation that was to be measured. The lock made it two journeys
and a queue, the atomic addition one. Shares make it one journey in a thousand iterations,
and what remains is a comparison and an addition that stay where they are.

Why not give each thread its half at the beginning? Because threads are not equally fast. One
is put aside by the system for a few milliseconds, and the other one is done long before; the
benchmark then measures one thread, or waiting. Shares that are small against the whole let
the fast one help. That is the whole of scheduling: large enough that handing out costs nothing,
small enough that nobody waits long for the last one.

Go's RunParallel does the same: its pb.Next() takes a grain of iterations that lasts for about
100 us, and so does perfbench's bench_run_parallel().]],
        },
    },
    experiments = {
        deleted = {
            title = "What is left of a checksum",
            question = [[
A checksum reads n bytes, one after the other. Two benchmarks differ in one word: whether somebody
looks at the result. What do they report?]],
            x = "bytes",
            y = "time of one checksum",
            run = function(x)
                local guess = x:predict {
                    question = "Nobody looks at the result. How much longer do 4096 bytes "
                        .. "take than 16?",
                    choices = {
                        "not longer at all", "about 16 times as long", "about 256 times as long",
                    },
                    values = {1, 16, 256},
                    why = "There is no loop over the bytes any more, so their number is not "
                        .. "even looked at.",
                }
                local times = {kept = {}, dropped = {}}
                for _, n in ipairs {16, 64, 256, 1024, 4096} do
                    for _, bench in ipairs {"kept", "dropped"} do
                        local ns, low, high = x:measure {
                            file = "experiments/loops.c", bench = bench, n = n, budget = 90,
                        }
                        x:point("result is " .. bench, n, ns, low, high)
                        times[bench][n] = ns
                    end
                end
                x:answer(guess, times.dropped[4096] / times.dropped[16])
                local input = {}
                for _, bench in ipairs {"known", "unknown"} do
                    input[bench] = x:measure {
                        file = "experiments/loops.c", bench = bench, budget = 90,
                    }
                end
                x:slope("result is kept", 3)
                x:note(("4096 bytes: %.0f ns when the result is kept, %.2f ns when it is not, "
                    .. "which is the loop of the benchmark itself."):format(
                        times.kept[4096], times.dropped[4096]))
                x:note(("And inputs must come from outside: a short function takes %.2f ns; "
                    .. "of the constant 42 it takes %.2f ns, although its result is kept, "
                    .. "because it was computed while compiling."):format(
                        input.unknown, input.known))
            end,
        },
        clock = {
            title = "One call, a thousand calls",
            question = [[
A small operation is done n times between two looks at the clock, and the time is divided by n.
How large must n be before the answer is about the operation?]],
            x = "operations between two looks",
            y = "time reported for one",
            scale = "log-x",
            run = function(x)
                local guess = x:predict {
                    question = "With one operation between the looks, how many times its true "
                        .. "time is reported?",
                    choices = {"about 1.1 times", "2 to 4 times", "10 times and more"},
                    values = {1.1, 3, 12},
                    why = "Two looks at the clock are in it, and each of them costs as much as "
                        .. "a small function.",
                }
                local times = measure_series(x, "reported", "clock.c", "batch",
                    {1, 2, 4, 8, 16, 64, 256, 1024})
                x:answer(guess, times[1] / times[1024])
                local count = x:count {
                    file = "experiments/clock.c", bench = "first_call", ops = 4,
                }
                local first, later = count["first-ns"], count["later-ns"]
                x:note(("Two looks at the clock cost %.0f ns here; the operation itself takes "
                    .. "%.1f ns."):format(times[1] - times[1024], times[1024]))
                x:note(("And the first call is like no other: a sum over a table takes %.0f us "
                    .. "the first time, %.0f us later. A stopwatch around one call would have "
                    .. "reported %.0f times the truth."):format(first / 1000, later / 1000,
                        first / later))
            end,
        },
        memory = {
            title = "The CPU remembers your test",
            question = [[
A loop decides for each of n random numbers whether to add it. The benchmark calls it again and
again: with the same numbers each time, or with others. Is there a difference?]],
            x = "numbers",
            y = "time of one number",
            run = function(x)
                local guess = x:predict {
                    question = "1024 numbers: how many times as long does each one take when "
                        .. "the numbers are fresh each time?",
                    choices = {
                        "as long", "about 1.5 times as long", "about 3 times as long",
                        "about 9 times as long",
                    },
                    values = {1, 1.5, 3, 9},
                    why = "A wrong guess about a decision costs 10 to 20 cycles. Which way it "
                        .. "went last time, for each of the numbers, is remembered; fresh "
                        .. "ones can only be guessed, and half of the guesses are wrong.",
                }
                local sizes = {64, 256, 1024, 4096, 16384, 65536, 262144}
                local same = measure_series(x, "same numbers", "memory.c", "same", sizes)
                local fresh = measure_series(x, "fresh numbers", "memory.c", "fresh", sizes)
                measure_series(x, "fresh, no decision", "memory.c", "masked", sizes)
                x:answer(guess, fresh[1024] / same[1024])
                local cliff
                for _, n in ipairs(sizes) do
                    if not cliff and same[n] > 0.5 * fresh[n] then
                        cliff = n
                    end
                end
                if fresh[64] < 1.5 * same[64] then
                    x:note("Here the two hardly differ: this processor remembers little, or "
                        .. "the loop was compiled without a decision.")
                elseif cliff then
                    x:note(("This processor remembers the decisions about fewer than %d "
                        .. "numbers: with more than that, even the same ones are too many to "
                        .. "be learnt."):format(cliff))
                end
                local sorted = {}
                for _, bench in ipairs {"sort_same", "sort_fresh"} do
                    sorted[bench] = x:measure {
                        file = "experiments/memory.c", bench = bench, n = 200, budget = 150,
                    }
                end
                x:note(("Sorting the same 200 numbers with qsort() takes %.1f us, other 200 each "
                    .. "time %.1f us: one array in a benchmark makes a sort look %.1f times as "
                    .. "fast as it is."):format(sorted.sort_same / 1000,
                        sorted.sort_fresh / 1000, sorted.sort_fresh / sorted.sort_same))
            end,
        },
        lines = {
            title = "The column that is overlooked",
            question = [[
n numbers are written as text: each into a block of memory of its own, or all into one buffer.
Which column of a benchmark shows the difference best?]],
            x = "numbers",
            y = "time of one number",
            scale = "log-x",
            run = function(x)
                local guess = x:predict {
                    question = "How much longer does it take with a block for each number?",
                    choices = {"1.2 times", "twice", "5 times"},
                    values = {1.2, 2, 5},
                    why = "An allocator that has just got a block back gives it out again "
                        .. "quickly. In a large program with many threads it will not.",
                }
                local sizes = {1, 10, 100, 1000}
                local block = measure_series(x, "a block each", "lines.c", "a_block_each", sizes)
                local buffer = measure_series(x, "one buffer", "lines.c", "one_buffer", sizes)
                x:answer(guess, block[100] / buffer[100])
                local counts = {}
                for _, bench in ipairs {"a_block_each", "one_buffer"} do
                    counts[bench] = x:count {
                        file = "experiments/lines.c", bench = bench, n = 100,
                    }
                end
                x:note(("Of 100 numbers: %.0f allocs/op and %.0f B/op with a block each, %.0f and "
                    .. "%.0f with one buffer. These are counted, and the same each time; "
                    .. "times never are."):format(
                        counts.a_block_each["allocs/op"], counts.a_block_each["B/op"],
                        counts.one_buffer["allocs/op"], counts.one_buffer["B/op"]))
            end,
        },
        twice = {
            title = "The same program, twice",
            question = [[
One program is timed twice, while something else is running on the machine. The two times
should be equal. How far are they apart?]],
            x = "trial",
            y = "one time by the other",
            unit = "ratio",
            scale = "linear",
            run = function(x)
                local guess = x:predict {
                    question = "Fifteen runs of the one, then fifteen of the other, by the clock "
                        .. "on the wall: how far off is the worst of eight trials?",
                    choices = {"2 %", "25 %", "a factor of two", "a factor of five"},
                    values = {1.02, 1.25, 2, 5},
                    why = "What else was running during the one was not there during the other.",
                }
                local worst, worst_turn = 1, 1
                for trial = 1, 8 do
                    local got = x:count {file = "experiments/twice.c", bench = "twice", ops = 1}
                    local wall, turn = got["wall/wall"], got["turn/turn"]
                    x:point("one after the other", trial, wall)
                    x:point("in turns", trial, turn)
                    worst = math.max(worst, wall, 1 / wall)
                    worst_turn = math.max(worst_turn, turn, 1 / turn)
                end
                x:answer(guess, worst)
                x:note(("One after the other, by the wall clock, the same program differs from "
                    .. "itself by up to %.0f %%. In turns, by the processor's clock, by up to "
                    .. "%.1f %%."):format((worst - 1) * 100, (worst_turn - 1) * 100))
            end,
        },
    },
    cards = {
        {
            name = "no_time_at_all",
            question = "A benchmark reports 0.0002 ns/op. What is most likely?",
            choices = {
                "a very fast processor", "the work was removed: nobody uses its result",
                "the clock has overflowed", "N was 0",
            },
            answer = 2,
            why = "No instruction takes a thousandth of a cycle. What is left is an empty loop.",
            proof = "deleted",
        },
        {
            name = "where_setup_goes",
            question = "Where does expensive set-up go in a benchmark with bench_loop()?",
            choices = {
                "before the loop", "into the loop, in its first iteration", "behind the loop",
                "into a constructor, before main()",
            },
            answer = 1,
            why = [[
The time begins with the first answer of bench_loop(). Go's b.Loop() does the same; with the
older b.N loop, b.ResetTimer() stands between set-up and loop.]],
        },
        {
            name = "sorted_already",
            question = [[
You benchmark a sort that works in place, and prepare the array once. The result is:]],
            choices = {"right", "too good", "too bad", "random"},
            answer = 2,
            why = [[
From the second iteration on it sorts what is sorted, and most sorts are quicker at that.]],
        },
        {
            name = "why_grow_n",
            question = "Why does a runner make N larger and larger instead of timing one call?",
            free = true,
            answer = [[
One call is as short as the clock's steps and its own cost, and the first call is cold: caches,
pages and names are not there yet.]],
            why = "With many operations in one time both are divided by N.",
            proof = "clock",
        },
        {
            name = "one_outlier",
            question = [[
Old: ten runs, mean 105, one of them 210. New: mean 100. What do you say?]],
            choices = {"faster", "slower", "from the means one cannot tell", "it is broken"},
            answer = 3,
            why = "Without that one run the old mean is 93: it alone decides who wins.",
        },
        {
            name = "three_against_three",
            question = [[
Three runs against three, and all new ones are faster. A rank test at 5 % says:]],
            choices = {"faster", "cannot tell", "slower"},
            answer = 2,
            why = [[
There are 20 ways to place three among six, so the smallest p, to both sides, is 2 of 20: 0.1.]],
        },
        {
            name = "which_clock",
            question = [[
The machine is busy with other work. Which clock still gives the same program about the same
time twice?]],
            choices = {
                "the clock on the wall", "processor time of the process",
                "the cycle counter, at begin and end", "none",
            },
            answer = 2,
            why = [[
While others run it stands still. It does not see shared caches and clock speeds, so run the
rivals in turns as well; and where threads wait for each other it says nothing.]],
            proof = "twice",
        },
        {
            name = "ten_times_in_production",
            question = [[
The same function with data of the same kind: 0.35 ns for each element in the benchmark, 3.3 ns
in production. What do you suspect first?]],
            choices = {
                "the branch predictor has learnt the benchmark's input", "inlining",
                "other compiler flags", "the page tables",
            },
            answer = 1,
            why = [[
A factor of ten for each element is what a wrong guess costs. Use fresh inputs, and see.]],
            proof = "memory",
        },
        {
            name = "empty_loop_of_threads",
            question = [[
A parallel benchmark of an empty loop reports 11 ns for each iteration with two threads. What
was measured?]],
            choices = {
                "the loop", "the lock or counter that hands out iterations",
                "starting the threads", "memory",
            },
            answer = 2,
            why = "One cache line travels between two processors. Hand out shares of iterations.",
        },
        {
            name = "where_columns_come_from",
            question = "Where do B/op and allocs/op come from?",
            choices = {
                "from samples", "from reading the code", "from counting calls of the allocator",
                "from the resident size",
            },
            answer = 3,
            why = "They are exact, and therefore good to test against.",
            proof = "lines",
        },
        {
            name = "how_to_benchmark",
            question = [[
An interviewer asks: how do you benchmark a function, and what do you look at first? (In Go,
with testing.B; in C, with perfbench.)]],
            free = true,
            answer = [[
A function that loops N times over the operation, N chosen by the runner: for b.Loop() or
i < b.N in Go, while (bench_loop(b)) here. Set-up before, the result kept, fresh inputs. Run with
-bench=. -benchmem -count=10, look at allocs/op first, then compare with benchstat.]],
            why = [[
N makes the time long against the clock, the count is exact, ten runs are what a rank test
needs. N says nothing about significance: that is what the ten runs are for.]],
        },
        {
            name = "free_lunch_of_profiles",
            question = [[
A compiler that is given a profile of production (Go's default.pgo, gcc's -fprofile-use) makes your
benchmark 7 % faster. What do you check before you announce it?]],
            choices = {
                "whether the benchmark was the training run",
                "whether the compiler is new enough", "whether allocs/op went down",
            },
            answer = 1,
            why = [[
A compiler that has seen the test knows the answers, as a processor does that has seen the
input. Train with one load, measure with another.]],
        },
    },
}
