# stdlib
# not lua: one type for texts and bytes
import re

show(re.findall(b"a.", b"abac"))
show(re.search(rb"\d+", b"a12").group())
show(re.sub(b"a", b"b", b"banana"))
show(re.split(b",", b"a,b"))
show(re.search(b"\xff", b"a\xffb").span())
show(re.search(b".", b"\xff").group())
show(re.findall(rb"\w+", b"a\xe9b"))
raises(lambda: re.search(b"a", "a"))  # not stdlib: Python keeps texts and bytes apart
raises(lambda: re.search("a", b"a"))  # not stdlib: Python keeps texts and bytes apart
raises(lambda: re.sub(b"a", "b", b"a"))  # not stdlib: Python keeps texts and bytes apart
raises(lambda: re.sub("a", b"b", "a"))  # not stdlib: Python keeps texts and bytes apart
show(re.escape(b"a.b"))
