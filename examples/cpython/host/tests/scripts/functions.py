"""Portable functions as Python callables."""

import copy
import inspect
import pickle
import pydoc


def fails(error, run, *arguments, **named):
    try:
        run(*arguments, **named)
    except error as raised:
        return raised
    raise AssertionError(f"no {error.__name__}")


def test_arguments_by_position_and_by_name():
    from enroll import values

    assert values.greet("Zoë") == "hello Zoë"
    assert values.greet("you", 2) == "hello youhello you"
    assert values.greet(times=2, name="x", end="!") == "hello x!hello x!"
    assert values.greet(**{"name": "x"}) == "hello x"
    assert values.many(1) == 1 and values.many(1, None, None) == 3


def test_wrong_arguments_are_type_errors():
    from enroll import values

    for run, message in [
        (lambda: values.greet(), "greet() is missing argument 1 ('name')"),
        (lambda: values.greet(1), "greet() argument 1 ('name'): expected str, not int"),
        (lambda: values.greet("a", 1, "!"), "greet() takes from 1 to 2 arguments, 3 given"),
        (lambda: values.greet("a", name="b"), "greet() argument 1 ('name'): got two values"),
        (lambda: values.greet("a", size=1), "greet() got an unexpected keyword argument 'size'"),
        (lambda: values.many(), "many() is missing argument 1 ('first')"),
    ]:
        assert str(fails(TypeError, run)) == message


def test_they_look_like_functions():
    from enroll import values

    assert callable(values.greet) and inspect.isroutine(values.greet)
    assert values.greet.__name__ == values.greet.__qualname__ == "greet"
    assert values.greet.__module__ == "enroll.values"
    assert repr(values.greet) == "<built-in function greet>"
    assert values.greet == values.greet and values.greet != values.small
    assert {values.greet: 1}[values.same(values.greet)] == 1


def test_signatures():
    from enroll import values

    assert str(inspect.signature(values.greet)) == "(name, times=1, *, end=None)"
    assert str(inspect.signature(values.small)) == "(n)"
    # Which parameters these take is not known.
    assert not hasattr(values.same, "__signature__")
    assert not hasattr(values.many, "__signature__")


def test_help_shows_them():
    from enroll import values

    shown = pydoc.plain(pydoc.render_doc(values))
    assert "enroll.values - Values both ways." in shown
    assert "greet(name, times=1, *, end=None)" in shown
    assert "FLOAT = 0.5" in shown


def test_in_a_class_they_do_not_bind():
    from enroll import values

    class Thing:
        small = values.small

    assert Thing.small(1) == 1 and Thing().small(1) == 1


def test_pickle_and_copy_take_them_by_name():
    from enroll import types_, values

    assert pickle.loads(pickle.dumps(values.greet)) is values.greet
    assert copy.deepcopy(values.greet) is values.greet
    push = types_.Vector.push
    assert pickle.loads(pickle.dumps(push)) is push


def test_state_is_kept_by_the_interpreter():
    from enroll import values

    assert values.count() == [1, 10] and values.count() == [2, 20]


def test_a_script_that_a_function_calls_may_come_back():
    from enroll import values

    assert values.call(lambda: [values.count(), values.count()]) == [[1, 10], [2, 20]]
    assert values.count() == [3, 30]


def test_recursion_through_native_code_ends_with_an_error_of_python():
    from enroll import values

    depth = 0

    def again():
        nonlocal depth
        depth += 1
        return values.call(again)

    assert "native calls are within each other" in str(fails(RecursionError, again))
    assert depth == 101 and values.small(1) == 1
