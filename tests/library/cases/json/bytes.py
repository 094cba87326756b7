# stdlib
# not lua: one type for texts and bytes
import json

raises(lambda: json.dumps(b"a"))
raises(lambda: json.dumps([b"a"]))
raises(lambda: json.dumps({"a": b"b"}))
show(json.dumps(b"ab", default=lambda b: b.decode()))
show(json.dumps([b"ab", "c"], default=lambda b: len(b)))
raises(lambda: json.loads(b"\xff"))
raises(lambda: json.loads(b"\"\xff\""))
show(json.loads(b"\"\xc3\xa9\""))
show(json.loads(b"\xef\xbb\xbf1"))
raises(lambda: json.loads("\ufeff1"))
