# MicroPython extmod/modutimeq.c
import array
import timeq

queue = timeq.timeq(8)
entry = array.array("q", [0, 0, 0])
show(len(queue))
for time in [30, 10, 20, 10, 5, 30, 10]:
    queue.push(time, time * 2, len(queue))
    show(queue.peektime())
show(len(queue))
for nth in range(7):
    queue.pop(entry)
    show(list(entry))
show(len(queue))
queue.push(1, 2, 3)
queue.dump()
queue.pop(entry)
queue.dump()
