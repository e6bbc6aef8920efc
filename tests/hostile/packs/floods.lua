-- expect: lesson|limits,run global 'print'
while true do print(("x"):rep(2 ^ 20)) end
