# stdlib
import io
import json

out = io.StringIO()
show(json.dump([1, {"a": "b"}], out))
show(out.getvalue())
json.dump({"b": 1, "a": 2}, out, sort_keys=True)
show(out.getvalue())
json.dump([1, 2], out, indent=1)
show(out.getvalue())
show(json.load(io.StringIO("[1, 2, {\"a\": 3}]")))
show(json.load(io.BytesIO(b"[1, 2]")))
show(json.load(io.StringIO("{\"a\": 5}"), object_hook=lambda d: d["a"]))
raises(lambda: json.load(io.StringIO("")))
raises(lambda: json.load(io.StringIO("[1")))
raises(lambda: json.load(5))
raises(lambda: json.dump(1, 5))
raises(lambda: json.dump(1))
