# MicroPython extmod/modselect.c
import io
import select

poll = select.poll()
show(len(poll.poll(0)))
stream = io.BytesIO(b"data")
poll.register(stream)
for found in poll.poll(0):
    show(found[1])
poll.register(stream, select.POLLIN)
for found in poll.poll(0):
    show(found[0].read())
    show(found[1])
poll.modify(stream, select.POLLOUT)
for found in poll.ipoll(0):
    show(found[1])
show(len(poll.poll(0, 1)))
show(len(poll.poll(0, 1)))
poll.modify(stream, select.POLLIN)
show(len(poll.poll()))
other = io.StringIO()
poll.register(other, select.POLLOUT)
show(len(poll.poll(-1)))
poll.unregister(stream)
for found in poll.poll(5):
    found[0].write("seen")
show(other.getvalue())
poll.unregister(other)
show(len(poll.poll(2)))
