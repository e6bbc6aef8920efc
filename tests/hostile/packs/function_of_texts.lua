-- expect: run|lesson,limits attempt to index\|attempt to call
string.rep = nil
string.find = nil
("x"):rep(2)
