-- expect: lesson|limits,run stack overflow\|10 million\|64 MiB
local function f()
    local ok, why = pcall(f)
    error(why, 0)
end
f()
