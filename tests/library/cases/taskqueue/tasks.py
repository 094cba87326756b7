import taskqueue

task = taskqueue.Task("work")
show(task.coro)
show(task.data)
show(task.state)
show(task.ph_key)
show(task.done())
task.data = 5
show(task.data)
task.state = False
show(task.done())
show(task.cancel())
task.state = None
show(task.done())
task.state = True
fails(lambda: task.cancel())
