# stdlib
import array

a = array.array("h", [1, -2, 300])
show(a)
show(len(a))
show(a[0])
show(a[-1])
show(a.typecode)
show(a.itemsize)
show(list(a))
a.append(4)
show(a)
a[1] = 20
a[-1] = -32768
show(a)
del a[0]
show(a)
a.extend([7, 8])
show(a)
a.extend(array.array("h", [9]))
show(a)
show(20 in a)
show(21 in a)
for item in a:
    show(item)
show(a + array.array("h", [1, 2]))
show(a == array.array("h", [20, 300, -32768, 7, 8, 9]))
show(a == array.array("l", [20, 300, -32768, 7, 8, 9]))
show(a == array.array("h", [20, 300]))
show(a != array.array("h", [20, 300]))
show(a > array.array("h", [20, 299]))
show(a < array.array("h", [20, 299]))
show(a <= a)
show(a.tolist())
for code in ["b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "f", "d"]:
    e = array.array(code)
    show(len(e))
    show(e.itemsize)
    show(e.typecode)
    show(e)
    e.append(5)
    show(e)
    show(e[0])
    show(len(e.tobytes()) == e.itemsize)
for code, least, most in [("b", -128, 127), ("B", 0, 255), ("h", -32768, 32767), ("H", 0, 65535), ("i", -2147483648, 2147483647), ("I", 0, 4294967295), ("q", -9223372036854775807, 9223372036854775807)]:
    e = array.array(code, [least, most])
    show(e)
    show(list(e))
    show(e.tobytes())
    show(array.array(code, e.tobytes()) == e)
for code, value in [("b", 128), ("b", -129), ("B", 256), ("B", -1), ("h", 32768), ("H", 65536), ("H", -1), ("i", 2147483648), ("I", 4294967296), ("I", -1), ("Q", -1)]:
    raises(lambda: array.array(code, [value]))
f = array.array("f", [1.5, -0.25, 3])
show(f)
show(f[1])
f[0] = 0.1
show(f[0])
d = array.array("d", [0.1, 1e300, -2.5])
show(d)
show(list(d))
d[0] = 7
show(d[0])
