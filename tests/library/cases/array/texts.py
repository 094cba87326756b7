# What enroll's module says in so many words.
import array

fails(lambda: array.array("z"))
fails(lambda: array.array("B", [256]))
fails(lambda: array.array("b", [-129]))
fails(lambda: array.array("B", ["a"]))
fails(lambda: array.array("H", b"abc"))
a = array.array("B", [1])
fails(lambda: a.append(256))
fails(lambda: a.append(1.0))
fails(lambda: a.frombytes(5))
fails(lambda: array.array("H", [1]).frombytes(b"abc"))
fails(lambda: a.extend(array.array("h", [1])))
fails(lambda: a + array.array("h", [1]))
fails(lambda: a.append())
fails(lambda: a.append(1, 2))
