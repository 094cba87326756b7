# stdlib
# not rhai: the keys of a map are texts
import json

show(json.dumps({10: "a"}))
show(json.dumps({-1: "a"}))
show(json.dumps({True: "a"}))
show(json.dumps({1.5: "a"}))
show(json.dumps({3: 1, 20: 2, 100: 3}, sort_keys=True))
show(json.dumps({2.5: 1, 2: 2}, sort_keys=True))
raises(lambda: json.dumps({1: 1, "a": 2, 5: 3}, sort_keys=True))
raises(lambda: json.dumps({(1, 2): 1}))
show(json.dumps({(1, 2): 1, "a": 2}, skipkeys=True))
