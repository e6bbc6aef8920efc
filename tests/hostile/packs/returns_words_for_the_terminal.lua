-- expect: lesson| must not hold control characters
do return {title = "\27[2J", exercises = {}} end
