-- expect: lesson|limits,run it needs more than 64 MiB
local s = "x"
while true do
    pcall(function() s = s .. s end)
end
