# stdlib
import binascii
import hashlib
import io
import json

stream = io.BytesIO(b"some data" * 1000)
show(hashlib.file_digest(stream, "sha256").hexdigest())
show(stream.tell())  # not stdlib: Python hashes a whole BytesIO, wherever it stands
show(hashlib.file_digest(stream, "sha256").hexdigest() == hashlib.sha256().hexdigest())  # not stdlib: Python hashes a whole BytesIO, wherever it stands
stream.seek(9)
show(hashlib.file_digest(stream, "sha1").hexdigest() == hashlib.sha1(b"some data" * 999).hexdigest())  # not stdlib: Python hashes a whole BytesIO, wherever it stands
show(hashlib.file_digest(io.BytesIO(b""), "md5").hexdigest())
show(hashlib.file_digest(io.BytesIO(b"abc"), hashlib.sha512).name)
raises(lambda: hashlib.file_digest(io.BytesIO(b""), "nothing"))
raises(lambda: hashlib.file_digest(5, "sha256"))
raises(lambda: hashlib.file_digest(io.BytesIO(b"")))
# Hashes of what other modules make.
text = json.dumps({"name": "sensor", "values": [1, 2.5]}, sort_keys=True)
show(hashlib.sha256(text.encode()).hexdigest())
show(binascii.hexlify(hashlib.md5(text.encode()).digest()))
show(binascii.b2a_base64(hashlib.sha1(text.encode()).digest()))
out = io.StringIO()
json.dump([hashlib.sha256(b"a").hexdigest(), hashlib.sha256(b"b").hexdigest()], out)
show(hashlib.sha256(out.getvalue().encode()).hexdigest())
show(json.loads(out.getvalue()) == [hashlib.sha256(b"a").hexdigest(), hashlib.sha256(b"b").hexdigest()])
