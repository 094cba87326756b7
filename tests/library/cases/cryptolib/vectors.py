# NIST SP 800-38A, appendix F, and FIPS 197, appendix C.
import cryptolib

plain = bytes.fromhex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710")
# F.1.1, ECB with 128 bits.
secret = bytes.fromhex("3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4")
show(cryptolib.aes(bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c"), cryptolib.MODE_ECB).encrypt(plain) == secret)
show(cryptolib.aes(bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c"), cryptolib.MODE_ECB).decrypt(secret) == plain)
# F.1.5, ECB with 256 bits.
secret = bytes.fromhex("f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870b6ed21b99ca6f4f9f153e7b1beafed1d23304b7a39f9f3ff067d8d8f9e24ecc7")
show(cryptolib.aes(bytes.fromhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"), cryptolib.MODE_ECB).encrypt(plain) == secret)
show(cryptolib.aes(bytes.fromhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"), cryptolib.MODE_ECB).decrypt(secret) == plain)
# F.2.1, CBC with 128 bits.
secret = bytes.fromhex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7")
show(cryptolib.aes(bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c"), cryptolib.MODE_CBC, bytes.fromhex("000102030405060708090a0b0c0d0e0f")).encrypt(plain) == secret)
show(cryptolib.aes(bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c"), cryptolib.MODE_CBC, bytes.fromhex("000102030405060708090a0b0c0d0e0f")).decrypt(secret) == plain)
# F.2.5, CBC with 256 bits.
secret = bytes.fromhex("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b")
show(cryptolib.aes(bytes.fromhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"), cryptolib.MODE_CBC, bytes.fromhex("000102030405060708090a0b0c0d0e0f")).encrypt(plain) == secret)
show(cryptolib.aes(bytes.fromhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"), cryptolib.MODE_CBC, bytes.fromhex("000102030405060708090a0b0c0d0e0f")).decrypt(secret) == plain)
# F.5.1, CTR with 128 bits.
secret = bytes.fromhex("874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee")
show(cryptolib.aes(bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c"), cryptolib.MODE_CTR, bytes.fromhex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")).encrypt(plain) == secret)
show(cryptolib.aes(bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c"), cryptolib.MODE_CTR, bytes.fromhex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")).decrypt(secret) == plain)
# F.5.5, CTR with 256 bits.
secret = bytes.fromhex("601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c52b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6")
show(cryptolib.aes(bytes.fromhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"), cryptolib.MODE_CTR, bytes.fromhex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")).encrypt(plain) == secret)
show(cryptolib.aes(bytes.fromhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"), cryptolib.MODE_CTR, bytes.fromhex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")).decrypt(secret) == plain)
block = bytes.fromhex("00112233445566778899aabbccddeeff")
for size, secret in [(16, "69c4e0d86a7b0430d8cdb78070b4c55a"), (32, "8ea2b7ca516745bfeafc49904b496089")]:
    show(cryptolib.aes(bytes(range(size)), cryptolib.MODE_ECB).encrypt(block).hex() == secret)
    show(cryptolib.aes(bytes(range(size)), cryptolib.MODE_ECB).decrypt(bytes.fromhex("00" "00" "00" "00" "00" "00" "00" "00" "00" "00" "00" "00" "00" "00" "00" "00")).hex())
