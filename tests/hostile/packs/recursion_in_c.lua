-- expect: run|lesson,limits stack overflow\|64 MiB
local function f(s) return s:gsub(".", f) end
f("x")
