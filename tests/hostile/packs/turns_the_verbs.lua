-- expect: run| is there no verb\|attempt to\|with a colon
x.note = nil
x.measure(1)
