import collections
import enum
import io
import json as own
import math
import random
import unittest

from enroll import json as native


def outcome(run):
    """What something gives, or what it fails with."""
    try:
        return run()
    except own.JSONDecodeError as error:
        # Here it is what it derives from.
        return ValueError, str(error)
    except Exception as error:
        return type(error), str(error)


def same(one, two):
    """Equal, of the same types, and NaN like NaN."""
    if type(one) is not type(two):
        return False
    if isinstance(one, float):
        return math.isnan(one) and math.isnan(two) or (one, math.copysign(1, one)) == (
            two,
            math.copysign(1, two),
        )
    if isinstance(one, dict):
        return list(one) == list(two) and all(same(one[key], two[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(two) and all(map(same, one, two))
    return one == two


class Case(unittest.TestCase):
    def both(self, run):
        expected, found = outcome(lambda: run(own)), outcome(lambda: run(native))
        self.assertTrue(same(found, expected), f"{found!r} is not {expected!r}")
        return found


class Random(Case):
    """Random values and texts."""

    STRINGS = ["", "a", "Zoë", "漢", "𝒳", '"\\/', "\b\f\n\r\t", "\x00\x1f\x7f\x80", "key", "\u2028"]

    def scalar(self, chosen):
        return chosen.choice(
            [
                None,
                True,
                False,
                chosen.randrange(-5, 5),
                chosen.getrandbits(62) - (1 << 61),
                chosen.uniform(-10, 10),
                chosen.uniform(-1, 1) * 10.0 ** chosen.randrange(-30, 30),
                float(chosen.randrange(-3, 3)),
                -0.0,
                1e16,
                5e-324,
                1.7976931348623157e308,
                math.inf,
                -math.inf,
                math.nan,
                chosen.choice(self.STRINGS),
                "".join(chosen.choice(self.STRINGS) for _ in range(4)),
            ]
        )

    def value(self, chosen, depth):
        kind = chosen.randrange(8)
        if depth == 0 or kind < 3:
            return self.scalar(chosen)
        parts = [self.value(chosen, depth - 1) for _ in range(chosen.randrange(4))]
        if kind < 5:
            return parts
        if kind == 5:
            return tuple(parts)
        keys = [self.scalar(chosen) for _ in parts] if kind == 6 else self.STRINGS
        # NaN is no key that is ever found again.
        return {key: part for key, part in zip(keys, parts) if key == key}

    def options(self, chosen):
        options = {}
        for name in ["skipkeys", "ensure_ascii", "allow_nan", "sort_keys", "check_circular"]:
            if chosen.randrange(4) == 0:
                options[name] = chosen.choice([True, False])
        if chosen.randrange(3) == 0:
            options["indent"] = chosen.choice([None, 0, 1, 3, -1, "\t", "--"])
        if chosen.randrange(3) == 0:
            options["separators"] = chosen.choice([(",", ":"), (" ;", " = "), [",", ":"]])
        return options

    def test_values_have_the_same_text(self):
        chosen = random.Random(1)
        done = 0
        for round in range(5000):
            value, options = self.value(chosen, 4), self.options(chosen)
            with self.subTest(round=round, value=value, options=options):
                expected = outcome(lambda: own.dumps(value, **options))
                found = outcome(lambda: native.dumps(value, **options))
                if options.get("sort_keys") and expected[0] is TypeError:
                    # Which of the keys cannot be compared is told otherwise.
                    expected, found = expected[0], found[0]
                if isinstance(expected, tuple) and "compliant: " in expected[1]:
                    # With an indent, CPython adds which value it is.
                    expected = expected[0], expected[1].split(": ")[0]
                self.assertEqual(found, expected)
                done += isinstance(expected, str)
        self.assertGreater(done, 4000)

    def test_texts_have_the_same_value(self):
        chosen = random.Random(2)
        for round in range(3000):
            value = self.value(chosen, 4)
            options = {**self.options(chosen), "skipkeys": True, "sort_keys": False, "allow_nan": True}
            options["separators"] = None
            if options.get("indent") == "--":
                options["indent"] = None
            text = own.dumps(value, **options)
            with self.subTest(round=round, text=text):
                self.both(lambda module: module.loads(text))
                self.both(lambda module: module.loads(text.encode()))
                self.both(lambda module: module.loads(text, object_pairs_hook=list))

    def test_texts_with_a_fault_are_refused_alike(self):
        chosen = random.Random(3)
        noise = '[]{},:"\\ \n0123456789.eE+-truefalsnNaIity\x00é/ub'
        wrong = 0
        for round in range(8000):
            text = own.dumps(self.value(chosen, 3), ensure_ascii=chosen.choice([True, False]), skipkeys=True)
            for _ in range(chosen.randrange(1, 4)):
                at = chosen.randrange(len(text) + 1)
                to = at + chosen.choice([0, 0, 1, 1, 5])
                text = text[:at] + chosen.choice([*noise, ""]) + text[to:]
            expected = outcome(lambda: own.loads(text))
            found = outcome(lambda: native.loads(text))
            # Wanted differences: see below.
            if found == outcome(lambda: native.loads("1" * 20)) or isinstance(found, tuple) and (
                found[0] is OverflowError or "surrogate" in found[1]
            ):
                continue
            with self.subTest(round=round, text=text):
                self.assertTrue(same(found, expected), f"{found!r} is not {expected!r}")
            wrong += isinstance(expected, tuple)
        self.assertGreater(wrong, 5000)

    def test_noise_never_panics(self):
        chosen = random.Random(4)
        pieces = list('[]{},:"\\/ \n01.eE+-') + ["null", "true", "NaN", "-Infinity", '"a"', "\\u12", "\\ud834", "\\udd1e", "é"]
        for round in range(10000):
            text = "".join(chosen.choice(pieces) for _ in range(chosen.randrange(12)))
            expected = outcome(lambda: own.loads(text))
            found = outcome(lambda: native.loads(text))
            if isinstance(found, tuple) and "surrogate" in found[1]:
                continue
            with self.subTest(round=round, text=text):
                self.assertTrue(same(found, expected), f"{found!r} is not {expected!r}")

    def test_floats_of_every_size(self):
        chosen = random.Random(5)
        import struct

        for round in range(5000):
            (number,) = struct.unpack("d", chosen.randbytes(8))
            text = self.both(lambda module: module.dumps(number))
            self.both(lambda module: module.loads(text))
            self.both(lambda module: module.loads(f"{number:.25e}" if math.isfinite(number) else text))


# Of RFC 8259, by its sections; each with what stands in the text.
# What a backslash and a letter stand for here: ␊ a new line, ␉ a tab, ␍ a return.
ACCEPTED = r"""
2: [] | {} | [[]] | [{}] | {"a":{}} | ␉␍␊ [ ␉1 ␊,␍2 ] ␊ | 1 | "a" | null
3: true | false | null | [true,false,null]
4: {"":0} | {"a":1,"b":2} | {"a":1,"a":2} | {"\u0061":1} | {"a" : [ ] }
5: [1,"a",null,[],{}] | [[[[[1]]]]]
6: 0 | -0 | 1 | -1 | 10 | 123456789 | 0.5 | -0.5 | 1e5 | 1E5 | 1e+5 | 1e-5 | 1.5e10 | 0e0
6: 9223372036854775807 | -9223372036854775808 | 0.1 | 123.456e-7 | 0e+1 | 1E400 | -1e-400
7: "" | "\"\\\/\b\f\n\r\t" | "\u0000" | "\u00e9\u6f22" | "\ud834\udd1e" | "\uD834\uDD1E"
7: "é漢𝄞" | "/" | "" | "\\" | "\\\\\"" | "\\u0061"
"""
REFUSED = r"""
2:  | [ | ] | { | } | [1 | [1, | {"a" | {"a": | {"a":1 | {"a":1, | [1,] | {"a":1,} | [,1] | {,}
2: [1 2] | [1,,2] | 1 2 | [] [] | [1;2] | (1) | /* */1 | 1 // a | # | ; | ﻿1 |  1
3: True | NULL | nul | nulll | tru | falsee | undefined | none | nan | infinity
4: {a:1} | {'a':1} | {1:1} | {null:1} | {"a":1 "b":2} | {"a",1} | {"a"::1} | {"a"} | {[]:1}
4: {"a":1,,} | {"a":1] | {"a" 1} | {"a":} | {"a":,} | {"a
5: [1} | [[] | []] | ["a" "b"] | [: 1]
6: 01 | -01 | 00 | - | -- | + | +1 | 1. | .5 | -.5 | 1.e5 | 1e | 1e+ | 1e1.5 | 0x10 | 1_000 | 1,5
6: 1e5e5 | -a | --1 | 1-1 | ١ | -Inf | +Infinity | Inf | -NaN | [-] | [1.] | [1e]
7: " | "a | 'a' | "\ | "\" | "\x41" | "\a" | "\u" | "\u1" | "\u12g4" | "\u123" | "\u 123" | "\u+123"
7: "\U00000041" | "a␊b" | "␉" | "a"b | "\u12 | "\u1234 | "\ud834\u | "\ud834\u12 | "\ud834\u12"
"""


class Known(Case):
    def texts(self, table):
        for line in table.strip("\n").split("\n"):
            section, texts = line.split(": ", 1)
            for text in texts.split(" | "):
                for sign, char in ["␊\n", "␉\t", "␍\r"]:
                    text = text.replace(sign, char)
                yield section, text

    def test_accepted(self):
        for section, text in self.texts(ACCEPTED):
            with self.subTest(section=section, text=text):
                found = self.both(lambda module: module.loads(text))
                self.assertNotIsInstance(found, tuple)

    def test_refused(self):
        for section, text in self.texts(REFUSED):
            with self.subTest(section=section, text=text):
                found = self.both(lambda module: module.loads(text))
                self.assertIs(found[0], ValueError)

    def test_hooks(self):
        text = '{"a": [1, 2.50, -0, 1e400, NaN, {"b": -Infinity}, {}], "a": 2}'
        for hooks in [
            {"parse_int": str},
            {"parse_float": str},
            {"parse_constant": str},
            {"object_hook": lambda value: sorted(value)},
            {"object_pairs_hook": lambda pairs: pairs},
            {"object_pairs_hook": collections.OrderedDict},
            {"object_hook": lambda value: 1, "object_pairs_hook": lambda pairs: 2},
            {"parse_int": lambda text: 1 / 0},
            {"parse_int": int},
        ]:
            with self.subTest(hooks=hooks):
                self.both(lambda module: module.loads(text, **hooks))

    def test_a_hook_may_read_and_write_too(self):
        for module in [own, native]:
            hook = lambda value: module.loads(module.dumps(value))
            self.assertEqual(module.loads('{"a": {"b": 1}}', object_hook=hook), {"a": {"b": 1}})

    def test_default(self):
        class Thing:
            pass

        for value, default in [
            ({1, 2}, sorted),
            ([Thing()], lambda thing: {"a": Thing} if isinstance(thing, Thing) else "type"),
            (Thing(), lambda thing: thing),
            ([b"a"], lambda thing: thing.decode()),
            ([Thing()], lambda thing: 1 / 0),
            (1j, lambda number: [number.real, number.imag]),
        ]:
            for indent in [None, 2]:
                self.both(lambda module: module.dumps(value, default=default, indent=indent))

    def test_what_holds_itself(self):
        one = []
        one.append(one)
        two = {}
        two["a"] = [two]
        three = [[1], [1]]
        shared = [[]] * 3
        for value in [one, two, three, shared, {"a": shared, "b": shared}]:
            self.both(lambda module: module.dumps(value))

    def test_objects_of_python(self):
        class Colour(enum.IntEnum):
            RED = 3

        class Name(str):
            pass

        class Number(float):
            pass

        Point = collections.namedtuple("Point", "x y")
        for value in [
            Point(1, 2),
            [Colour.RED, Name("é"), Number(1.5)],
            {Colour.RED: 1, Name("a"): 2, Number(0.5): 3},
            collections.OrderedDict(b=1, a=2),
            collections.Counter("aab"),
            {True: 1, None: 2, 1.5: 3, 10: 4, "x": 5},
            {10: 1, 9: 2, 1.5: 3, True: 4},
        ]:
            self.both(lambda module: module.dumps(value))
            self.both(lambda module: module.dumps(value, indent=1))
        self.both(lambda module: module.dumps({10: 1, 9: 2, 1.5: 3, True: 4}, sort_keys=True))
        self.both(lambda module: module.dumps({Name("b"): 1, "a": 2}, sort_keys=True))
        self.both(lambda module: module.dumps({(1, 2): 1}, skipkeys=True))
        self.both(lambda module: module.dumps({(1, 2): 1}))
        self.both(lambda module: module.dumps({1, 2}))
        self.both(lambda module: module.dumps(b"a"))

    def test_streams(self):
        for module in [own, native]:
            stream = io.StringIO()
            module.dump({"a": [1, "é"]}, stream, indent=1)
            self.assertEqual(stream.getvalue(), own.dumps({"a": [1, "é"]}, indent=1))
            self.assertEqual(module.load(io.StringIO(stream.getvalue())), {"a": [1, "é"]})
            self.assertEqual(module.load(io.BytesIO(b'{"a": 1}'), parse_int=str), {"a": "1"})
        self.both(lambda module: module.load(5))

    def test_bytes(self):
        for text in [b"[1]", b"\xef\xbb\xbf[1]", '["é"]'.encode()]:
            self.both(lambda module: module.loads(text))
        for wrong in [5, None, [1], memoryview(b"1").tolist()]:
            self.both(lambda module: module.loads(wrong))
        with self.assertRaises(ValueError):
            native.loads(b'"\xff"')

    def test_wanted_differences(self):
        # Integers have 64 bits.
        with self.assertRaisesRegex(OverflowError, r"parse_int.*line 1 column 2 \(char 1\)"):
            native.loads("[9223372036854775808]")
        self.assertEqual(native.loads("[9223372036854775808]", parse_int=int), [2**63])
        with self.assertRaisesRegex(TypeError, "int of more than 64 bits is not JSON"):
            native.dumps(2**63)
        # No text has a lone surrogate.
        with self.assertRaisesRegex(ValueError, "surrogate.*char 1"):
            native.loads(r'"\ud800"')
        # Only UTF-8.
        with self.assertRaises(ValueError):
            native.loads("[1]".encode("utf-16"))
        # A limit that does not depend on the stack.
        deep = "[" * 64 + "]" * 64
        self.assertEqual(native.loads(deep), own.loads(deep))
        self.assertEqual(native.dumps(own.loads(deep)), deep)
        for count in [65, 100_000]:
            for opening in ["[", '{"a":']:
                with self.assertRaisesRegex(RuntimeError, "deeper than 64"):
                    native.loads(opening * count)
        with self.assertRaisesRegex(RuntimeError, "deeper than 64"):
            native.dumps(own.loads("[" * 65 + "]" * 65))
        one = []
        one.append(one)
        with self.assertRaisesRegex(RuntimeError, "deeper than 64"):
            native.dumps(one, check_circular=False)
        # The classes are not here.
        for name in ["JSONEncoder", "JSONDecoder", "JSONDecodeError"]:
            self.assertFalse(hasattr(native, name), name)


unittest.main(argv=["json_"])
