/* tests: 3 not C\|unknown type\|error */
this is not C
