# What enroll's module says in so many words.
import binascii

show(binascii.hexlify("text"))
show(binascii.crc32("123456789"))
show(binascii.b2a_base64("foo"))
fails(lambda: binascii.unhexlify(b"1"))
fails(lambda: binascii.unhexlify(b"1g"))
fails(lambda: binascii.unhexlify(5))
fails(lambda: binascii.a2b_base64(b"Z"))
fails(lambda: binascii.a2b_base64(b"Zg"))
fails(lambda: binascii.hexlify(b"abc", "ab"))
fails(lambda: binascii.hexlify(b"abc", "ä"))
fails(lambda: binascii.hexlify(b"abc", "-", 0))
fails(lambda: binascii.hexlify())
