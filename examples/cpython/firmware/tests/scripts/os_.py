import os as own
import posixpath
import tempfile
import unittest

from enroll import os as native

PATHS = [
    "", "/", "//", "///", "a", "a/", "/a", "a/b", "a//b", "/a/b.txt", ".", "..", "./a",
    "../a", "a/../b", "a/./b/", "//a/b", "///a", "a.tar.gz", ".profile", "a/.b.c", "Zoë/ü.x",
]


class Path(unittest.TestCase):
    def test_functions_of_one_path(self):
        for name in ["basename", "dirname", "isabs", "normpath", "split", "splitext"]:
            for path in PATHS:
                with self.subTest(name=name, path=path):
                    found = getattr(native.path, name)(path)
                    self.assertEqual(found, getattr(posixpath, name)(path))

    def test_join(self):
        for first in PATHS:
            for second in PATHS:
                with self.subTest(first=first, second=second):
                    found = native.path.join(first, second)
                    self.assertEqual(found, posixpath.join(first, second))
                    found = native.path.join(first, second, "c")
                    self.assertEqual(found, posixpath.join(first, second, "c"))

    def test_files(self):
        for path in [".", "os_.py", "missing", "/"]:
            for name in ["exists", "isdir", "isfile"]:
                with self.subTest(name=name, path=path):
                    found = getattr(native.path, name)(path)
                    self.assertIs(found, getattr(posixpath, name)(path))
        self.assertEqual(native.path.abspath("a/../b"), posixpath.abspath("a/../b"))

    def test_it_is_a_submodule(self):
        import enroll.os.path

        self.assertIs(enroll.os.path, native.path)
        self.assertIsNot(native.path, own.path)
        self.assertEqual(native.__spec__.submodule_search_locations, [])


class Os(unittest.TestCase):
    def test_the_environment(self):
        own.environ["ENROLL_TEST"] = "Zoë"
        self.assertEqual(native.getenv("ENROLL_TEST"), "Zoë")
        self.assertIsNone(native.getenv("ENROLL_MISSING"))
        default = ["any object"]
        self.assertIs(native.getenv("ENROLL_MISSING", default=default), default)
        self.assertEqual(native.getcwd(), own.getcwd())

    def test_folders_and_the_same_errors(self):
        with tempfile.TemporaryDirectory() as folder:
            inner = native.path.join(folder, "a")
            native.mkdir(path=inner)
            with self.assertRaises(FileExistsError):
                native.mkdir(inner)
            open(native.path.join(inner, "file"), "w").close()
            self.assertEqual(native.listdir(inner), own.listdir(inner))
            for run in [native.rmdir, own.rmdir]:
                with self.assertRaises(OSError) as raised:
                    run(inner)
                self.assertEqual(raised.exception.errno, 39)
            native.rename(src=native.path.join(inner, "file"), dst=folder + "/moved")
            native.remove(folder + "/moved")
            with self.assertRaises(FileNotFoundError):
                native.remove(folder + "/moved")
            native.rmdir(inner)
            self.assertEqual(native.listdir(folder), [])

    def test_what_another_crate_adds(self):
        self.assertEqual(native.devnull, own.devnull)
        self.assertGreater(native.cpu_count(), 0)
        self.assertEqual(native.tempdir, tempfile.gettempdir())
        native.tempdir = "/else"
        self.assertEqual(native.tempdir, "/else")
        with self.assertRaises(AttributeError):
            native.devnull = "x"


unittest.main(argv=["os_"])
