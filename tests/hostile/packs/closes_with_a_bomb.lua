-- expect: |lesson,limits,run it was stopped after [26] s\|now
local bomb = function() (("a"):rep(400)):find(("a-"):rep(12) .. "b") end
local x <close> = setmetatable({}, {__close = bomb})
error("now")
