import array as own
import random
import unittest

from enroll import array as native

CODES = "bBhHiIlLqQfd"


def outcome(run):
    """What something gives, or the class of what it fails with."""
    try:
        return run()
    except Exception as error:
        return type(error)


def plain(value):
    """The numbers of an array of either kind, with its code."""
    if hasattr(value, "typecode"):
        return (value.typecode, value.itemsize, value.tolist())
    return value


class Array(unittest.TestCase):
    def number(self, chosen, code):
        if code in "fd":
            return chosen.choice([0, -1, 0.5, 1e300, -3.25, True, 7])
        bits = 8 * own.array(code).itemsize
        # Beyond 63 bits the native one reads nothing back.
        edges = [0, 1, -1, 2 ** (bits - 1) - 1, -(2 ** (bits - 1)), 2**70, True]
        if bits < 64:
            edges += [2**bits - 1, 2**bits, 2 ** (bits - 1)]
        return chosen.choice(edges + [chosen.randrange(100)])

    def test_random_operations(self):
        chosen = random.Random(11)
        for code in CODES:
            one, two = own.array(code), native.array(code)
            for step in range(300):
                numbers = [self.number(chosen, code) for _ in range(chosen.randrange(4))]
                number = self.number(chosen, code)
                index = chosen.randrange(-6, 6)
                stop = chosen.randrange(-6, 6)
                step_of = chosen.choice([None, 1, 2, -1, 3, -2])
                same = lambda array: type(array)(code, [1, 2])
                name, operation = chosen.choice(
                    [
                        ("append", lambda a: a.append(number)),
                        ("extend", lambda a: a.extend(numbers)),
                        ("extend by bytes", lambda a: a.extend(b"\x01\x02")),
                        ("extend by an array", lambda a: a.extend(same(a))),
                        ("extend itself", lambda a: a.extend(a)),
                        ("frombytes", lambda a: a.frombytes(bytes(8))),
                        ("frombytes of too few", lambda a: a.frombytes(bytes(7))),
                        ("item", lambda a: a[index]),
                        ("set", lambda a: a.__setitem__(index, number)),
                        ("delete", lambda a: a.__delitem__(index)),
                        ("slice", lambda a: plain(a[index:stop:step_of])),
                        ("set slice", lambda a: a.__setitem__(slice(index, stop), same(a))),
                        ("set slice by itself", lambda a: a.__setitem__(slice(index, stop), a)),
                        ("delete slice", lambda a: a.__delitem__(slice(index, stop))),
                        ("in", lambda a: number in a),
                        ("len", len),
                        ("bool", bool),
                        ("repr", repr),
                        ("tobytes", lambda a: a.tobytes()),
                        ("bytes", bytes),
                        ("iterate", lambda a: [*a]),
                        ("add", lambda a: plain(a + same(a))),
                        ("add a list", lambda a: plain(a + [1])),
                        ("equal", lambda a: (a == same(a), a == a, a == [1])),
                        ("order", lambda a: (a < same(a), a <= same(a), a > same(a), a >= a)),
                        ("order of another", lambda a: a < [1]),
                        ("hash", hash),
                    ]
                )
                with self.subTest(code=code, step=step, operation=name, number=number):
                    expected = outcome(lambda: operation(one))
                    self.assertEqual(outcome(lambda: operation(two)), expected)
                    self.assertEqual(plain(two), plain(one))
                if len(one) > 100:
                    del one[4:], two[4:]

    def test_construction(self):
        numbers = native.array("b", iter([1, 2]))
        self.assertEqual(plain(numbers), ("b", 1, [1, 2]))
        for arguments in [
            ("b",),
            ("i", [1, 2]),
            ("d", (0.5, 1)),
            ("B", b"abc"),
            ("h", b"abcd"),
            ("h", b"abc"),
            ("h", bytearray(b"abcd")),
            ("h", memoryview(b"abcd")),
            ("h", own.array("b", [-1, 2])),
            ("B", own.array("h", [-1])),
            ("f", own.array("h", [-1])),
            ("b", range(5)),
            ("b", range(500)),
            ("b", None),
            ("x", []),
            ("", []),
            ("bb", []),
            (5, []),
            ("b", 5),
            ("b", ["a"]),
            ("b", [1.0]),
            ("f", ["a"]),
            ("q", [2**64]),
            ("Q", [-1]),
            (),
            ("b", [], []),
        ]:
            with self.subTest(arguments=arguments):
                expected = outcome(lambda: plain(own.array(*arguments)))
                self.assertEqual(outcome(lambda: plain(native.array(*arguments))), expected)

    def test_comparison_across_codes(self):
        contents = [[], [1], [1, 2], [2], [1, 2, 3]]
        for first in "bHqfd":
            for second in "BiQd":
                for left in contents:
                    for right in contents:
                        one, two = own.array(first, left), own.array(second, right)
                        three, four = native.array(first, left), native.array(second, right)
                        for name in ["__eq__", "__lt__", "__le__", "__gt__", "__ge__"]:
                            with self.subTest(left=one, right=two, name=name):
                                expected = getattr(one, name)(two)
                                self.assertIs(getattr(three, name)(four), expected)

    def test_what_python_has_reads_it(self):
        numbers = native.array("h", [1, -2, 3])
        self.assertEqual((max(numbers), sum(numbers), sorted(numbers)), (3, 2, [-2, 1, 3]))
        self.assertEqual(own.array("h", bytes(numbers)).tolist(), [1, -2, 3])
        self.assertEqual(int.from_bytes(native.array("H", [258]), "little"), 258)

    def test_wanted_differences(self):
        # A text is its UTF-8, for interpreters without bytes.
        self.assertEqual(native.array("B", "az").tolist(), [97, 122])
        with self.assertRaises(TypeError):
            own.array("B", "az")
        # 64 bits without a sign are kept, but no int of a portable module.
        wide = native.array("Q", b"\xff" * 8)
        self.assertEqual(repr(wide), repr(own.array("Q", [2**64 - 1])))
        self.assertRaises(OverflowError, lambda: wide[0])
        for name in ["pop", "insert", "index", "count", "byteswap"]:
            self.assertFalse(hasattr(native.array, name), name)


