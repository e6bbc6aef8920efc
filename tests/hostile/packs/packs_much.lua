-- expect: run|lesson,limits out of limits\|too large\|invalid format\|out of range\|64 MiB
string.pack("c2000000000", "x")
