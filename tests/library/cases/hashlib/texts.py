# What enroll's module says in so many words.
import hashlib

show(hashlib.sha256("text").hexdigest() == hashlib.sha256(b"text").hexdigest())
show(hashlib.sha256("ä").hexdigest() == hashlib.sha256(b"\xc3\xa4").hexdigest())
show(hashlib.algorithms_available)
fails(lambda: hashlib.new("nothing"))
fails(lambda: hashlib.new("sha256", 5))
fails(lambda: hashlib.sha256(5))
fails(lambda: hashlib.sha256().update(5))
fails(lambda: hashlib.sha256().update())
fails(lambda: hashlib.shake_128().digest())
fails(lambda: hashlib.shake_128().digest(-1))
fails(lambda: hashlib.shake_128().digest("a"))
fails(lambda: hashlib.blake2b(b"", digest_size=65))
fails(lambda: hashlib.blake2s(b"", key=b"k" * 33))
fails(lambda: hashlib.pbkdf2_hmac("shake_128", b"p", b"s", 1))
fails(lambda: hashlib.pbkdf2_hmac("sha256", b"p", b"s", 0))
fails(lambda: hashlib.pbkdf2_hmac("sha256", b"p", b"s", 1, 0))
