-- expect: run| the table is too large\|64 MiB
local t = {}
for i = 1, 1e5 do t[i] = "x" end
x:predict {question = "?", choices = t, answer = 1}
