# MicroPython extmod/modrandom.c: the same numbers on every machine.
import random

random.seed(1)
for n in [0, 1, 2, 8, 16, 31, 32]:
    show(random.getrandbits(n))
random.seed(1)
for n in [0, 1, 2, 8, 16, 31, 32]:
    show(random.getrandbits(n))
random.seed(0)
show(random.getrandbits(32))
random.seed(-1)
show(random.getrandbits(32))
random.seed(4294967296)
show(random.getrandbits(32))
random.seed(n=7)
for n in range(10):
    show(random.randrange(10))
for n in range(10):
    show(random.randint(-5, 5))
for n in range(10):
    show(random.randrange(-100, 100, 7))
for n in range(5):
    show(random.randrange(10, 0, -3))
show(random.randrange(start=3, stop=4))
for n in range(5):
    show(random.choice(["a", "b", "c"]))
for n in range(5):
    show(random.choice("hello"))
show(random.randint(-9223372036854775807, 9223372036854775807))
