-- expect: |run stopped after 10000 requests\|10 million
while true do pcall(x.note, x, "x") end
