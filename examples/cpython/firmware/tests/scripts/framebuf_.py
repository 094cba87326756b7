import array
import runpy
import unittest

from enroll import array as native_array
from enroll import framebuf

CALLS = "../../../../modules/framebuf/tests/calls"


class Pictures(unittest.TestCase):
    def test_python_draws_what_micropython_draws(self):
        # In a bytearray of Python's and with its arrays.
        calls = runpy.run_path(f"{CALLS}.py")
        self.assertIs(calls["framebuf"], framebuf)
        with open(f"{CALLS}.out") as expected:
            for line, drawn in zip(expected, calls["run"](), strict=True):
                self.assertEqual(drawn + "\n", line)

    def test_any_buffer_will_do(self):
        for data in [
            bytearray(8),
            memoryview(bytearray(16))[4:12],
            array.array("H", [0] * 4),
            native_array.bytearray(8),
            native_array.array("Q", [0]),
        ]:
            with self.subTest(data=data):
                fb = framebuf.FrameBuffer(data, 8, 8, framebuf.MONO_HLSB)
                fb.line(0, 0, 7, 7, 1)
                self.assertEqual(bytes(data), bytes(128 >> row for row in range(8)))
                self.assertEqual(bytes(fb), bytes(data))
        for wrong in [bytes(8), memoryview(bytes(8)), "12345678", None, [0] * 8]:
            with self.assertRaises(TypeError):
                framebuf.FrameBuffer(wrong, 8, 8, framebuf.MONO_HLSB)

    def test_corners_come_from_any_array(self):
        corners = [0, 0, 5, 0, 5, 5]
        pictures = set()
        for coords in [
            bytes(corners),
            array.array("h", corners),
            array.array("q", corners),
            memoryview(array.array("i", corners)),
            native_array.array("h", corners),
        ]:
            data = bytearray(8)
            fb = framebuf.FrameBuffer(data, 8, 8, framebuf.MONO_HLSB)
            fb.poly(1, 1, coords, 1, True)
            pictures.add(bytes(data))
        self.assertEqual(len(pictures), 1)
        with self.assertRaises(TypeError):
            fb.poly(0, 0, array.array("f", [1, 2]), 1)

    def test_pictures_in_one_buffer_read_what_was_drawn(self):
        # In whatever it is: one bytearray of Python's is one buffer.
        drawn = set()
        for data in [bytearray(b"123456"), native_array.bytearray(b"123456")]:
            whole = framebuf.FrameBuffer(data, 6, 1, framebuf.GS8)
            part = framebuf.FrameBuffer(data, 5, 1, framebuf.GS8)
            whole.blit(part, 1, 0)
            drawn.add(bytes(data))
            whole.blit((data, 5, 1, framebuf.GS8), 1, 0)
        self.assertEqual(drawn, {b"111111"})
        # Two views are two buffers.
        data = bytearray(b"123456")
        whole = framebuf.FrameBuffer(data, 6, 1, framebuf.GS8)
        whole.blit((memoryview(data), 5, 1, framebuf.GS8), 1, 0)
        self.assertEqual(data, b"112345")

    def test_a_script_may_derive_a_class(self):
        class Screen(framebuf.FrameBuffer):
            def __new__(cls, size):
                cls.data = bytearray(size * size)
                return super().__new__(cls, cls.data, size, size, framebuf.GS8)

            def cross(self):
                self.hline(0, 1, 3, 7)
                self.vline(1, 0, 3, 7)

        screen = Screen(3)
        screen.cross()
        self.assertEqual(bytes(screen), b"\0\7\0\7\7\7\0\7\0")
        self.assertEqual(bytes(screen), screen.data)

    def test_a_buffer_may_grow_between_calls(self):
        data = bytearray(4)
        fb = framebuf.FrameBuffer(data, 2, 2, framebuf.GS8)
        data.extend(b"1234")
        fb.fill(5)
        self.assertEqual(data, b"\5\5\5\x051234")
        del data[3:]
        self.assertRaises(ValueError, fb.fill, 1)
        self.assertEqual(data, b"\5\5\5")


unittest.main(argv=["framebuf_"])
