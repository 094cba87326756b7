# stdlib
# RFC 6070 (PBKDF2 with HMAC-SHA1) and RFC 7914, 11 (with HMAC-SHA256).
import hashlib

for password, salt, iterations, length, key in [
    (b"password", b"salt", 1, 20, "0c60c80f961f0e71f3a9b524af6012062fe037a6"),
    (b"password", b"salt", 2, 20, "ea6c014dc72d8ffff3c3e2d8a7a1b7d3d7a5b4d4"),
    (b"password", b"salt", 4096, 20, "4b007901b765489abead49d926f721d065a429c1"),
    (b"passwordPASSWORDpassword", b"saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096, 25, "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038"),
    (b"pass\x00word", b"sa\x00lt", 4096, 16, "56fa6aa75548099dcc37d7f03425e0c3"),
]:
    show(hashlib.pbkdf2_hmac("sha1", password, salt, iterations, length).hex() == key)
show(hashlib.pbkdf2_hmac("sha256", b"passwd", b"salt", 1, 64).hex())
for name in ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s"]:
    show(hashlib.pbkdf2_hmac(name, b"pw", b"salt", 2).hex())
    show(len(hashlib.pbkdf2_hmac(name, b"pw", b"salt", 1)))
show(hashlib.pbkdf2_hmac("sha256", b"", b"", 1).hex())
show(hashlib.pbkdf2_hmac("sha256", b"p" * 200, b"s" * 200, 3, 100).hex())
show(hashlib.pbkdf2_hmac(hash_name="sha256", password=b"p", salt=b"s", iterations=2, dklen=7).hex())
raises(lambda: hashlib.pbkdf2_hmac("sha256", b"p", b"s", 0))
raises(lambda: hashlib.pbkdf2_hmac("sha256", b"p", b"s", -1))
raises(lambda: hashlib.pbkdf2_hmac("sha256", b"p", b"s", 1, 0))
raises(lambda: hashlib.pbkdf2_hmac("sha256", b"p", b"s", 1, -1))
raises(lambda: hashlib.pbkdf2_hmac("nothing", b"p", b"s", 1))
raises(lambda: hashlib.pbkdf2_hmac("sha256", 5, b"s", 1))
raises(lambda: hashlib.pbkdf2_hmac("sha256", b"p", b"s"))
raises(lambda: hashlib.pbkdf2_hmac(1, b"p", b"s", 1))
