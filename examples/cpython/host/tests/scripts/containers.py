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
