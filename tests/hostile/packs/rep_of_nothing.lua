-- expect: run|lesson,limits string.rep makes at most 1048576 bytes here
string.rep("", 1e18)
