# With `flags` 1 a full deque refuses: MicroPython py/objdeque.c.
import collections

d = collections.deque([], 2, 1)
d.append(1)
d.append(2)
fails(lambda: d.append(3))
fails(lambda: d.appendleft(3))
show(list(d))
d.popleft()
d.append(3)
show(list(d))
fails(lambda: d.extend([4, 5]))
show(list(d))
fails(lambda: collections.deque([1, 2, 3], 2, 1))
fails(lambda: collections.deque().pop())
fails(lambda: collections.deque([], -1))
fails(lambda: collections.deque([], 1, 1, 1))
fails(lambda: d.pop(1))
