# stdlib
# not lua: a list or dictionary cannot hold nil
import json

for text in ["[null]", "[null, 1, null]", "{\"a\": null}", "{\"a\": [null], \"b\": {\"c\": null}}", "[[null], {}]"]:
    show(json.loads(text))
    show(json.dumps(json.loads(text)))
show(json.dumps([None]))
show(json.dumps([1, None, 2]))
show(json.dumps({"a": None}))
show(json.dumps({"a": {}, "b": [], "c": [[], {}]}))
show(json.dumps({}))
show(json.dumps([]))
show(json.dumps([[]]))
show(json.dumps({}, indent=2))
show(json.dumps([], indent=2))
show(json.dumps([[], {}, [None]], indent=1))
show(json.dumps((1, None), indent=0))
