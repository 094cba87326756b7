# What is no pattern is a ValueError here, of Python a class of its own: the kind is
# MicroPython's.
import re

for pattern in ["(", ")", "[", "[a", "a{2,1}", "*", "+a", "a**", "(?P<x", "(?P<x>a", "(?P<1>a)", "(?P<x>a)(?P<x>b)", "\\", "[b-a]", "(?z)"]:
    raises(lambda: re.compile(pattern))
# Without back references and look-around a search takes linear time.
raises(lambda: re.compile(r"(a)\1"))
raises(lambda: re.compile("(?=a)"))
raises(lambda: re.compile("(?<!a)b"))
raises(lambda: re.sub("(a)", r"\2", "a"))
raises(lambda: re.sub("(a)", r"\g<x>", "a"))
raises(lambda: re.sub("(a)", r"\g<1", "a"))
show(re.search("(a*)*b", "a" * 2000 + "c"))
show(re.search("(a+)+b", "a" * 2000 + "b").span())
