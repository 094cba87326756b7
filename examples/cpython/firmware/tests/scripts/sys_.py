import unittest

import enroll
from enroll import sys as native


class Sys(unittest.TestCase):
    def setUp(self):
        native.ps1, native.path = ">>> ", ["", ".frozen"]

    def test_constants_are_those_of_cpython(self):
        import sys

        for name in ["byteorder", "maxsize", "platform"]:
            self.assertEqual(getattr(native, name), getattr(sys, name), name)
        self.assertEqual(native.implementation[0], "enroll")
        self.assertEqual(len(native.version_info), 3)

    def test_delegated_names_are_stored_and_deleted(self):
        native.ps1 = "> "
        self.assertEqual(native.ps1, "> ")
        self.assertIn("ps1", dir(native))
        del native.ps1
        self.assertFalse(hasattr(native, "ps1"))
        self.assertNotIn("ps1", dir(native))
        with self.assertRaises(AttributeError):
            del native.ps1
        with self.assertRaises(AttributeError):
            native.ps3 = 1
        with self.assertRaises(AttributeError):
            native.platform = "x"

    def test_what_is_stored_is_the_same_object(self):
        path = native.path = ["a"]
        path.append("b")
        self.assertIs(native.path, path)
        self.assertEqual(native.path, ["a", "b"])

    def test_the_list_at_first_is_the_modules_own(self):
        enroll.unload("sys")  # it has no deinit: nothing is initialised again
        self.assertIs(enroll.sys, native)
        self.assertEqual(native.path, ["", ".frozen"])

    def test_the_alias(self):
        import usys

        self.assertIs(usys, native)
        self.assertIs(enroll.usys, native)
        self.assertEqual(native.__name__, "enroll.sys")


unittest.main(argv=["sys_"])
