-- expect: lesson|limits,run global 'coroutine'
coroutine.wrap(function() while true do end end)()
