# What enroll's module says in so many words: the texts of CPython.
import collections
import json

for text in ["", "[1,]", "{\"a\":}", "[1] x", "\"a", "\"\\x\"", "\"\\u12\"", "{a: 1}", "{\"a\" 1}", "[1 2]", "01", "tru", "\n\n  x", "{\"a\": 1,}", "\"\t\""]:
    fails(lambda: json.loads(text))
fails(lambda: json.loads(5))
fails(lambda: json.dumps(collections.deque([])))
fails(lambda: json.dumps(json.loads("NaN"), allow_nan=False))
fails(lambda: json.loads())
