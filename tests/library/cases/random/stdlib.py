# stdlib
# What no generator decides: ranges and errors.
import random

random.seed(1)
show(random.randrange(1))
show(random.randrange(5, 6))
show(random.randrange(5, 3, -5))
show(random.randint(7, 7))
show(random.choice([4]))
show(random.choice("x"))
show(random.getrandbits(0))
show(random.uniform(2, 2))
for n in range(20):
    show(random.randrange(10) < 10)
    show(random.randint(3, 4) in [3, 4])
    show(random.getrandbits(3) < 8)
    show(random.choice([1, 2]) in [1, 2])
    show(random.random() < 1)
raises(lambda: random.randrange(0))
raises(lambda: random.randrange(3, 3))
raises(lambda: random.randint(2, 1))
raises(lambda: random.choice([]))
raises(lambda: random.choice(""))
raises(lambda: random.getrandbits(-1))
raises(lambda: random.randrange(1, 2, 0))
