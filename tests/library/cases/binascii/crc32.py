# stdlib
import binascii

# The check value of CRC-32/ISO-HDLC.
show(binascii.crc32(b"123456789") == 0xcbf43926)
show(binascii.crc32(b""))
show(binascii.crc32(b"", 5))
show(binascii.crc32(b"a"))
show(binascii.crc32(b"456789", binascii.crc32(b"123")) == binascii.crc32(b"123456789"))
show(binascii.crc32(bytes(range(256))))
show(binascii.crc32(b"\x00" * 1000))
show(binascii.crc32(b"abc", 0xffffffff))
show(binascii.crc32(b"abc", 4294967296))
show(binascii.crc32(b"abc", -1))
raises(lambda: binascii.crc32())
raises(lambda: binascii.crc32(5))
raises(lambda: binascii.crc32(b"a", "b"))
raises(lambda: binascii.crc32(b"a", 1, 2))
for n in range(10):
    show(binascii.crc32(b"xyz" * n, n))
