-- expect: lesson|limits must return a table
do return 1 end
