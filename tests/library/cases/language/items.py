# stdlib
a = [1, 2, 3]
show(a[0])
show(a[-1])
raises(lambda: a[3])
raises(lambda: a[-4])
a[1] = "b"
a[-1] = "c"
show(a)
a.append(4)
show(a)
del a[0]
show(a)
d = {"x": 1}
d["y"] = 2
show(d["y"])
raises(lambda: d["z"])
show(d.get("x"))
show(d.get("z"))
show(d.get("z", 5))
del d["x"]
show(d)
show(len(d))
text = "hello"
show(text[0:2])
show(text[1:])
show(text[:3])
show(text[-3:])
show(text[2:2])
show(text[3:100])
show(text[:])
show(a[1:])
show(a[:-1])
data = b"abc"
show(data[0])
show(data[-1])
show(data[1:])
raises(lambda: data[3])
x, y = [1, 2]
show(x + y)
for key in sorted(d):
    show(key)
for first, second in [(1, "a"), (2, "b")]:
    show(first)
    show(second)
for byte in b"az":
    show(byte)
if x == 1:
    show("one")
else:
    show("other")
if x == 2:
    show("two")
