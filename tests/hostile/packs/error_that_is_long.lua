-- expect: limits|lesson,run xxxx\.\.\.
error(("x"):rep(2 ^ 20))
