"""Draws at random, the same on every interpreter, and prints hashes of the pictures.

`calls.out` is what MicroPython prints (`micropython calls.py`); the tests of this
crate make the same calls and compare. Nothing here reads outside of a picture or
draws a text, which MicroPython does in its own way.
"""

try:
    from enroll import framebuf
except ImportError:
    import framebuf
from array import array

SIZES = [(1, 1, 1), (5, 16, 5), (13, 7, 15), (33, 21, 33), (40, 40, 49)]
CALLS = 400
EACH = 100


class Draw:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 1664525 + 1013904223) & 0xFFFFFFFF
        return (self.state >> 8) % n


def hash_of(data, value):
    for byte in data:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def coordinate(draw, size):
    if draw.below(16) == 0:
        return draw.below(10000) - 5000
    return draw.below(3 * size + 6) - size - 3


def frame(draw, format, width, height):
    data = bytearray(width * height * 2 + 16)
    for index in range(len(data)):
        data[index] = draw.below(256)
    return framebuf.FrameBuffer(data, width, height, format)


def call(draw, fb, width, height):
    which = draw.below(12)
    x = coordinate(draw, width)
    y = coordinate(draw, height)
    w = coordinate(draw, width)
    h = coordinate(draw, height)
    colour = draw.below(65536) if draw.below(2) else draw.below(2)
    fill = draw.below(2) == 1
    if which == 0:
        fb.pixel(x, y, colour)
    elif which == 1:
        fb.hline(x, y, w, colour)
    elif which == 2:
        fb.vline(x, y, h, colour)
    elif which == 3:
        fb.rect(x, y, w, h, colour, fill)
    elif which == 4:
        fb.fill_rect(x, y, w, h, colour)
    elif which == 5 or which == 6:
        fb.line(x, y, w, h, colour)
    elif which == 7:
        xr = draw.below(30) - 2
        yr = draw.below(30) - 2
        fb.ellipse(x, y, xr, yr, colour, fill, draw.below(16))
    elif which == 8:
        points = array("h")
        for _ in range(draw.below(8)):
            points.append(coordinate(draw, width))
            points.append(coordinate(draw, height))
        fb.poly(x, y, points, colour, fill)
    elif which == 9:
        fb.scroll(draw.below(7) - 3, draw.below(7) - 3)
    elif which == 10:
        key = draw.below(4) - 1
        source = frame(draw, draw.below(7), 6, 5)
        fb.blit(source, x, y, key)
    elif draw.below(2):
        fb.blit(fb, draw.below(5) - 2, draw.below(5) - 2, draw.below(3) - 1)
    else:
        # Formats of up to 16 colours, so that the palette has all of them.
        format = [0, 2, 3, 4, 5][draw.below(5)]
        source = frame(draw, format, 7, 9)
        palette = frame(draw, draw.below(7), 16, 1)
        fb.blit(source, x, y, -1, palette)


def run():
    for format in range(7):
        for width, height, stride in SIZES:
            draw = Draw(1000 * format + width)
            data = bytearray(stride * (height + 8) * 2 + 16)
            fb = framebuf.FrameBuffer(data, width, height, format, stride)
            hashes = []
            value = 0x811C9DC5
            for index in range(CALLS):
                if draw.below(3) == 0:
                    fb.fill(draw.below(4))
                call(draw, fb, width, height)
                value = hash_of(data, value)
                if index % EACH == EACH - 1:
                    total = 0
                    for y in range(height):
                        for x in range(width):
                            total = (total * 31 + fb.pixel(x, y)) & 0xFFFFFFFF
                    hashes.append("%08x %08x" % (value, total))
            yield "%d %d %d %d: %s" % (format, width, height, stride, " ".join(hashes))


if __name__ == "__main__":
    for line in run():
        print(line)
