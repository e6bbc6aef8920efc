-- expect: lesson|limits,run stack overflow\|64 MiB
local function f() return 1 + f() end
f()
