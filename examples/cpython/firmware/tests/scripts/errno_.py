import errno as own
import unittest

from enroll import errno as native


def names(module):
    return [name for name in vars(module) if name.startswith("E")]


class Errno(unittest.TestCase):
    def test_every_code_is_that_of_cpython(self):
        self.assertEqual(len(names(native)), 22)
        for name in names(native):
            self.assertEqual(getattr(native, name), getattr(own, name), name)

    def test_errorcode_is_a_part_of_that_of_cpython(self):
        self.assertEqual(len(native.errorcode), 22)
        for code, name in native.errorcode.items():
            # Two names of one code.
            same = {own.errorcode[code], "EOPNOTSUPP" if code == 95 else name}
            self.assertIn(name, same)
            self.assertEqual(getattr(own, name), code)

    def test_strerror_takes_a_code_by_name(self):
        self.assertEqual(native.strerror(code=2), "no such file or directory")
        self.assertIsNone(native.strerror(-1))
        with self.assertRaises(OverflowError):
            native.strerror(2**40)
        with self.assertRaises(TypeError):
            native.strerror("2")


unittest.main(argv=["errno_"])
