-- expect: run| must not hold control characters
x:note("\27[2J")
