# Modules come from the crates of this build; no file lists them.
import enroll

print(enroll, enroll.modules())

# Constants are in read-only memory. CPython keeps its own `errno`, so this one is
# in the package.
import errno
from enroll import errno as native

print(native, native.ENOENT, native.errorcode[native.ENOENT], native.strerror(2))
print(native.ENOENT == errno.ENOENT, native is errno)

# A constant never changes, and a wrong name is an error.
try:
    native.ENOENT = 3
except AttributeError as error:
    print(error)
try:
    native.ENOETN
except AttributeError as error:
    print(error)

# A submodule, and names that another crate adds to the module.
import enroll.os.path

path = enroll.os.path
print(path, path.join("lib", "init.py"), path.basename("lib/init.py"))
print(enroll.os.sep, enroll.os.devnull, enroll.os.cpu_count() > 0)

# Native types are classes, and what Python does with objects works.
from enroll.collections import deque, namedtuple

queue = deque(["a", "b"], maxlen=3)
queue.append("c")
queue.append(object)
print(queue, len(queue), queue[0], "c" in queue)
Point = namedtuple("Point", "x y")
print(Point(3, y=4), Point(3, 4).y, Point(1, 2) == (1, 2))


class Log(deque):
    def append(self, line):
        super().append(line.upper())


log = Log()
log.append("a class of a script")
print(log, isinstance(log, deque))

# The same seed gives the same numbers, on every interpreter.
from enroll import random

random.seed(42)
print(random.getrandbits(32), random.randint(a=1, b=6), random.choice([10, 20, 30]))
try:
    random.getrandbits(33)
except ValueError as error:
    print(repr(error))

# A hook answers what is no constant: load, store, delete. `usys` is another name
# of the module, and CPython has none like it.
import usys
from enroll import sys

print(usys is sys, sys.ps1)
sys.ps1 = "py> "
print(sys.ps1)
del sys.ps1
print(hasattr(sys, "ps1"))

# A list that the module keeps is shared with the script.
sys.path.append("lib")
print(sys.path)

# importlib's own functions know these modules.
import importlib
import importlib.util

print(importlib.util.find_spec("enroll.os.path").origin)
print(importlib.reload(sys) is sys, "ps1" in dir(sys))

# A signature comes from the Rust declaration.
import inspect

print(inspect.signature(random.randrange))
