import taskqueue

queue = taskqueue.TaskQueue()
tasks = []
for time in [5, 3, 8, 1, 9, 2, 7]:
    task = taskqueue.Task(time)
    queue.push(task, time)
    tasks.append(task)
queue.remove(tasks[1])
queue.remove(tasks[4])
queue.remove(tasks[3])
for nth in range(4):
    show(queue.pop().coro)
show(queue.peek())
queue.push(tasks[0], 4)
queue.push(tasks[1], 3)
show(queue.pop().coro)
show(queue.pop().coro)
