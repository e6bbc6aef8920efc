-- expect: lesson|limits,run 10 million
local function f() while true do end end
while true do pcall(f) end
