def draw(bits):
    from enroll import random

    return random.getrandbits(bits)


draw(99)
