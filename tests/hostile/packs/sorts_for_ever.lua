-- expect: |lesson,limits,run it was stopped after [26] s
local t = {}
for i = 1, 1e6 do t[i] = i end
for _ = 1, 1e5 do table.sort(t) end
