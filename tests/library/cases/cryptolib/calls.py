import array
import cryptolib

show(cryptolib.MODE_ECB)
show(cryptolib.MODE_CBC)
show(cryptolib.MODE_CTR)
key = bytes(range(16))
iv = b"sixteen bytes iv"
show(cryptolib.aes(key, cryptolib.MODE_ECB).encrypt(b"a" * 32))
show(cryptolib.aes(key, cryptolib.MODE_CBC, iv).encrypt(b"a" * 32))
show(cryptolib.aes(key, cryptolib.MODE_CTR, iv).encrypt(b"a" * 32))
# Calls go on from one another.
for mode in [cryptolib.MODE_CBC, cryptolib.MODE_CTR]:
    whole = cryptolib.aes(key, mode, iv)
    parts = cryptolib.aes(key, mode, iv)
    show(whole.encrypt(b"b" * 48) == parts.encrypt(b"b" * 16) + parts.encrypt(b"b" * 32))
counter = cryptolib.aes(key, cryptolib.MODE_CTR, iv)
for n in [0, 1, 2, 15, 16, 17, 33]:
    show(counter.encrypt(b"c" * n))
# Into a buffer, and in place.
out = array.bytearray(16)
cipher = cryptolib.aes(key, cryptolib.MODE_ECB)
cipher.encrypt(b"d" * 16, out)
show(out.tobytes())
cryptolib.aes(key, cryptolib.MODE_ECB).decrypt(out, out)
show(out.tobytes())
data = array.bytearray(b"e" * 32)
cryptolib.aes(key, cryptolib.MODE_CBC, iv).encrypt(data, data)
show(data.tobytes())
cryptolib.aes(key, cryptolib.MODE_CBC, iv).decrypt(data, data)
show(data.tobytes())
show(cryptolib.aes(key, cryptolib.MODE_ECB).encrypt(b""))
show(cryptolib.aes("0123456789abcdef", cryptolib.MODE_ECB).encrypt("sixteen letters."))
show(cryptolib.aes(bytes(range(32)), cryptolib.MODE_ECB).encrypt(b"f" * 16))
