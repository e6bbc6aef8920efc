-- Measure one way to append for longer and longer texts; gives the times of one append.
local function measure_series(x, name, bench)
    local times = {}
    for _, n in ipairs {10, 30, 100, 300, 1000, 3000, 10000} do
        local ns, low, high = x:measure {
            file = "experiments/append.c", bench = bench, n = n, budget = 100,
        }
        x:point(name, n, ns / n, low / n, high / n)
        times[n] = ns / n
    end
    return times
end

return {
    title = "Strings, bytes and builders",
    pages = {
        "pages/1_what_a_string_does_not_know.md",
        "pages/2_the_builder.md",
        "pages/3_numbers_to_text.md",
        "pages/4_views.md",
        "pages/5_view_or_copy.md",
    },
    essence = {
        "Know the end: keep data, len and cap together, and never strcat() in a loop.",
        "Grow by a factor of 1.5 to 2, reserve what you can foresee, reset with len = 0.",
        "Hot numbers: digit pairs from the right. Cold numbers: snprintf(), result checked.",
        "Parse with views of a begin and a length; copy only what outlives the buffer.",
        "Pass over clean runs many bytes at a time, with strcspn(), memchr() or a mask.",
        "Where memory grows, believe the counters: the time of realloc() is luck.",
    },
    exercises = {
        {
            name = "join_names",
            title = "Join names without walking in circles",
            level = "warm-up",
            story = [[
The nightly export writes the names of all customers into one long text. With a hundred
customers nobody looked at it. Since then the list has grown, and the job has grown faster:
ten times the names, a hundred times the minutes.

join_strings() builds the text by appending one piece after the other, which is how one would
do it by hand. Find out what the computer does for each of these appends, and make the work
depend on the length of the answer alone.]],
            hints = {
                [[
Follow the first name. The loop appends it once, but how often is it read again after that?
Look at what strlen() and strcat() must do before they can begin.]],
                [[
A C string does not know where it ends, but you do: you have just written it. Either keep a
pointer to the end, or add up all lengths first, so that you know the size of the answer
before you allocate it.]],
                [[
Pass one: need = 1 for the NUL, plus strlen() of each item, plus the separators between them.
Then one malloc(need). Pass two: copy each piece to `end` and move `end` behind it (stpcpy()
gives you the new end). Write the NUL last.]],
            },
            afterword = [[
strcat() climbs a staircase from the bottom for every step: to place item number k it walks
over the k - 1 items before it. For n items that is about n * n / 2 items walked over, and a
realloc() per piece may move all of them as well. Adding up the lengths and then copying to a
known end reads every byte twice, whatever n is.

So your speed-up is not one number. The starter follows another law, and the gap widens with
the list. `perfcourse bench join_names --growth` shows your times from 250 to 4000 names: twice
the names should take twice as long and hardly more, n^1.05 or so, where the starter has n^1.7.
One allocation is the least that an answer in a block of its own can cost, and the bytes asked
for are then exactly the bytes that are used.

The same idea stands behind join() on strings in other languages and behind every builder
that lets you say how much is coming: whoever knows all pieces knows the size.]],
        },
        {
            name = "format_point",
            title = "Write numbers without an interpreter",
            level = "warm-up",
            story = [[
An agent reports the load and the temperature of four thousand machines, each second, as lines
of text: four numbers a line, in a format that was fixed years ago. The profile of the agent
is dull. Nearly all of its time is spent in printf().

printf() is not slow for what it does. For each line it reads the format again, letter by
letter, finds out what each % asks for, and is prepared for widths, precisions, languages and
streams that this agent will never need. You know the format today. Write the function that
can do nothing else.]],
            hints = {
                [[
The format string never changes, so whatever is decided by reading it could be decided once: by
you, while you write the code. What is left for run time is to copy four short words and to
write four numbers.]],
                [[
The last digit of a number comes first: it is v % 10, and v / 10 is the rest. So fill a small
array from its end towards its beginning. A line is a number between words, and so the whole
line can be built in that direction, and copied to buf once its length is known.]],
                [[
v % 100 is an index into a string of all pairs, "000102...99": one division writes two digits
(memcpy(at - 2, pairs + v % 100 * 2, 2)). Mind INT32_MIN: 0 - (uint32_t)v is its size, -v
overflows. For gold there must be no loop whose length depends on the number: split it into
eight digits with a few multiplications, and skip the leading zeros by a shift.]],
            },
            afterword = [[
A format string is a program, and printf() is its interpreter. Interpreters are convenient and
pay for it each time; a compiler reads once and leaves the plain work behind. Here you were
the compiler. One digit at a time already takes the larger part of the gain, pairs halve the
divisions, and what remains is guessing how many digits come next: processors guess badly when
numbers are of all lengths.

There is a second lesson in the buffer. snprintf() truncates, and adds a NUL; whoever checks
its result carelessly sends half a line. A function that says "it does not fit" and leaves the
rest to its caller is easier to use right.

Keep printf() wherever a line is written once a second or once a day. It is correct, everybody
can read it, and it handles the cases you would forget. Replace it where the profile says so,
and keep it in the test, as the oracle: that is what the tests of this exercise do.]],
        },
        {
            name = "string_builder",
            title = "A builder that grows with foresight",
            level = "core",
            story = [[
A server puts sixteen responses together at the same time, each from hundreds of small pieces:
a tag, a name, a number, the next tag. Most responses stay short, one becomes long. Its string
builder makes room for exactly the piece at hand, so each append asks for memory again.

A stopwatch hardly notices, because realloc() often finds free bytes right behind the block.
The counters do notice. So this exercise is judged by three of them, next to the time: how
often the builders ask for memory (allocs/op), how many bytes they ask for in all (B/op), and
how much room they end up with for each byte of text (cap/len).]],
            hints = {
                [[
One operation of the bench makes 8000 appends. Compare that with the allocs/op of the starter.
How many would be enough if the builder asked for more than it needs at the moment?]],
                [[
Asking for a fixed amount more, 16 bytes or 4096, only makes the staircase's steps wider. Let
the new room depend on the room there is: grow by half of it, or double it.]],
                [[
In sb_reserve(), once len + n is known not to overflow and not to fit: cap += cap / 2 + 16, but
at least len + n, then a single realloc(). Keep the old block until realloc() has succeeded.
Doubling passes too; it asks less often and keeps more room unused.]],
            },
            afterword = [[
When room grows by a factor, the blocks form a geometric series: all blocks together are twice
as large as the last one with doubling, three times with a factor of 1.5. So each byte is moved
a small number of times on average, however long the text becomes. That is what "amortised
constant" means. The price is unused room: up to a half of the block with doubling, up to a
third with 1.5. There is no free choice, only a fair one.

With fixed steps the sum of all blocks still grows with the square of the length. For one long
response you see it in B/op long before you see it in the time: allocators are good at hiding
it, until the neighbouring block is taken and the whole text has to move. When time and
counters disagree about growth, believe the counters.

Two more habits come with a builder. If you know what is coming, sb_reserve() it: one
allocation instead of many. And between two responses set len = 0 instead of freeing: the room
is already paid for.]],
        },
        {
            name = "csv_sum",
            title = "Add up a column without copying it",
            level = "core",
            story = [[
An import reads files of orders and adds up the amounts. It cuts each line into six strings,
every one in memory of its own, looks at a single one of them, and throws all six away. Then
it does the same for the next line.

Nothing of this is needed for the sum. The text is there already, in one piece, and it stays
there for as long as csv_sum() runs. Mind that it is a view: there is no NUL behind the last
byte. What stands there is none of your business, and in this exercise it is a page of memory
that ends your program when you touch it.]],
            hints = {
                [[
Of all the strings that are made for one line, which does the program ever look at? And what
does that one know that two pointers into the text would not tell?]],
                [[
memchr() finds the end of the line, and memchr() again, bounded by that end, steps over `col`
commas. What lies between two commas is your field: a begin and an end. No copy, no free.]],
                [[
strtoll() wants a NUL that is not there; it would read on into the next field or beyond the
text. Take the digits yourself: value = value * 10 + (*p - '0') while p < end, after checking
the sign and that there are 1 to 18 of them. For gold, look at 16 bytes at once: comparing them
with ',' and '\n' gives a bit mask (SSE2: _mm_cmpeq_epi8 and _mm_movemask_epi8), and its set
bits are the ends of the fields.]],
            },
            afterword = [[
A token is two numbers, not an allocation. A begin and an end into text that outlives them can
be cut, compared and parsed without copying a byte, and there is nothing to free. Most of the
starter's time went into malloc() and free() for strings that nobody read.

Views have two rules. They end where their length says: every function that looks for a NUL
(strlen, strchr, strtol, sscanf, atoi) is out, the mem functions and those that take a length
are in. And they live only as long as the text: whoever keeps one for longer copies it first,
or keeps the whole text alive for the sake of a few bytes.

What is left after that is the search for separators itself. `perfcourse bench csv_sum` shows
the MB/s of your kernel. Let memchr() look for a byte that the text does not have, and you know
how far there is to go.]],
        },
        {
            name = "keep_small",
            title = "Keep the name, not the document",
            level = "core",
            story = [[
A login service reads a request, finds the name of the user in it, and opens a session. The
session remembers the name, as a view into the request, because somebody has learnt that views
are fast. The service is fast indeed. Each evening it runs out of memory.

A session lasts for hours, a request should last for milliseconds. Here they last equally
long: the view would be worthless without the text it looks into, so the session holds the
document, all 256 KiB of it, for the sake of a dozen letters. Nothing is leaked, and no tool
that looks for leaks will find anything.

This exercise is not about time. The bench opens 64 sessions and looks at the bytes that stay
alive when all requests are done with: live-B.]],
            hints = {
                [[
When 64 people are logged in, 64 documents are alive. Who holds a reference to each of them,
and what is it needed for?]],
                [[
What is small and lives long is copied; what is large and lives short is looked at. Copying
twelve bytes costs a few nanoseconds, once. Then session_open() needs no doc_get().]],
                [[
A block for the name is enough to pass: malloc(user_len), memcpy(), and free() in
session_close(). For gold, names of up to 24 bytes go into s->small, and s->name points there;
session_close() frees only what is not s->small. Names hold bytes, so no strlen(), strdup().]],
            },
            afterword = [[
A view keeps alive what it looks into: that is the second half of what csv_sum taught. It is
harmless while both live equally long, and it is a leak that no leak checker sees when one of
them outlives the other by hours. The cure is a copy of what is kept. It looks like more work,
and is less: one memcpy() of a dozen bytes against a document that nothing else can use.

The small field goes one step further. Most names fit into 24 bytes, so most sessions need no
block of their own: nothing to ask malloc() for, nothing to free, and the name lies in the
cache line of its session. The price is a pointer into the struct itself: a session that is
copied with = afterwards points into the old one. That is why the header says that sessions
do not move. The strings of GNU's C++ library do the same, and pay with a constructor that mends it.

Go's slices and Java's old substring() had their share of this trap: a slice of ten bytes keeps
the whole array. The answer has the same shape everywhere: copy what you keep.]],
        },
        {
            name = "html_escape",
            title = "Copy runs, not characters",
            level = "stretch",
            story = [[
A page is put together from texts that users wrote, and each of them must be escaped first, or
somebody's comment becomes a script. The code for it is older than most of the pages. It takes
one character at a time, asks whether it is one of five, and appends it to a builder that
grows as a builder should.

There is nothing wrong with it, except that in ordinary text one character in two hundred
needs anything. The other 199 are looked at, measured, checked for room and copied, each of
them alone.]],
            hints = {
                [[
Most characters are clean. How far does the next clean run go, and what could be done with all
of it at once?]],
                [[
strcspn(s, "&<>\"'") tells the length of the run up to the next special character, or to the
end. The libraries' scanners look at many bytes with one instruction. A table of 256 flags and
a loop of your own is not as fast, and enough to pass.]],
                [[
One memcpy() for each run, one for each replacement. Either walk twice, first adding up the
length, then copying into a block of exactly that size; or walk once, into a block that is a
little larger than the text and grows by half when it must. For gold walk once, or compare 16
bytes at a time (SSE2) and store them before you look at the mask.]],
            },
            afterword = [[
The work that counts here is not replacing but passing over, and what passes over many
characters at a time wins. strcspn(), memchr() and strlen() do that for you: they compare 16 or
32 bytes with each instruction, and a new libc makes your program faster without your help.
The first attempt of most people, one allocation of the right size but still a decision for
each character, gains a factor of about five. Runs gain several times that.

Two walks against one is a fair choice. Two passes ask for exactly the room that is needed.
One pass reads the text once and may ask again, or keep a little more than it needs. Six times
the length up front is no choice at all: it is always right, and five sixths of it stay empty
for as long as the page lives.

If you tried gold with a copy before the look: storing 16 bytes that may turn out to be too
many is cheaper than asking first. The next store overwrites the surplus.]],
        },
    },
    experiments = {
        append = {
            title = "Five ways to append",
            question = [[
A text is built from n pieces of ten bytes, one append after the other. What does one append
cost, and does that depend on how many there were before it?]],
            x = "appends",
            y = "time of one append",
            run = function(x)
                local walk = x:predict {
                    question = "With realloc() and strcat(): from 1 000 to 10 000 appends, "
                        .. "how much longer does each single append take?",
                    choices = {
                        "as long as before", "about 3 times as long", "about 10 times as long",
                        "about 100 times as long",
                    },
                    values = {1, 3.16, 10, 100},
                    why = "strcat() and strlen() walk over everything that is there already, "
                        .. "which is ten times as much.",
                }
                local format = x:predict {
                    question = "And snprintf() to a known end, a thousand times: how does "
                        .. "that grow?",
                    choices = {"quadratically, too", "not at all, it is only slow"},
                }
                local strcat = measure_series(x, "realloc + strcat", "realloc_strcat")
                x:answer(walk, strcat[10000] / strcat[1000])
                measure_series(x, "copy each time", "copy_each_time")
                local printed = measure_series(x, "snprintf at end", "snprintf_at_end")
                x:answer(format, printed[10000] > 3 * printed[100] and 1 or 2,
                    "The end is known, so nothing is walked over; what each call costs is "
                    .. "reading the format and setting up a stream.")
                measure_series(x, "open_memstream", "memstream")
                local built = measure_series(x, "builder", "builder")
                measure_series(x, "presized", "presized")
                x:slope("realloc + strcat", 3)
                x:slope("copy each time", 3)
                x:slope("snprintf at end", 3)
                x:slope("open_memstream", 3)
                x:slope("builder", 3)
                x:note(("A slope of 1 means: twice the appends, twice the time for each of "
                    .. "them, so four times for all. A slope of 0 means that an append costs "
                    .. "the same, however long the text is. At 10 000 appends the builder is "
                    .. "%.0f times as fast as strcat."):format(strcat[10000] / built[10000]))
            end,
        },
    },
    cards = {
        {
            name = "strcat_walks",
            question = [[
A text is built by 10 000 calls of strcat(), ten bytes each. About how many bytes are walked
over to find its end?]],
            choices = {"100 kB", "1 MB", "10 MB", "500 MB"},
            answer = 4,
            why = [[
The walks form a triangle: before append k they cover 10 (k - 1) bytes, in all half of 10 000
times 100 000.]],
            proof = "append",
        },
        {
            name = "known_pieces",
            question = [[
All pieces of a text are known before it is built. How few allocations are enough?]],
            choices = {"one", "about log n, with doubling", "one for each piece"},
            answer = 1,
            why = [[
Add up the lengths first: then the size is known before anything is asked for.]],
        },
        {
            name = "snprintf_cost",
            question = "What makes snprintf(buf, cap, \"%u\", n) slow in a hot loop?",
            choices = {
                "the divisions by ten",
                "reading the format and preparing a stream, once a call",
                "writing the digits to memory",
            },
            answer = 2,
            why = [[
The digits alone cost a fraction. A format is a program, and it is interpreted anew for each
number.]],
            proof = "append",
        },
        {
            name = "view_without_end",
            question = "v is a view (v.p, v.n) into a larger text. Which call is wrong?",
            choices = {
                "memchr(v.p, ',', v.n)",
                "memcpy(room, v.p, v.n)",
                "strtol(v.p, NULL, 10)",
                "fwrite(v.p, 1, v.n, out)",
            },
            answer = 3,
            why = [[
strtol() knows no length. It reads on until a byte stops it, in the next field or behind the
text.]],
        },
        {
            name = "one_field",
            question = [[
A parser allocates seven times for each line, and the program uses one field of it. What do you
change first?]],
            free = true,
            answer = [[
Find the separators and keep positions: the field is a begin and an end in the line, and
nothing is copied.]],
            why = [[
Six of the copies are never read, and the seventh says no more than two numbers.]],
        },
        {
            name = "long_lived_name",
            question = [[
A name of twelve bytes comes out of a buffer of one megabyte and is needed for hours. What do
you keep?]],
            choices = {"a view into the buffer", "a copy of the name", "a copy of the buffer"},
            answer = 2,
            why = "A view would keep the whole megabyte alive for as long as the name is needed.",
        },
        {
            name = "small_name",
            question = [[
A struct has a field char small[24] for its name, next to the pointer. What does it buy?]],
            choices = {
                "names cannot be too long",
                "short names need no block of their own",
                "the struct is aligned",
            },
            answer = 2,
            why = [[
Most names fit, so most objects never call malloc(). Long ones still do. The price: such a
struct must not be moved, since the pointer leads into it.]],
        },
        {
            name = "fixed_steps",
            question = [[
Whenever a buffer is full, it is copied into one that is 4096 bytes larger. How does the number
of copied bytes grow with the final length n?]],
            choices = {"as n", "as n log n", "as n squared, only with a small factor"},
            answer = 3,
            why = "There are n / 4096 copies, and on average each moves half the final size.",
        },
        {
            name = "reset_builder",
            question = [[
A server builds one response after the other. What happens to the builder in between?]],
            choices = {
                "free() it and begin with an empty one",
                "len = 0, the room stays",
                "memset() the whole room, then len = 0",
            },
            answer = 2,
            why = [[
The room is paid for. Clearing it is for what must stay secret, and then only for the bytes
that were used.]],
        },
        {
            name = "clean_runs",
            question = [[
One character in two hundred must be escaped. What does the loop handle in one step?]],
            choices = {"a character", "a clean run up to the next special one", "a line"},
            answer = 2,
            why = "A scan of many bytes at once and one copy take the place of 199 decisions.",
        },
    },
}
