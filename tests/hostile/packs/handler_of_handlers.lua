-- expect: |lesson,limits,run 10 million\|stack overflow\|error() was given\|it was stopped
local function f() return xpcall(error, f) end
error(f())
