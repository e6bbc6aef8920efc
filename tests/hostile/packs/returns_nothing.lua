-- expect: lesson|limits must return a table
do return end
