-- expect: run| file must be experiments/NAME.c
x:measure {file = "experiments/../../../../etc/passwd.c"}
