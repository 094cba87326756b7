"""Errors, both ways."""

import builtins
import traceback


def fails(error, run, *arguments, **named):
    try:
        run(*arguments, **named)
    except error as raised:
        return raised
    raise AssertionError(f"no {error.__name__}")


KINDS = [
    "ValueError", "TypeError", "AttributeError", "KeyError", "IndexError", "MemoryError",
    "StopIteration", "NotImplementedError", "OverflowError", "ZeroDivisionError",
    "ImportError", "AssertionError", "RuntimeError",
]


def test_every_kind_is_the_exception_of_its_name():
    from enroll import values

    for kind in KINDS:
        error = fails(BaseException, values.fail, kind)
        assert type(error) is getattr(builtins, kind), kind
        assert error.args == (f"this is a {kind}",)
    assert fails(ValueError, values.fail, "bare").args == ()


def test_an_os_error_has_its_code_and_class():
    from enroll import values

    error = fails(FileNotFoundError, values.fail, "FileNotFoundError")
    assert error.errno == 2 and error.strerror == "No such file or directory"
    error = fails(OSError, values.fail, "OSError")
    assert type(error) is OSError and error.args == (5, "no such device")


def test_a_note_tells_the_function():
    from enroll import values

    error = fails(ValueError, values.fail, "ValueError")
    if hasattr(error, "__notes__"):  # from Python 3.11 on
        assert error.__notes__ == ["in values.fail()"]
        shown = "".join(traceback.format_exception(error))
        assert "in values.fail()" in shown


def test_an_exception_of_a_script_passes_through_as_it_is():
    from enroll import values

    class Own(KeyError):
        pass

    raised = Own("mine")

    def throw():
        raise raised

    error = fails(Own, values.call, throw)
    assert error is raised and not hasattr(error, "__notes__")
    assert error.__traceback__.tb_next is not None, "with its traceback"

    def stop():
        raise KeyboardInterrupt

    fails(KeyboardInterrupt, values.call, stop)


def test_a_module_knows_the_kind_of_an_exception():
    from enroll import values

    class Own(IndexError):
        pass

    for error, kind in [
        (ValueError("x"), "ValueError: x"),
        (UnicodeError("x"), "ValueError: x"),
        (Own("x"), "IndexError: x"),
        (FileNotFoundError(2, "gone"), "OSError(2): [Errno 2] gone"),
        (ModuleNotFoundError("x"), "ImportError: x"),
        (RecursionError("x"), "RuntimeError: x"),
        (NotImplementedError("x"), "NotImplementedError: x"),
        (OverflowError("x"), "OverflowError: x"),
        (Exception("x"), "RuntimeError: x"),
    ]:

        def throw():
            raise error

        assert values.catch(throw) == kind
    assert values.catch(lambda: 1) == "nothing"


def test_an_error_that_cannot_be_shown_is_an_error_all_the_same():
    from enroll import values

    class Own(Exception):
        def __str__(self):
            raise ValueError("not this one either")

    def throw():
        raise Own

    fails(Own, values.call, throw)
    assert values.catch(throw) == "RuntimeError: "
