import platform as own
import unittest

from enroll import platform as native


class Platform(unittest.TestCase):
    def test_system_machine_and_library_are_those_of_cpython(self):
        self.assertEqual(native.system(), own.system())
        self.assertEqual(native.machine(), own.machine())
        self.assertEqual(native.libc_ver(), (own.libc_ver()[0], ""))

    def test_the_platform_begins_as_that_of_cpython(self):
        native_system, version, rest = native.platform().split("-", 2)
        self.assertEqual(native_system, own.platform().split("-")[0])
        self.assertEqual(version, native.python_version())
        self.assertTrue(rest.startswith(own.machine()))
        self.assertEqual(native.platform(terse=True), f"{native_system}-{version}")
        self.assertEqual(native.platform(True, False), native.platform())

    def test_the_compiler_is_that_of_the_modules(self):
        name, version = native.python_compiler().split(" ")
        self.assertEqual((name, version), ("rustc", native.RUSTC))
        self.assertIn(own.machine(), native.TARGET)
        self.assertIn(native.PROFILE, ["debug", "release"])

    def test_the_implementation_is_that_of_enrolls_sys(self):
        from enroll import sys

        self.assertEqual(native.python_implementation(), sys.implementation[0])
        version = ".".join(map(str, sys.version_info))
        self.assertEqual(native.python_version(), version)
        self.assertEqual(native.VERSION, version)


unittest.main(argv=["platform_"])
