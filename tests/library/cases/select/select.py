import io
import select

one = io.BytesIO(b"one")
two = io.StringIO("two")
found = select.select([one, two], [two], [one], 0)
show(len(found))
show(len(found[0]))
show(len(found[1]))
show(len(found[2]))
show(found[0][0].read())
show(found[1][0].read())
found = select.select([], [], [], 0.002)
show(len(found[0]))
found = select.select([], [one], [])
show(len(found[1]))
