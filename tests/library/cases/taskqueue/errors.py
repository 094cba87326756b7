import taskqueue

queue = taskqueue.TaskQueue()
other = taskqueue.TaskQueue()
task = taskqueue.Task(1)
fails(lambda: queue.pop())
fails(lambda: queue.remove(task))
queue.push(task, 1)
fails(lambda: queue.push(task, 2))
fails(lambda: other.push(task, 2))
fails(lambda: other.remove(task))
show(queue.pop().coro)
fails(lambda: queue.remove(task))
fails(lambda: queue.push(queue, 2))
