# stdlib
import re

raises(lambda: re.search("a", 5))
raises(lambda: re.search(5, "a"))
raises(lambda: re.search("a"))
raises(lambda: re.search())
raises(lambda: re.search("a", None))
raises(lambda: re.sub("a", 5, "a"))
raises(lambda: re.sub("a", "b"))
raises(lambda: re.compile(5))
raises(lambda: re.compile("a").search())
raises(lambda: re.compile("a").search("a", "b"))
raises(lambda: re.compile("a").nothing)
raises(lambda: re.nothing)
raises(lambda: re.match("a", "a").nothing())  # not rhai: a method that is not there is a function that is not found
show(re.compile("a").search("b") is None)
