import binascii as own
import random
import unittest

from enroll import binascii as native

BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def outcome(run):
    """What something gives; ValueError for one, which `binascii.Error` is."""
    try:
        return run()
    except ValueError:
        return ValueError
    except Exception as error:
        return type(error)


class Binascii(unittest.TestCase):
    def setUp(self):
        self.chosen = random.Random(7)

    def data(self, most=100):
        return self.chosen.randbytes(self.chosen.randrange(most))

    def same(self, name, *arguments, **named):
        with self.subTest(name=name, arguments=arguments, named=named):
            expected = outcome(lambda: getattr(own, name)(*arguments, **named))
            found = outcome(lambda: getattr(native, name)(*arguments, **named))
            self.assertEqual(found, expected)

    def test_digits(self):
        for round in range(300):
            data = self.data()
            self.same("hexlify", data)
            self.same("b2a_hex", data)
            separator = self.chosen.choice(["-", b":", " ", "0", "\0", "\x7f"])
            self.same("hexlify", data, separator)
            self.same("hexlify", data, separator, self.chosen.randrange(-12, 12))
            self.same("hexlify", data, sep=separator, bytes_per_sep=self.chosen.randrange(-200, 200))
            digits = data.hex()
            for text in [digits, digits.upper(), digits.encode(), digits[1:]]:
                self.same("unhexlify", text)
                self.same("a2b_hex", text)

    def test_what_is_no_digits(self):
        for round in range(300):
            text = self.chosen.choices(b"0123456789abcdefABCDEFgG @`/:", k=self.chosen.randrange(6))
            self.same("unhexlify", bytes(text))

    def test_base64(self):
        for round in range(300):
            data = self.data()
            self.same("b2a_base64", data)
            self.same("b2a_base64", data, newline=self.chosen.choice([True, False]))
            self.same("a2b_base64", own.b2a_base64(data))
            self.same("a2b_base64", own.b2a_base64(data).decode())

    def test_what_is_base64_in_parts(self):
        for round in range(3000):
            text = self.chosen.choices(BASE64[::9] + b"===\n-*\x80\xff", k=self.chosen.randrange(14))
            self.same("a2b_base64", bytes(text))

    def test_checksums(self):
        for round in range(300):
            first, second = self.data(), self.data()
            self.same("crc32", first)
            self.same("crc32", second, own.crc32(first))
            self.same("crc32", second, self.chosen.randrange(-(2**31), 2**40))
            together = native.crc32(second, native.crc32(first))
            self.assertEqual(together, own.crc32(first + second))

    def test_data_of_any_kind_of_buffer(self):
        for data in [bytearray(b"Zm9v"), memoryview(b"Zm9v"), memoryview(b"..Zm9v..")[2:-2]]:
            for name in ["hexlify", "b2a_base64", "a2b_base64", "crc32"]:
                self.same(name, data)
            self.same("unhexlify", own.hexlify(data))
            self.same("unhexlify", bytearray(own.hexlify(data)))

    def test_errors(self):
        for name in ["hexlify", "unhexlify", "b2a_base64", "a2b_base64", "crc32"]:
            self.same(name)
            self.same(name, 5)
            self.same(name, None)
            self.same(name, b"", b"", 1, 2)
        self.same("hexlify", b"ab", "")
        self.same("hexlify", b"ab", "--")
        self.same("hexlify", b"ab", b"\x80")
        self.same("hexlify", b"ab", 5)
        self.same("hexlify", b"ab", ":", "1")
        self.same("b2a_base64", b"ab", True)
        self.same("crc32", b"ab", "1")

    def test_wanted_differences(self):
        # A text is its UTF-8, as in MicroPython.
        self.assertEqual(native.hexlify("Zoë"), b"5a6fc3ab")
        with self.assertRaises(ValueError):
            native.hexlify(b"ab", "ë")
        self.assertEqual(native.b2a_base64("foo"), b"Zm9v\n")
        self.assertEqual(native.crc32("123456789"), 0xCBF43926)


unittest.main(argv=["binascii_"])
