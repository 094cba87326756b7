# MicroPython extmod/modasyncio.c
import taskqueue

queue = taskqueue.TaskQueue()
show(queue.peek())
for time in [30, 10, 20, 10, 5, 30, 10, 1073741823]:
    queue.push(taskqueue.Task(time), time)
    show(queue.peek().coro)
for nth in range(8):
    task = queue.pop()
    show(task.coro)
    show(task.ph_key)
show(queue.peek())
