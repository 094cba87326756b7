# Builtin in CPython; here for hosts that have no bytes which can change.
import array

b = array.bytearray(4)
show(b)
show(len(b))
show(b[0])
b[1] = 255
b[-1] = 7
show(b)
show(b[-1])
show(list(b))
b.append(65)
show(b)
b.extend(b"xyz")
show(b)
b.extend([1, 2])
show(b.tobytes())
del b[0]
show(b.tobytes())
show(65 in b)
show(66 in b)
for byte in array.bytearray(b"abc"):
    show(byte)
show(array.bytearray(b"abc") == array.bytearray([97, 98, 99]))
show(array.bytearray(b"abc") == b"abc")  # not lua: `==` of a string and an object is false
show(array.bytearray(b"abc") != array.bytearray(b"abd"))
show(array.bytearray(b"abc") < array.bytearray(b"abd"))
show(array.bytearray(b"abc").decode())
show(array.bytearray("ä", "utf-8").tobytes())
show(array.bytearray().tobytes())
show(array.bytearray(b"\xc3\xa4").decode() == "ä")
show((array.bytearray(b"ab") + array.bytearray(b"cd")).tobytes())
fails(lambda: array.bytearray(-1))
fails(lambda: array.bytearray([256]))
fails(lambda: array.bytearray([-1]))
fails(lambda: array.bytearray(["a"]))
raises(lambda: array.bytearray(5.5))
fails(lambda: b.append(256))
fails(lambda: b.append("a"))
fails(lambda: b.append())
raises(lambda: b[100])  # not lua: an item that is not there is nil
fails(lambda: array.bytearray(b"\xff").decode())
fails(lambda: array.bytearray(9223372036854775807))
show(b.tobytes())
