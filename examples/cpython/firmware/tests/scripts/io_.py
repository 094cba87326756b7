import array
import io as own
import random
import unittest

from enroll import array as native_array
from enroll import io as native


def outcome(run):
    """What something gives, or the class of what it fails with."""
    try:
        return run()
    except Exception as error:
        return type(error)


class Streams(unittest.TestCase):
    def both(self, name, *arguments):
        return getattr(own, name)(*arguments), getattr(native, name)(*arguments)

    def operations(self, chosen, text):
        letters = ["a", "é", "€", "😀", "\n", "\r\n", "\0"] if chosen.randrange(2) else ["a", "\n"]
        part = "".join(chosen.choice(letters) for _ in range(chosen.randrange(7)))
        lines = [part, part + "\n"]
        if not text:
            part, lines = part.encode(), [line.encode() for line in lines]
        size = chosen.choice([None, -1, 0, 1, 2, 3, 5, 8, 30])
        position = chosen.randrange(-2, 25)
        offset, whence = chosen.randrange(-9, 9), chosen.choice([1, 2])
        if text:
            # Elsewhere only MicroPython goes.
            offset = 0
        return chosen.choice(
            [
                ("read", lambda s: s.read(size)),
                ("read all", lambda s: s.read()),
                ("readline", lambda s: s.readline(size)),
                ("readlines", lambda s: s.readlines(size)),
                ("next", next),
                ("lines", lambda s: [*s] if position < 5 else None),
                ("write", lambda s: s.write(part)),
                ("write", lambda s: s.write(part)),
                ("writelines", lambda s: s.writelines(lines)),
                ("seek", lambda s: s.seek(position)),
                ("seek from", lambda s: s.seek(offset, whence)),
                ("seek wrongly", lambda s: s.seek(0, 7)),
                ("tell", lambda s: s.tell()),
                ("truncate", lambda s: s.truncate(size)),
                ("truncate here", lambda s: s.truncate()),
                ("getvalue", lambda s: s.getvalue()),
                # A closed text of CPython's is flushed silently.
                ("flush", lambda s: s.closed or s.flush()),
                ("closed", lambda s: s.closed),
                ("readable", lambda s: (s.readable(), s.writable(), s.seekable(), s.isatty())),
                ("write a number", lambda s: s.write(5)),
                ("read a text", lambda s: s.read("a")),
                ("close", lambda s: s.close() if position == 0 else None),
            ]
        )

    def compare(self, seed, name, initial):
        chosen = random.Random(seed)
        text = name == "StringIO"
        for round in range(60):
            one, two = self.both(name, *initial)
            for step in range(60):
                operation, run = self.operations(chosen, text)
                with self.subTest(round=round, step=step, operation=operation):
                    self.assertEqual(outcome(lambda: run(two)), outcome(lambda: run(one)))
                    for state in [lambda s: s.getvalue(), lambda s: s.tell(), lambda s: s.closed]:
                        self.assertEqual(outcome(lambda: state(two)), outcome(lambda: state(one)))

    def test_random_texts(self):
        self.compare(3, "StringIO", ())
        self.compare(4, "StringIO", ("erste\n😀 zweite\n",))

    def test_random_bytes(self):
        self.compare(5, "BytesIO", ())
        self.compare(6, "BytesIO", (b"one\ntwo\n",))

    def test_construction(self):
        for name, arguments in [
            ("StringIO", ()),
            ("StringIO", (None,)),
            ("StringIO", ("text",)),
            ("StringIO", (b"bytes",)),
            ("StringIO", (1.5,)),
            ("BytesIO", ()),
            ("BytesIO", (None,)),
            ("BytesIO", (b"bytes",)),
            ("BytesIO", (bytearray(b"bytes"),)),
            ("BytesIO", (memoryview(b"bytes"),)),
            ("BytesIO", (array.array("h", [1, 2]),)),
            ("BytesIO", ([1, 2],)),
        ]:
            with self.subTest(name=name, arguments=arguments):
                expected = outcome(lambda: getattr(own, name)(*arguments).getvalue())
                found = outcome(lambda: getattr(native, name)(*arguments).getvalue())
                self.assertEqual(found, expected)

    def test_with_and_iteration(self):
        for stream in self.both("StringIO", "a\nb"):
            with stream as inner:
                self.assertIs(inner, stream)
                self.assertEqual([line for line in stream], ["a\n", "b"])
            self.assertTrue(stream.closed)
            self.assertRaises(ValueError, iter, stream)
            self.assertRaises(ValueError, next, stream)

    def test_buffers_are_filled(self):
        for stream in self.both("BytesIO", b"hello world"):
            buffer = bytearray(4)
            self.assertEqual(stream.readinto(buffer), 4)
            self.assertEqual(buffer, b"hell")
            numbers = array.array("h", [0, 0, 0])
            self.assertEqual(stream.readinto(memoryview(numbers)[1:]), 4)
            self.assertEqual(numbers.tobytes(), b"\0\0o wo")
            self.assertEqual(stream.readinto(buffer), 3)
            self.assertEqual(buffer, b"rldl")
            self.assertEqual(stream.readinto(buffer), 0)
            for wrong in [b"1234", memoryview(b"1234"), None, "text"]:
                self.assertRaises(TypeError, stream.readinto, wrong)
        stream, buffer = native.BytesIO(b"hello"), native_array.bytearray(3)
        self.assertEqual((stream.readinto(buffer), bytes(buffer)), (3, b"hel"))

    def test_far_away(self):
        for name, data in [("StringIO", "x"), ("BytesIO", b"x")]:
            for stream in self.both(name):
                self.assertEqual(stream.seek(2**62), 2**62)
                self.assertEqual(stream.read(), data[:0])
                self.assertEqual(stream.write(data[:0]), 0)
                self.assertRaises((OverflowError, MemoryError), stream.write, data)
                self.assertEqual(stream.getvalue(), data[:0])

    def test_a_stream_of_python_is_written_in_blocks(self):
        class Storage(own.RawIOBase):
            blocks = []

            def writable(self):
                return True

            def write(self, data):
                self.blocks.append(bytes(data))
                return len(data)

        storage = Storage()
        writer = native.BufferedWriter(storage, 4)
        self.assertEqual(writer.write(b"abcdefghij"), 10)
        self.assertEqual(storage.blocks, [b"abcd", b"efgh"])
        writer.flush()
        self.assertEqual(storage.blocks, [b"abcd", b"efgh", b"ij"])

    def test_what_a_stream_raises_passes_through(self):
        class Broken:
            def write(self, data):
                raise KeyError("broken")

        writer = native.BufferedWriter(Broken(), 1)
        self.assertRaises(KeyError, writer.write, b"a")

    def test_wanted_differences(self):
        # As MicroPython: bytes take a text, and both take a size.
        self.assertEqual(native.BytesIO("é").getvalue(), "é".encode())
        self.assertEqual(native.StringIO(100).getvalue(), "")
        # As MicroPython: any position in a text, parts of what is written.
        stream = native.StringIO("aéb")
        stream.seek(-1, 2)
        self.assertEqual(stream.read(), "b")
        stream.write("12345", 1, 2)
        self.assertEqual(stream.getvalue(), "aéb23")
        self.assertEqual(stream.ioctl(3, 1 | 4 | 8), 5)


unittest.main(argv=["io_"])
