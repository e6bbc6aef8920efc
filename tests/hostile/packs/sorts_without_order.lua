-- expect: lesson|limits,run 10 million\|invalid order
local t = {}
for i = 1, 1e5 do t[i] = i % 7 end
while true do table.sort(t, function() return true end) end
