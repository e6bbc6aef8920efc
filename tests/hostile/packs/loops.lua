-- expect: run|lesson,limits 10 million instructions; is there a loop without end
while true do end
