import io
import select

poll = select.poll()
stream = io.BytesIO()
fails(lambda: poll.unregister(stream))
raises(lambda: poll.modify(stream, 1))
fails(lambda: poll.register(5))
fails(lambda: select.select([], [], [], -1))
fails(lambda: select.select([], [], [], "a"))
show(select.POLLIN)
show(select.POLLOUT)
show(select.POLLERR)
show(select.POLLHUP)
