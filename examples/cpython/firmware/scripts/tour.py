import enroll
print(enroll, enroll.modules())
import enroll.errno
print(enroll.errno, enroll.errno.ENOENT, enroll.errno.errorcode)
from enroll import random
random.seed(1)
print([random.getrandbits(8) for _ in range(5)], random.randrange(start=10, stop=20))
from enroll.collections import deque, namedtuple
d = deque([1, 2, 3], maxlen=2)
print(d, len(d), 3 in d, d == deque([2, 3]), d[0], d.maxlen, deque.append, d.append)
P = namedtuple("P", "x y")
p = P(1, y=2)
print(p, p.x, p._asdict(), type(p), P)
import enroll.os.path
print(enroll.os.path.join("a", "b"), enroll.os.tempdir, enroll.os.cpu_count() > 0)
import usys
print(usys, usys.ps1)
usys.ps1 = "> "
from enroll import sys
print(sys is usys, sys.ps1, sys.path, type(sys.path))
sys.path.append("x")
print(sys.path, sys.path[1:])
try:
    enroll.errno.EPRM
except AttributeError as e:
    print(e, e.name)
try:
    random.getrandbits(99)
except ValueError as e:
    print(e, e.__notes__)
try:
    enroll.os.listdir("/nonexistent")
except FileNotFoundError as e:
    print(repr(e), e.errno)
import inspect, importlib.util
print(inspect.signature(random.randrange), importlib.util.find_spec("enroll.os.path"), importlib.util.find_spec("enroll.os").submodule_search_locations)
help(random)
