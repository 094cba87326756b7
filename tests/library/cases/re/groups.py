# stdlib
# not lua: a list or dictionary cannot hold nil
import re

show(re.match("(a)|(b)", "b").groups())
show(re.match("(a)|(b)", "b").groups("-"))
show(re.match("(a)|(b)", "b").group(1))
show(re.match("(a)|(b)", "b").start(1))
show(re.match("(a)|(b)", "b").span(1))
show(re.match("(a)?(b)?(c)", "c").groups())
show(re.match("(a)?(b)?(c)", "c").group(1, 2, 3))
show(re.match("(?P<x>a)|(?P<y>b)", "b").groupdict())
show(re.match("(?P<x>a)|(?P<y>b)", "b").groupdict("none"))
show(re.match("(a)|(b)", "a").lastindex)
show(re.match("a|b", "a").lastindex)
show(re.match("a|b", "a").lastgroup)
show(re.split("(a)|b", "1a2b3"))
show(re.findall("(a)|(b)", "ab"))
