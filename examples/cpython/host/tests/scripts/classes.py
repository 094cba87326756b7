"""Native types as Python classes."""

import copy
import gc
import inspect
import pickle
import pydoc
import weakref


def fails(error, run, *arguments, **named):
    try:
        run(*arguments, **named)
    except error as raised:
        return raised
    raise AssertionError(f"no {error.__name__}")


def test_a_type_is_a_class():
    from enroll.types_ import Vector

    assert isinstance(Vector, type)
    assert Vector.__name__ == "Vector" and Vector.__module__ == "enroll.types_"
    assert Vector.__doc__ == "Numbers in a row."
    assert repr(Vector) == "<class 'enroll.types_.Vector'>"
    vector = Vector(1, 2)
    assert type(vector) is Vector and isinstance(vector, Vector)
    assert "push(self, item, times=1)" in pydoc.plain(pydoc.render_doc(Vector)).replace(
        "push(this", "push(self"
    )


def test_construct():
    from enroll.types_ import Plain, Steps, Vector

    assert len(Vector()) == 0 and list(Vector(1, 2)) == [1, 2]
    assert Vector(label="x").label == "x"
    assert str(fails(TypeError, Vector, "a")) == "a Vector is made of numbers"
    assert str(fails(TypeError, Vector, size=1)) == "unexpected argument 'size'"
    assert str(fails(TypeError, Plain)) == "cannot create 'Plain' instances"
    assert isinstance(Steps(), Steps)
    fails(TypeError, Vector.__new__, int)
    fails(TypeError, Vector.__new__)
    base = Vector.__mro__[1]
    fails(TypeError, base)
    fails(TypeError, base.__new__, Vector, None)


def test_call_text_and_length():
    from enroll.types_ import Steps, Vector

    vector = Vector(1, 2)
    assert vector(1, a=2) == "2 called with 1 and 1"
    assert str(vector) == "[1, 2]" and repr(vector) == "Vector([1, 2])"
    assert f"{vector}" == "[1, 2]" and len(vector) == 2
    assert repr(Steps()).startswith("<enroll.types_.Steps object at 0x")
    assert not callable(Steps()) and callable(vector)
    fails(TypeError, len, Steps())


def test_unary_operators():
    from enroll.types_ import Steps, Vector

    vector = Vector(2, -5)
    assert -vector == 3 and abs(vector) == 3 and int(vector) == -3 and float(vector) == -3.0
    assert bool(vector) and not Vector(0) and bool(Steps())
    fails(TypeError, lambda: +vector)
    fails(TypeError, lambda: ~vector)
    fails(TypeError, lambda: -Steps())


def test_binary_operators():
    from enroll.types_ import Steps, Vector

    two, three = Vector(2), Vector(1, 2)
    assert two + three == 5 and two + 1 == 3 and 1 + two == 3
    assert two - 1 == 1 and 5 - two == 3 and two % 2 == 0 and 7 % two == 1
    assert three**2 == 9 and 2**three == 8 and pow(three, 2) == 9
    fails(TypeError, pow, three, 2, 5)
    fails(ZeroDivisionError, lambda: two % 0)
    fails(TypeError, lambda: two * 2)
    fails(TypeError, lambda: 2 * two)
    fails(TypeError, lambda: two + "a")
    fails(TypeError, lambda: Steps() + 1)
    two += 5
    assert two == 7


def test_the_other_operand_is_asked():
    from enroll.types_ import Vector

    class Other:
        def __radd__(self, other):
            return "radd"

        def __gt__(self, other):
            return "gt"

        def __eq__(self, other):
            return True

    assert Vector() + Other() == "radd"
    assert (Vector() < Other()) == "gt"
    assert Vector() == Other() and Other() == Vector()


def test_comparison_and_hash():
    from enroll.types_ import Steps, Vector

    one, two = Vector(1), Vector(2)
    assert one < two and two > one and one >= one and not one > two
    fails(TypeError, lambda: one <= "a")
    assert one == Vector(1) and one != two and one != 1 and not one == "a"
    assert hash(one) == hash(Vector(1)) and {one: 1}[Vector(1)] == 1
    steps = Steps()
    assert steps == steps and steps != Steps() and {steps: 1}[steps] == 1
    assert one in [Vector(3), Vector(1)] and sorted([two, one]) == [one, two]


def test_items():
    from enroll.types_ import Steps, Vector

    vector = Vector(1, 2, 3)
    assert vector[0] == 1 and vector[-1] == 3
    vector[1] = 20
    assert list(vector) == [1, 20, 3]
    fails(IndexError, lambda: vector[3])
    fails(TypeError, lambda: vector["a"])
    fails(TypeError, vector.__setitem__, 0, "a")
    error = fails(TypeError, vector.__delitem__, 0)
    assert str(error) == "'Vector' object does not support item deletion"
    fails(TypeError, lambda: Steps()[0])


def test_iteration_and_membership():
    from enroll.types_ import Steps, Vector

    vector = Vector(1, 2)
    assert [*vector] == [1, 2] and max(vector) == 2
    first, second = vector
    assert (first, second) == (1, 2)
    assert 2 in vector and 3 not in vector and "a" not in vector
    steps = Steps()
    assert iter(steps) is steps and next(steps) == 1
    assert list(steps) == [2, 3] and list(steps) == [] and next(steps, None) is None
    fails(StopIteration, next, steps)
    iterator = iter(vector)
    assert iter(iterator) is iterator and next(iterator) == 1
    fails(TypeError, next, vector)


