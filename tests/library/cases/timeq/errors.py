import array
import timeq

queue = timeq.timeq(1)
entry = array.array("q", [0, 0, 0])
fails(lambda: queue.peektime())
fails(lambda: queue.pop(entry))
queue.push(7, 1, 2)
fails(lambda: queue.push(8, 1, 2))
fails(lambda: queue.pop(array.array("q", [0, 0])))
fails(lambda: queue.pop(5))
fails(lambda: queue.push("a", 1, 2))
show(queue.peektime())
queue.pop(entry)
show(list(entry))
fails(lambda: timeq.timeq(-1))
fails(lambda: timeq.timeq(65536))
show(len(timeq.timeq(0)))
