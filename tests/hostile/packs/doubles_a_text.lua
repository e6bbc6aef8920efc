-- expect: run|lesson,limits it needs more than 64 MiB
local s = "x"
while true do s = s .. s end
