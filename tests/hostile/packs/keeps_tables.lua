-- expect: limits|lesson,run 64 MiB\|10 million
local t = {}
while true do t = {t, {}, {}, {}} end