def test_fields():
    from enroll.types_ import Vector

    vector = Vector(label="a")
    assert vector.label == "a" and vector.closed is False
    vector.label = "b"
    assert vector.label == "b"
    del vector.label
    error = fails(AttributeError, getattr, vector, "label")
    assert str(error) == "'Vector' object has no attribute 'label'"
    assert error.name == "label" and error.obj is vector
    fails(AttributeError, delattr, vector, "label")
    assert str(fails(AttributeError, setattr, vector, "closed", True)) == "closed is read-only"
    error = fails(AttributeError, setattr, vector, "other", 1)
    assert "other" in str(error)


def test_methods():
    from enroll.types_ import Steps, Vector

    vector = Vector()
    assert vector.push(1) == 1 and vector.push(2, times=2) == 3 and vector.push(item=3) == 4
    push = vector.push
    assert push(4) == 5 and push.__self__ is vector and inspect.ismethod(push)
    assert Vector.push(vector, 5) == 6
    assert repr(Vector.push) == "<method 'push' of 'Vector' objects>"
    assert Vector.push.__qualname__ == "Vector.push"
    assert str(fails(TypeError, vector.push, "a")) == (
        "push() argument 1 ('item'): expected int, not str"
    )
    error = fails(TypeError, Vector.push, Steps(), 1)
    assert str(error) == "descriptor 'push' for 'Vector' objects doesn't apply to a 'Steps' object"
    assert "needs an argument" in str(fails(TypeError, Vector.push))
    fails(AttributeError, getattr, vector, "pop")


def test_a_bound_method_of_a_module():
    from enroll import types_

    vector = types_.Vector()
    push = types_.method(vector, "push")
    assert push(7) == 1 and push.__self__ is vector and list(vector) == [7]
    assert push == vector.push


def test_a_derived_type():
    from enroll.types_ import Named, Vector

    named = Named(1, 2, label="ann")
    assert isinstance(named, Vector) and issubclass(Named, Vector)
    assert Named.__bases__ == (Vector,) and type(named) is Named
    assert str(named) == "<ann>" and named.shout() == "ANN"
    assert named.push(3) == 3 and list(named) == [1, 2, 3] and named + 1 == 7
    assert Vector.push(named, 4) == 4 and "push" not in vars(Named)
    fails(TypeError, Named.shout, Vector())
    assert hash(named) == hash(Vector(10))


def test_one_object_as_long_as_it_lives():
    from enroll import types_

    vector = types_.Vector(1)
    assert vector.itself() is vector
    hidden = types_.hidden(vector)
    assert types_.first(hidden) is vector
    del vector
    first = types_.first(hidden)
    assert list(first) == [1] and types_.first(hidden) is first


def test_the_end_of_an_object_comes_with_its_last_reference():
    from enroll import types_

    vector = types_.Vector(1)
    vector.push(1)
    assert types_.drops() == 0
    del vector
    assert types_.drops() == 1, "at once"
    hidden = types_.hidden(types_.Vector(2))
    assert types_.drops() == 1
    del hidden
    assert types_.drops() == 2


def test_a_long_chain_ends_without_recursion():
    from enroll import types_

    class Wrapped(types_.Steps):
        pass

    chain = None
    for _ in range(20_000):
        chain = types_.hidden([chain])
    del chain
    gc.collect()


def test_close_makes_a_context_manager():
    from enroll.types_ import Steps, Vector

    with Vector() as vector:
        assert vector.closed is False
    assert vector.closed is True
    try:
        with Vector() as vector:
            raise KeyError
    except KeyError:
        assert vector.closed is True
    assert not hasattr(Steps(), "__enter__")


def test_bytes_is_a_copy_of_the_buffer():
    from enroll.types_ import Vector

    assert bytes(Vector(1, 2, 255)) == b"\x01\x02\xff"


def test_weak_references():
    from enroll.types_ import Vector

    vector = Vector()
    weak = weakref.ref(vector)
    assert weak() is vector
    del vector
    assert weak() is None


def test_pickle_and_copy_refuse():
    from enroll.types_ import Vector

    fails(TypeError, pickle.dumps, Vector(1))
    fails(TypeError, copy.copy, Vector(1))


def test_a_script_may_derive_a_class():
    from enroll import types_, values

    class Mine(types_.Vector):
        def __new__(cls, *items, extra=None):
            return super().__new__(cls, *items)

        def __init__(self, *items, extra=None):
            self.extra = extra

        def push(self, item):
            return super().push(item * 2)

    mine = Mine(1, 2, extra=[3])
    assert type(mine) is Mine and mine.extra == [3] and list(mine) == [1, 2]
    assert mine.push(5) == 3 and mine[2] == 10 and len(mine) == 3
    assert mine == types_.Vector(1, 2, 10) and types_.Vector(1, 2, 10) == mine
    assert mine + 1 == 14 and str(mine) == "[1, 2, 10]"
    mine.label = "a"
    assert mine.label == "a" and "label" not in vars(mine)
    # What a module is handed is the Python object, with all it has.
    assert values.same(mine) is mine
    hidden = types_.hidden(mine)
    del mine
    gc.collect()
    assert types_.first(hidden).extra == [3] and type(types_.first(hidden)) is Mine

    class Counted(types_.Steps):
        pass

    steps = Counted()
    assert iter(steps) is steps and list(steps) == [1, 2, 3]


def test_an_object_may_be_closed_by_a_class_of_a_script():
    from enroll.types_ import Vector

    class Mine(Vector):
        def close(self):
            super().close()
            self.seen = True

    with Mine() as mine:
        pass
    assert mine.seen and mine.closed
