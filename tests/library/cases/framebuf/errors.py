import array
import framebuf

b = array.bytearray(8)
fails(lambda: framebuf.FrameBuffer(b, 9, 1, framebuf.GS8))
fails(lambda: framebuf.FrameBuffer(b, 8, 1, 100))
fails(lambda: framebuf.FrameBuffer(b, 8, 1, -1))
fails(lambda: framebuf.FrameBuffer(b, 0, 1, framebuf.GS8))
fails(lambda: framebuf.FrameBuffer(b, 1, 0, framebuf.GS8))
fails(lambda: framebuf.FrameBuffer(b, -1, 1, framebuf.GS8))
fails(lambda: framebuf.FrameBuffer(b, 4, 1, framebuf.GS8, 3))
fails(lambda: framebuf.FrameBuffer(b, 4, 3, framebuf.GS8, 4))
fails(lambda: framebuf.FrameBuffer(b, 9223372036854775807, 9223372036854775807, framebuf.GS8))
fails(lambda: framebuf.FrameBuffer(b, 1, 1, framebuf.GS8, 9223372036854775807))
raises(lambda: framebuf.FrameBuffer(b"abcdefgh", 8, 1, framebuf.GS8))
raises(lambda: framebuf.FrameBuffer(5, 8, 1, framebuf.GS8))
raises(lambda: framebuf.FrameBuffer([0, 0, 0, 0], 2, 2, framebuf.GS8))
fails(lambda: framebuf.FrameBuffer(b, 8, 1))
fails(lambda: framebuf.FrameBuffer(b, "8", 1, framebuf.GS8))
f = framebuf.FrameBuffer(b, 8, 1, framebuf.GS8)
fails(lambda: f.fill())
fails(lambda: f.fill("a"))
fails(lambda: f.pixel(0))
fails(lambda: f.pixel(0.5, 0))
fails(lambda: f.hline(0, 0, 1))
raises(lambda: f.poly(0, 0, 5, 1))
raises(lambda: f.blit(5, 0, 0))
raises(lambda: f.blit(b, 0, 0))
fails(lambda: f.text(5, 0, 0))
raises(lambda: f.nothing())  # not rhai: a method that is not there is a function that is not found
show(b.tobytes())
# A buffer that shrinks under a picture is an error, and nothing is drawn.
for n in range(4):
    del b[0]
raises(lambda: f.fill(1))
show(b.tobytes())
