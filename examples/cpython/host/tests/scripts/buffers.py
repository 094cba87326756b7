"""Bytes of Python objects that native functions read and change."""

import array
import ctypes
import mmap


def fails(error, run, *arguments):
    try:
        run(*arguments)
    except error as raised:
        return raised
    raise AssertionError(f"no {error.__name__}")


def test_what_is_bytes_is_read():
    from enroll.values import bytes_of

    class Mine(bytes):
        pass

    for data, expected in [
        (b"ab", b"ab"),
        ("aé", "aé".encode()),
        (bytearray(b"ab"), b"ab"),
        (memoryview(b"ab"), b"ab"),
        (memoryview(b"abcd")[1:3], b"bc"),
        (array.array("h", [1, -2]), array.array("h", [1, -2]).tobytes()),
        (memoryview(array.array("d", [0.5])), array.array("d", [0.5]).tobytes()),
        ((ctypes.c_uint16 * 2)(1, 2), array.array("H", [1, 2]).tobytes()),
        (memoryview(b"abcd")[::2], b"ac"),
        (memoryview(array.array("h", [1, 2, 3]))[::2], array.array("h", [1, 3]).tobytes()),
        (Mine(b"ab"), b"ab"),
        (bytearray(), b""),
        (array.array("h"), b""),
    ]:
        assert bytes(bytes_of(data)) == expected, data


def test_what_is_no_bytes_is_refused():
    from enroll.values import bytes_of, invert

    class Thing:
        pass

    for data in [1, None, [1], Thing(), 2**70, "\udc80"]:
        error = fails(TypeError, bytes_of, data)
        assert "is not bytes-like" in str(error), error
        assert invert(data) is None


def test_what_can_change_changes():
    from enroll.values import invert

    data = bytearray(b"\x00\xff\x01")
    assert invert(data) == 3 and data == b"\xff\x00\xfe"
    numbers = array.array("h", [0, -1])
    assert invert(numbers) == 4 and list(numbers) == [-1, 0]
    fields = (ctypes.c_uint16 * 2)(1, 0xFFFF)
    assert invert(fields) == 4 and list(fields) == [0xFFFE, 0]
    view = memoryview(numbers)[1:]
    assert invert(view) == 2 and list(numbers) == [-1, -1]
    with mmap.mmap(-1, 16) as memory:
        assert invert(memory) == 16 and memory[:] == b"\xff" * 16
    assert invert(bytearray()) == 0


def test_what_cannot_change_stays():
    from enroll.values import invert

    data = b"ab"
    for constant in [data, memoryview(data), memoryview(bytearray(b"ab")).toreadonly(), "ab"]:
        assert invert(constant) is None
    assert data == b"ab"
    # In pieces.
    pieces = bytearray(b"abcd")
    assert invert(memoryview(pieces)[::2]) is None and pieces == b"abcd"


def test_a_buffer_is_free_again():
    from enroll.values import bytes_of, invert

    data = bytearray(b"ab")
    invert(data)
    bytes_of(data)
    # Not allowed while somebody holds its memory.
    data.extend(b"cd" * 1000)
    view = memoryview(data)
    view.release()
    fails(ValueError, bytes_of, view)


def test_an_instance_of_a_derived_class_lends_its_bytes():
    from enroll import types_
    from enroll.values import bytes_of

    class Mine(types_.Vector):
        pass

    assert bytes(bytes_of(types_.Vector(1, 2))) == b"\x01\x02"
    assert bytes(bytes_of(Mine(1, 2))) == b"\x01\x02"
    fails(TypeError, bytes_of, types_.Steps())
