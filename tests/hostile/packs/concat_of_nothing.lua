-- expect: lesson|limits,run invalid value
table.concat({}, "", 1, 1e15)
