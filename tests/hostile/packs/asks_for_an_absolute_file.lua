-- expect: run| file must be experiments/NAME.c
x:measure {file = "/etc/passwd"}
