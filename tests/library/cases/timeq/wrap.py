# The period is 2 ** 30.
import array
import timeq

queue = timeq.timeq(6)
entry = array.array("q", [0, 0, 0, 9])
for time in [5, 1073741819, 1073741825, -9, 0, 1073741823]:
    queue.push(time, time, 0)
for nth in range(6):
    show(queue.peektime())
    queue.pop(entry)
    show(list(entry))
