# stdlib
import json

for text in ["0", "-0", "1", "-1", "10", "123456789", "9223372036854775807", "-9223372036854775807", "0.5", "-0.0", "1.0", "1e5", "1E5", "1e+5", "1e-5", "1.5e300", "-2.25", "123.456", "1e400", "-1e400", "5e-324", "0.1", "3.141592653589793", "1e22", "1e23"]:
    show(json.loads(text))
for text in ["true", "false", " true ", "\t\n\r 1 \n", "[]", "[ ]", "{}", "{ }", "[1]", "[1, 2,3 ,4]", "[[1], [[2]]]", "{\"a\": 1}", "{\"a\" : [1, {\"b\": \"c\"}] , \"d\":true}", "{\"a\": 1, \"a\": 2}", "{\"\": 1}"]:
    show(json.loads(text))
for text in ["\"\"", "\"a\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0041\\u00e9\\u65e5\"", "\"\\ud834\\udd1e\"", "\"\\uD834\\uDD1E\"", "\"é日𝄞\"", "\"\\u0000\"", "\"/\"", "\"\\u007f\""]:
    show(json.loads(text))
for text in ["", " ", "nul", "tru", "True", "None", "01", "-", "+1", "1.", ".5", "1e", "1e+", "--1", "0x1", "1 2", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "}", "{\"a\"", "{\"a\":", "{\"a\":}", "{\"a\":1", "{\"a\":1,}", "{a: 1}", "{1: 2}", "{\"a\" 1}", "{\"a\": 1 \"b\": 2}", "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\n\"", "\"\t\"", "'a'", "[1]x", "// 1", "1 // x", "[1]]", "{}}", "nan", "inf"]:
    raises(lambda: json.loads(text))
show(json.loads("NaN") == json.loads("NaN"))
show(json.loads("Infinity"))
show(json.loads("-Infinity"))
show(json.loads(b"[1, \"\xc3\xa9\"]"))
show(json.loads(b"{\"a\": 1}"))
raises(lambda: json.loads(5))
raises(lambda: json.loads([1]))
raises(lambda: json.loads())
raises(lambda: json.loads("1", "2"))
raises(lambda: json.nothing)
show(json.loads("[1, 2.5, \"x\"]", parse_int=lambda text: "int " + text))
show(json.loads("[1, 2.5, -3e2]", parse_float=lambda text: "float " + text))
show(json.loads("[NaN, Infinity, -Infinity]", parse_constant=lambda text: "the " + text))
show(json.loads("{\"a\": {\"b\": 1}, \"c\": 2}", object_hook=lambda d: len(d)))
show(json.loads("{\"a\": {\"b\": 1}, \"c\": 2}", object_pairs_hook=lambda pairs: len(pairs)))
show(json.loads("{\"b\": 1, \"a\": 2}", object_pairs_hook=lambda pairs: pairs))
show(json.loads("{\"b\": 1, \"a\": 2}", object_hook=lambda d: 0, object_pairs_hook=lambda pairs: len(pairs)))
raises(lambda: json.loads("[1]", parse_int=lambda text: 1 // 0))
raises(lambda: json.loads("{}", object_hook=lambda d: d["a"]))
