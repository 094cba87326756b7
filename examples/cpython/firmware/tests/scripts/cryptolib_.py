import random
import shutil
import subprocess
import unittest

import cryptolib

MODES = {"ecb": cryptolib.MODE_ECB, "cbc": cryptolib.MODE_CBC, "ctr": cryptolib.MODE_CTR}


class Aes(unittest.TestCase):
    def setUp(self):
        self.chosen = random.Random(7)

    def cases(self, rounds):
        for round in range(rounds):
            for mode, number in MODES.items():
                for size in [16, 32]:
                    key, iv = self.chosen.randbytes(size), self.chosen.randbytes(16)
                    blocks = self.chosen.randrange(20)
                    length = blocks * 16 + (self.chosen.randrange(16) if mode == "ctr" else 0)
                    data = self.chosen.randbytes(length)
                    with self.subTest(mode=mode, key=key, iv=iv, data=data):
                        yield mode, number, key, iv, data

    @unittest.skipUnless(shutil.which("openssl"), "needs openssl")
    def test_openssl_encrypts_and_decrypts_the_same(self):
        for mode, number, key, iv, data in self.cases(5):
            for way, method in [("-e", "encrypt"), ("-d", "decrypt")]:
                command = ["openssl", "enc", f"-aes-{len(key) * 8}-{mode}", way, "-nopad"]
                command += ["-K", key.hex()]
                if mode != "ecb":
                    command += ["-iv", iv.hex()]
                expected = subprocess.run(command, input=data, capture_output=True, check=True)
                cipher = cryptolib.aes(key, number, iv)
                self.assertEqual(getattr(cipher, method)(data), expected.stdout)

    def test_what_is_encrypted_is_decrypted_in_parts(self):
        for mode, number, key, iv, data in self.cases(20):
            secret = cryptolib.aes(key, number, iv).encrypt(data)
            one_way, back = cryptolib.aes(key, number, iv), cryptolib.aes(key, number, iv)
            step = 1 if mode == "ctr" else 16
            parts, position = [], 0
            while position < len(data):
                size = self.chosen.randrange(5) * step
                parts.append(data[position : position + size])
                position += size
            secrets = [one_way.encrypt(part) for part in parts]
            self.assertEqual(b"".join(secrets), secret)
            self.assertEqual([back.decrypt(part) for part in secrets], parts)

    def test_a_result_is_written_into_a_buffer(self):
        for mode, number, key, iv, data in self.cases(5):
            for method in ["encrypt", "decrypt"]:
                new = lambda: getattr(cryptolib.aes(key, number, iv), method)
                expected = new()(data)
                out = bytearray(len(data) + 3)
                self.assertIs(new()(data, out), out)
                self.assertEqual(out, expected + bytes(3))
                # In place, and in the place of a part.
                both = bytearray(data)
                self.assertIs(new()(both, both), both)
                self.assertEqual(both, expected)
                part = memoryview(bytearray(b"<" + data + b">"))[1 : 1 + len(data)]
                new()(part, part)
                self.assertEqual(part.obj, b"<" + expected + b">")
                self.assertEqual(new()(memoryview(data)), expected)

    def test_a_buffer_that_does_not_do(self):
        cipher, data = cryptolib.aes(bytes(16), 1), bytes(32)
        for error, out in [
            (ValueError, bytearray(31)),
            (TypeError, data),
            (TypeError, memoryview(data)),
            (TypeError, [0] * 32),
        ]:
            with self.assertRaises(error):
                cipher.decrypt(data, out)
        # Nothing has happened, so it may still encrypt.
        self.assertEqual(cipher.encrypt(data), cryptolib.aes(bytes(16), 1).encrypt(data))

    def test_errors(self):
        key, cipher = bytes(16), cryptolib.aes(bytes(16), 1)
        for error, run in [
            (ValueError, lambda: cryptolib.aes(bytes(24), 1)),
            (ValueError, lambda: cryptolib.aes(key, 3)),
            (ValueError, lambda: cryptolib.aes(key, 2)),
            (ValueError, lambda: cryptolib.aes(key, 2, bytes(15))),
            (TypeError, lambda: cryptolib.aes(key)),
            (TypeError, lambda: cryptolib.aes(5, 1)),
            (TypeError, lambda: cryptolib.aes(key, "1")),
            (ValueError, lambda: cipher.encrypt(bytes(15))),
            (TypeError, lambda: cipher.encrypt(bytes(16), bytes(16))),
            (TypeError, lambda: cipher.encrypt()),
            (TypeError, lambda: cipher.encrypt(None)),
        ]:
            with self.assertRaises(error):
                run()
        cipher.decrypt(b"")
        with self.assertRaises(ValueError):
            cipher.encrypt(b"")


unittest.main(argv=["cryptolib_"])
