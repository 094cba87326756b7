"""Native objects that hold Python objects."""

import gc
import weakref


def test_a_python_object_lives_as_long_as_a_native_one_holds_it():
    from enroll import types_

    class Thing:
        pass

    thing = Thing()
    weak = weakref.ref(thing)
    hidden = types_.hidden(thing)
    del thing
    gc.collect()
    assert types_.first(hidden) is weak()
    del hidden
    gc.collect()
    assert weak() is None


def test_a_delegated_attribute_holds_what_was_stored():
    from enroll import values

    class Thing:
        pass

    values.mode = Thing()
    weak = weakref.ref(values.mode)
    gc.collect()
    assert values.mode is weak()
    del values.mode
    gc.collect()
    assert weak() is None


class Thing:
    """Something with attributes and weak references."""


def cycle(make):
    """A cycle through what `make` makes, which nobody else reaches."""
    thing = Thing()
    thing.native = make(thing)
    return weakref.ref(thing)


def test_the_garbage_collector_sees_through_native_objects():
    from enroll import types_, values

    for make in [
        types_.hidden,
        lambda thing: types_.hidden([thing]),
        lambda thing: types_.hidden((1, (thing,))),
        lambda thing: types_.hidden(types_.hidden(thing)),
        lambda thing: types_.hidden(values.list(1, thing)),
        lambda thing: types_.hidden(lambda: thing),
    ]:
        weak = cycle(make)
        assert weak() is not None, "reference counts do not reach it"
        gc.collect()
        assert weak() is None

    class Derived(types_.Steps):
        pass

    def derived(thing):
        steps = Derived()
        steps.thing = types_.hidden(thing)
        return steps

    weak = cycle(derived)
    gc.collect()
    assert weak() is None


def test_the_garbage_collector_takes_nothing_that_is_in_use():
    from enroll import types_, values

    # By a module.
    weak = cycle(types_.hidden)
    values.mode = weak().native
    gc.collect()
    assert types_.first(values.mode) is weak()
    values.mode = None
    gc.collect()
    assert weak() is None
    # By another native object.
    weak = cycle(types_.hidden)
    other = types_.hidden(weak().native)
    gc.collect()
    assert types_.first(types_.first(other)) is weak()
    del other
    gc.collect()
    assert weak() is None

    # By a native function that runs.
    seen = []

    def cycle_in_a_call():
        thing = Thing()
        thing.native = types_.hidden(thing)
        weak = weakref.ref(thing)
        hidden = thing.native
        del thing

        def collect():
            # The argument of the function is all that refers to the cycle.
            gc.collect()
            seen.append(weak() is not None and weak().native is not None)

        return weak, hidden, collect

    weak, hidden, collect = cycle_in_a_call()
    arguments = [collect, hidden]
    del hidden
    values.run_with(*[arguments.pop(0), arguments.pop()])
    assert seen == [True]
    gc.collect()
    assert weak() is None


def test_the_ends_of_a_cycle_run_before_it_is_taken_apart():
    from enroll import types_

    seen = []

    class Last(Thing):
        def __del__(self):
            seen.append(types_.first(self.native) is self)

    last = Last()
    last.native = types_.hidden(last)
    del last
    gc.collect()
    assert seen == [True]


def test_an_end_that_runs_a_script_may_come_back():
    from enroll import types_, values

    seen = []

    class Thing:
        def __del__(self):
            seen.append(values.greet("x"))
            types_.hidden(types_.Vector())

    hidden = types_.hidden(Thing())
    del hidden
    values.mode = Thing()
    values.mode = None
    assert seen == ["hello x"] * 2


def test_what_values_hold_and_which_one_they_are():
    import collections
    import enum
    from enroll import values

    class Colour(enum.IntEnum):
        RED = 3

    class Name(str):
        pass

    class Thing:
        n = 1

        def add(self, by, to=0):
            return self.n + by + to

    Point = collections.namedtuple("Point", "x y")
    for value in [[], (), [1], Point(1, 2), collections.UserList()]:
        expected = "opaque" if isinstance(value, collections.UserList) else "sequence"
        assert values.shape(value) == expected
    for value in [{}, collections.OrderedDict(a=1), collections.Counter("a")]:
        assert values.shape(value) == "mapping"
    for value in [2**70, "\ud800", object(), {1}, range(2), bytearray(b"a")]:
        assert values.shape(value) == "opaque"
    assert values.shape(Colour.RED) == 3 and type(values.shape(Colour.RED)) is int
    assert values.shape(Name("x")) == "x" and type(values.shape(Name("x"))) is str
    assert values.shape(1.5) == 1.5 and values.shape(None) is None

    one = []
    assert values.same_one(one, one) and not values.same_one(one, [])
    assert not values.same_one(1, 1)
    assert values.call_with_list(lambda given: (type(given), given)) == (list, [[1], 2])
    assert values.method(Thing(), "add", 2) == 3
    assert values.method([3, 1], "index", 1) == 1
    try:
        values.method(Thing(), "none")
    except AttributeError:
        return
    raise AssertionError("there is no such method")
