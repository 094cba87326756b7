# stdlib
# RFC 4648, 10, and what is around it.
import binascii

for data, text in [(b"", b"\n"), (b"f", b"Zg==\n"), (b"fo", b"Zm8=\n"), (b"foo", b"Zm9v\n"), (b"foob", b"Zm9vYg==\n"), (b"fooba", b"Zm9vYmE=\n"), (b"foobar", b"Zm9vYmFy\n")]:
    show(binascii.b2a_base64(data) == text)
    show(binascii.a2b_base64(text) == data)
show(binascii.b2a_base64(b"foo", newline=False))
show(binascii.b2a_base64(b"foo", newline=True))
show(binascii.b2a_base64(bytes(range(256))))
show(binascii.a2b_base64(binascii.b2a_base64(bytes(range(256)))) == bytes(range(256)))
for text in [b"", b"Z", b"Zg", b"Zg=", b"Zg==", b"Z g = =", b"Zm8", b"Zm8=", b"Zm9v", b"Zm9vYg", b"Zm9vYg==", b"Zm9vYg==Zm9v", b"=", b"====", b"Zm9v=", b"Zm9v==", b"Zm=9v", b"Zm9v\nYmFy\n", b"!Zm9v?", b"Zm8\xff=", b"+/+/", b"-_-_", b"Zg==!", b"Zh=="]:
    raises(lambda: binascii.a2b_base64(text))
show(binascii.a2b_base64("Zm9v"))
raises(lambda: binascii.a2b_base64(5))
raises(lambda: binascii.a2b_base64())
raises(lambda: binascii.b2a_base64())
raises(lambda: binascii.b2a_base64(5))
raises(lambda: binascii.b2a_base64(b"a", True))
for n in range(8):
    show(binascii.b2a_base64(b"\xff" * n))
