import random

random.seed(3)
for n in range(8):
    show(random.random())
for n in range(8):
    show(random.uniform(-1.5, 2.5))
show(random.uniform(1, 1))
show(random.uniform(0.0, 0.0))
random.seed(3)
show(random.random() < 1.0)
show(random.uniform(a=10.0, b=20.0) >= 10.0)
