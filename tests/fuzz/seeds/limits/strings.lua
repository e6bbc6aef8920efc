-- c
local s = [==[
]==] .. "\z \x41\u{7f}"
goto e
error("a\27[31mb\n")
::e:: return {["p99-ns"] = 1, fails = {s}}
