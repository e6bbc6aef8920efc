-- expect: run| stopped after 10000 requests
while true do x:note("x") end