class Bytearray(unittest.TestCase):
    def test_random_operations(self):
        chosen = random.Random(13)
        one, two = bytearray(), native.bytearray()
        for step in range(4000):
            number = chosen.choice([0, 1, 255, 256, -1, 2**70, True, 97])
            data = chosen.choice([b"", b"a", b"ab", bytearray(b"xyz"), [1, 2], [300], own.array("H", [1])])
            index, stop = chosen.randrange(-6, 6), chosen.randrange(-6, 6)
            step_of = chosen.choice([None, 1, 2, -1, -3])
            name, operation = chosen.choice(
                [
                    ("append", lambda b: b.append(number)),
                    ("extend", lambda b: b.extend(data) if not isinstance(data, own.array) else None),
                    ("extend itself", lambda b: b.extend(b)),
                    ("item", lambda b: b[index]),
                    ("set", lambda b: b.__setitem__(index, number)),
                    ("delete", lambda b: b.__delitem__(index)),
                    ("slice", lambda b: bytes(b[index:stop:step_of])),
                    ("set slice", lambda b: b.__setitem__(slice(index, stop), data)),
                    ("delete slice", lambda b: b.__delitem__(slice(index, stop))),
                    ("in", lambda b: number in b),
                    ("part of", lambda b: data in b),
                    ("len", len),
                    ("bool", bool),
                    ("repr", repr),
                    ("bytes", bytes),
                    ("decode", lambda b: b.decode()),
                    ("iterate", lambda b: [*b]),
                    ("add", lambda b: bytes(b + data)),
                    ("add to", lambda b: bytes(data + b) if not isinstance(data, own.array) else None),
                    ("equal", lambda b: (b == data, b == bytes(b), b == b, b == "a", b != data)),
                    ("order", lambda b: (b < data, b <= data, b > data, b >= b)),
                    ("hash", hash),
                ]
            )
            with self.subTest(step=step, operation=name, number=number, data=data):
                expected = outcome(lambda: operation(one))
                if expected is UnicodeDecodeError:
                    expected = ValueError
                self.assertEqual(outcome(lambda: operation(two)), expected)
                self.assertEqual(bytes(two), bytes(one))
            if len(one) > 60:
                del one[4:], two[4:]

    def test_construction(self):
        for arguments in [
            (),
            (5,),
            (0,),
            (-1,),
            (2**70,),
            (b"abc",),
            (bytearray(b"abc"),),
            (memoryview(b"abc"),),
            (own.array("h", [1]),),
            ([1, 2],),
            ([256],),
            (["a"],),
            ("abc", "utf-8"),
            (None,),
            (1.5,),
        ]:
            with self.subTest(arguments=arguments):
                expected = outcome(lambda: bytes(bytearray(*arguments)))
                found = outcome(lambda: bytes(native.bytearray(*arguments)))
                self.assertEqual(found, expected)


unittest.main(argv=["array_"])
