-- expect: run| stopped after 1024 KiB of text
while true do x:note(("x"):rep(2 ^ 16)) end
