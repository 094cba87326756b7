import collections as own
import random
import unittest

from enroll import collections as native


class Strange:
    """Equal to everything, as only Python's own comparison can tell."""

    def __eq__(self, other):
        return True


def outcome(run):
    """What something gives, or the class of what it fails with."""
    try:
        return run()
    except Exception as error:
        return type(error)


class Deque(unittest.TestCase):
    def both(self, *arguments, **named):
        return own.deque(*arguments, **named), native.deque(*arguments, **named)

    def test_random_operations(self):
        chosen = random.Random(7)
        for round in range(60):
            maxlen = chosen.choice([None, None, 0, 1, 3])
            items = [chosen.randrange(4) for _ in range(chosen.randrange(5))]
            one, two = self.both(items, maxlen)
            for step in range(60):
                item, index = chosen.randrange(5), chosen.randrange(-4, 4)
                name, operation = chosen.choice(
                    [
                        ("append", lambda d: d.append(item)),
                        ("appendleft", lambda d: d.appendleft(item)),
                        ("pop", lambda d: d.pop()),
                        ("popleft", lambda d: d.popleft()),
                        ("extend", lambda d: d.extend([item, item + 1])),
                        ("extend itself", lambda d: d.extend(d)),
                        ("item", lambda d: d[index]),
                        ("set", lambda d: d.__setitem__(index, item)),
                        ("delete", lambda d: d.__delitem__(index)),
                        ("in", lambda d: item in d),
                        ("len", len),
                        ("bool", bool),
                        ("repr", repr),
                        ("maxlen", lambda d: d.maxlen),
                        ("clear", lambda d: d.clear() if item == 0 else None),
                        ("iterate", lambda d: [*d]),
                        ("sum", sum),
                    ]
                )
                with self.subTest(round=round, step=step, operation=name):
                    expected = outcome(lambda: operation(one))
                    self.assertEqual(outcome(lambda: operation(two)), expected)
                    self.assertEqual([*two], [*one])
                    if len(one) > 200:
                        one.clear(), two.clear()

    def test_any_object_is_kept_as_it_is(self):
        things = [object(), [1], {}, 2**70, Strange(), "Zoë", (1, [2]), len, int, ...]
        one, two = self.both(things)
        for kept, thing in zip(two, things):
            if type(thing) is not tuple:
                self.assertIs(kept, thing) if not isinstance(thing, str) else None
            self.assertEqual(kept, thing)
        self.assertEqual(repr(two), repr(one))

    def test_arguments(self):
        for arguments, named in [
            ((), {}),
            (("abc",), {}),
            ((), {"iterable": [1, 2], "maxlen": 1}),
            (([1, 2, 3], 2), {}),
            ((range(3), None), {}),
            ((5,), {}),
            (([], -1), {}),
            (([], "a"), {}),
            (([],), {"size": 1}),
        ]:
            with self.subTest(arguments=arguments, named=named):
                expected = outcome(lambda: repr(own.deque(*arguments, **named)))
                found = outcome(lambda: repr(native.deque(*arguments, **named)))
                self.assertEqual(found, expected)

    def test_an_iterator_notices_changes(self):
        for deque in self.both([1, 2]):
            iterator = iter(deque)
            next(iterator)
            deque.append(3)
            with self.assertRaises(RuntimeError):
                next(iterator)

    def test_comparison_of_two(self):
        for one, two in [([], []), ([1], [1]), ([1], [2]), ([1], [1, 2]), ([1], [1.0])]:
            expected = own.deque(one) == own.deque(two)
            self.assertIs(native.deque(one) == native.deque(two), expected)
        self.assertFalse(native.deque([1]) == [1])
        with self.assertRaises(TypeError):
            hash(native.deque())

    def test_a_comparison_in_python_decides(self):
        for deque in self.both([Strange()]):
            self.assertIn("anything", deque)
        for deque in self.both(["anything"]):
            self.assertIn(Strange(), deque)

    def test_a_deque_may_hold_itself(self):
        for deque in self.both([1]):
            deque.append(deque)
            self.assertIs(deque[1], deque)
            self.assertIn("...", repr(deque))
            deque.clear()

    def test_a_million_deques_within_each_other_end(self):
        inner = None
        for _ in range(100_000):
            inner = native.deque([inner])
        del inner

    def test_wanted_differences(self):
        # As MicroPython: with `flags` 1, a full one refuses.
        strict = native.deque([1], 1, 1)
        with self.assertRaises(IndexError):
            strict.append(2)
        # MicroPython has none of these.
        for name in ["rotate", "insert", "remove", "count", "index", "extendleft"]:
            self.assertFalse(hasattr(native.deque, name), name)


class Named(unittest.TestCase):
    def both(self, *arguments):
        return own.namedtuple(*arguments), native.namedtuple(*arguments)

    def test_fields_and_text(self):
        for fields in ["x y", "x,y", ["x", "y"], ("x", "y"), "x, y"]:
            one, two = self.both("Point", fields)
            self.assertEqual(two._fields, one._fields)
            self.assertEqual(two.__name__, "Point")
            one, two = one(1, y="a"), two(1, y="a")
            self.assertEqual(repr(two), repr(one))
            self.assertEqual((two.x, two[1], two[-1], len(two)), (1, "a", "a", 2))
            self.assertEqual([*two], [*one])
            self.assertEqual(two._asdict(), one._asdict())
            self.assertEqual(repr(two._replace(y=5)), repr(one._replace(y=5)))
            self.assertEqual(two._fields, one._fields)

    def test_it_equals_a_tuple(self):
        one, two = self.both("Point", "x y")
        for other in [(1, 2), (1, 3), (1,), [1, 2], two(1, 2), two(2, 1)]:
            expected = one(1, 2) == (tuple(other) if not isinstance(other, list) else other)
            self.assertIs(two(1, 2) == other, expected, other)
        self.assertEqual(hash(two(1, 2)), hash(two(1, 2)))
        self.assertIn(2, two(1, 2))

    def test_errors(self):
        for run in [
            lambda module: module.namedtuple("P", "x x"),
            lambda module: module.namedtuple("P", "1x"),
            lambda module: module.namedtuple("P", "_x"),
            lambda module: module.namedtuple("P", 1),
            lambda module: module.namedtuple("P", "x")(),
            lambda module: module.namedtuple("P", "x")(1, 2),
            lambda module: module.namedtuple("P", "x")(1, x=2),
            lambda module: module.namedtuple("P", "x")(y=2),
            lambda module: module.namedtuple("P", "x")(1)[1],
            lambda module: setattr(module.namedtuple("P", "x")(1), "x", 2),
            lambda module: module.namedtuple("P", "x")(1).y,
        ]:
            expected = outcome(lambda: run(own))
            self.assertEqual(outcome(lambda: run(native)), expected)
            self.assertTrue(issubclass(expected, Exception))

    def test_make_and_unpacking(self):
        for point in self.both("Point", "x y"):
            self.assertEqual(repr(point._make(range(2))), "Point(x=0, y=1)")
            x, y = point._make([[1], {}])
            self.assertEqual((x, y), ([1], {}))

    def test_wanted_differences(self):
        one, two = self.both("Point", "x y")
        # A native named tuple is no tuple, and its factory no class: types are
        # constants.
        self.assertFalse(isinstance(two(1, 2), tuple))
        self.assertFalse(isinstance(two, type))
        # So it is another key than a tuple that it equals.
        self.assertEqual({(1, 2): 1}.get(one(1, 2)), 1)
        self.assertIsNone({(1, 2): 1}.get(two(1, 2)))


unittest.main(argv=["collections_"])
