import array
import hashlib as own
import io
import random
import unittest

from enroll import hashlib as native
from enroll import io as native_io

FIXED = [name for name in native.algorithms_available if not name.startswith("shake")]
ANY_LENGTH = [name for name in native.algorithms_available if name.startswith("shake")]


def outcome(run):
    """What something gives, or the class of what it fails with."""
    try:
        return run()
    except Exception as error:
        return type(error)


class Hashes(unittest.TestCase):
    def setUp(self):
        self.chosen = random.Random(7)

    def data(self, most=700):
        return self.chosen.randbytes(self.chosen.randrange(most))

    def both(self, name, *arguments, **named):
        return getattr(own, name)(*arguments, **named), getattr(native, name)(*arguments, **named)

    def same(self, one, two, length=()):
        self.assertEqual(two.digest(*length), one.digest(*length))
        self.assertEqual(two.hexdigest(*length), one.hexdigest(*length))

    def test_the_same_algorithms_are_guaranteed(self):
        self.assertEqual({*native.algorithms_guaranteed}, own.algorithms_guaranteed)
        self.assertEqual({*native.algorithms_available}, own.algorithms_guaranteed)

    def test_names_and_sizes(self):
        for name in native.algorithms_available:
            with self.subTest(name=name):
                one, two = self.both(name)
                for attribute in ["name", "digest_size", "block_size"]:
                    self.assertEqual(getattr(two, attribute), getattr(one, attribute), attribute)
                    with self.assertRaises(AttributeError):
                        setattr(two, attribute, 1)
                self.assertIsInstance(two, getattr(native, name))
                self.assertIsInstance(two.copy(), getattr(native, name))

    def test_random_data_at_once(self):
        for name in native.algorithms_available:
            for round in range(60):
                data = self.data()
                with self.subTest(name=name, data=data):
                    length = [self.chosen.randrange(400)] if name in ANY_LENGTH else []
                    self.same(*self.both(name, data), length)
                    one, two = own.new(name, data), native.new(name, data)
                    self.same(one, two, length)

    def test_random_operations(self):
        for name in native.algorithms_available:
            one, two = self.both(name)
            for step in range(200):
                choice = self.chosen.randrange(10)
                with self.subTest(name=name, step=step, choice=choice):
                    if choice < 6:
                        data = self.data(300)
                        self.assertIsNone(two.update(data))
                        one.update(data)
                    elif choice < 8:
                        # One of the two goes on, the other is left.
                        copies = one.copy(), two.copy()
                        if choice == 6:
                            one, two = copies
                        else:
                            for copy in copies:
                                copy.update(b"unheard of")
                    self.same(one, two, [step] if name in ANY_LENGTH else [])

    def test_blocks_that_are_just_full(self):
        for name in native.algorithms_available:
            size = getattr(own, name)().block_size
            for length in range(size - 10, 2 * size + 10):
                data = bytes(length)
                with self.subTest(name=name, length=length):
                    self.same(*self.both(name, data), [20] if name in ANY_LENGTH else [])

    def test_a_megabyte(self):
        data = self.chosen.randbytes(2**20)
        for name in ["md5", "sha1", "sha256", "sha512", "blake2b"]:
            self.same(*self.both(name, data))

    def test_data_of_any_kind_of_buffer(self):
        data = self.data() + b"12345678"
        for buffer in [bytearray(data), memoryview(data), memoryview(bytearray(data))[3:]]:
            self.same(*self.both("sha256", buffer))
        # The bytes of wider items.
        items = array.array("H", range(300))
        self.same(*self.both("sha256", items))
        for name in ["blake2b", "blake2s"]:
            key = memoryview(b"a key")
            self.same(*self.both(name, bytearray(data), key=key, salt=bytearray(b"salt")))
        keys = [
            module.pbkdf2_hmac("sha1", bytearray(b"password"), memoryview(b"salt"), 3)
            for module in [own, native]
        ]
        self.assertEqual(*keys)

    def test_parameters_of_blake2(self):
        for name, size in [("blake2b", 64), ("blake2s", 32)]:
            for round in range(200):
                parameters = {
                    "digest_size": self.chosen.randrange(1, size + 1),
                    "key": self.chosen.randbytes(self.chosen.randrange(size + 1)),
                    "salt": self.chosen.randbytes(self.chosen.randrange(size // 4 + 1)),
                    "person": self.chosen.randbytes(self.chosen.randrange(size // 4 + 1)),
                }
                for parameter in self.chosen.sample([*parameters], self.chosen.randrange(4)):
                    del parameters[parameter]
                with self.subTest(name=name, parameters=parameters):
                    one, two = self.both(name, self.data(), **parameters)
                    more = self.data(300)
                    one.update(more), two.update(more)
                    self.same(one, two)
                    self.same(one.copy(), two.copy())
                    self.assertEqual(two.digest_size, one.digest_size)

    def test_streams(self):
        for name in FIXED:
            data = self.data(5000)
            expected = own.new(name, data).digest()
            for stream in [io.BytesIO(data), native_io.BytesIO(data)]:
                self.assertEqual(native.file_digest(stream, name).digest(), expected)
                # It is at its end now.
                found = native.file_digest(stream, lambda: native.new(name))
                self.assertEqual(found.digest(), own.new(name).digest())
        with open(__file__, "rb") as one, open(__file__, "rb") as two:
            self.same(own.file_digest(one, "sha256"), native.file_digest(two, native.sha256))
        # What makes a hash may be Python's.
        stream = io.BytesIO(b"abc")
        hash = native.file_digest(fileobj=stream, digest=own.sha1)
        self.same(own.sha1(b"abc"), hash)
        for run in [
            lambda module: module.file_digest(b"abc", "sha256"),
            lambda module: module.file_digest(io.BytesIO(), "sha255"),
            lambda module: module.file_digest(io.BytesIO(), 5),
        ]:
            self.assertEqual(outcome(lambda: run(native)), outcome(lambda: run(own)))

    def test_keys_from_passwords(self):
        for name in FIXED:
            for round in range(12):
                password, salt = self.data(200), self.data(40)
                iterations = self.chosen.randrange(1, 30)
                length = self.chosen.choice([None, 1, 20, 64, 65, 200])
                arguments = name, password, salt, iterations, length
                with self.subTest(arguments=arguments):
                    expected = own.pbkdf2_hmac(*arguments)
                    self.assertEqual(native.pbkdf2_hmac(*arguments), expected)
        named = {"hash_name": "sha256", "password": b"p", "salt": b"s", "iterations": 2}
        self.assertEqual(native.pbkdf2_hmac(**named, dklen=9), own.pbkdf2_hmac(**named, dklen=9))

    def test_errors(self):
        for run in [
            lambda module: module.sha256(None),
            lambda module: module.sha256(5),
            lambda module: module.sha256(b"", b""),
            lambda module: module.sha256(text=b""),
            lambda module: module.sha256().update(),
            lambda module: module.sha256().update(None),
            lambda module: module.sha256().digest(5),
            lambda module: module.sha256().nothing,
            lambda module: module.shake_128().digest(),
            lambda module: module.new(),
            lambda module: module.new("sha255"),
            lambda module: module.new(5),
            lambda module: module.blake2b(digest_size=0),
            lambda module: module.blake2b(digest_size=65),
            lambda module: module.blake2s(digest_size=33),
            lambda module: module.blake2b(key=bytes(65)),
            lambda module: module.blake2s(salt=bytes(9)),
            lambda module: module.blake2s(person=bytes(9)),
            lambda module: module.blake2s(size=1),
            lambda module: module.pbkdf2_hmac("sha255", b"", b"", 1),
            lambda module: module.pbkdf2_hmac("sha256", b"", b"", 0),
            lambda module: module.pbkdf2_hmac("sha256", b"", b"", -1),
            lambda module: module.pbkdf2_hmac("sha256", b"", b"", 2**31),
            lambda module: module.pbkdf2_hmac("sha256", b"", b"", 1, 0),
            lambda module: module.pbkdf2_hmac("sha256", b"", b"", 1, 2**31),
            lambda module: module.pbkdf2_hmac("sha256", b"", 5, 1),
            lambda module: module.pbkdf2_hmac("sha256", b"", b""),
        ]:
            expected = outcome(lambda: run(own))
            self.assertTrue(issubclass(expected, Exception))
            self.assertEqual(outcome(lambda: run(native)), expected)

    def test_arguments(self):
        for run in [
            lambda module: module.sha256(b"abc", usedforsecurity=False),
            lambda module: module.new("SHA256", b"abc"),
            lambda module: module.new(name="sha256", data=b"abc"),
            lambda module: module.new("sha256", usedforsecurity=True),
        ]:
            self.same(run(own), run(native))

    def test_wanted_differences(self):
        # A text is its UTF-8, as in MicroPython.
        self.same(own.sha256("Zoë".encode()), native.sha256("Zoë"))
        with self.assertRaises(TypeError):
            own.sha256("Zoë")
        # The limits of CPython's own SHAKE, which that of OpenSSL does not know.
        for length in [-1, 2**29, 2**63 - 1]:
            with self.assertRaises(ValueError):
                native.shake_256().hexdigest(length)
        # Types, as in MicroPython.
        self.assertIsInstance(native.sha256, type)
        self.assertIsInstance(native.algorithms_available, tuple)


unittest.main(argv=["hashlib_"])
