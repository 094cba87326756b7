"""Attributes of modules: constants, hooks, PEP 562, extensions."""

import sys
import types


def fails(error, run, *arguments, **named):
    try:
        run(*arguments, **named)
    except error as raised:
        return raised
    raise AssertionError(f"no {error.__name__}")


def test_constants():
    from enroll import machine

    assert machine.NONE is None and machine.YES is True
    assert machine.PI == 3.25 and machine.NAME == "Zoë" and machine.RAW == b"\xff\x00"
    assert machine.count is machine.count, "made once"


def test_a_constant_cannot_be_set_or_deleted():
    from enroll import machine

    for name in ["PI", "BITS", "VENDOR", "disk", "__name__"]:
        error = fails(AttributeError, setattr, machine, name, 1)
        fails(AttributeError, delattr, machine, name)
        if name != "__name__":
            assert "is a constant: it cannot be set" in str(error), error
    assert machine.PI == 3.25 and machine.__name__ == "enroll.machine"
    error = fails(AttributeError, setattr, machine, "new", 1)
    assert str(error) == "module 'enroll.machine' has no attribute 'new' to set"
    error = fails(AttributeError, delattr, machine, "new")
    assert str(error) == "module 'enroll.machine' has no attribute 'new' to delete"


def test_the_namespace_is_a_view_that_cannot_be_changed():
    from enroll import values

    names = vars(values)
    assert names["STR"] == "Zoë" and "greet" in names
    assert "mode" not in names, "a hook's"
    fails(KeyError, names.__getitem__, "mode")
    fails(TypeError, names.__setitem__, "STR", 1)
    fails(TypeError, names.__delitem__, "STR")
    names.update({})
    copy = names.copy()
    copy["STR"] = 1
    assert values.STR == "Zoë"
    assert len(names) == len(list(names)) and names["__name__"] == "enroll.values"


def test_delegation_loads_stores_and_deletes():
    from enroll import machine

    assert not hasattr(machine, "ps1")
    machine.ps1 = ">>> "
    assert machine.ps1 == ">>> " and "ps1" not in vars(machine)
    kept = machine.ps1 = object()
    assert machine.ps1 is kept, "any object, as it is"
    del machine.ps1
    assert not hasattr(machine, "ps1")
    fails(AttributeError, delattr, machine, "ps1")


def test_a_hook_may_fail():
    from enroll import machine, values

    assert machine.readonly is None
    assert str(fails(ValueError, setattr, machine, "readonly", 1)) == "it is read-only"
    assert str(fails(ValueError, getattr, values, "refused")) == "not this one"


def test_a_hook_may_take_any_name():
    from enroll import bag

    fails(AttributeError, getattr, bag, "apples")
    bag.apples = 3
    bag.pears = [1]
    bag.pears.append(2)
    assert (bag.apples, bag.pears) == (3, [1, 2])
    assert {"apples", "pears"} <= set(dir(bag))
    del bag.apples
    assert not hasattr(bag, "apples") and "apples" not in dir(bag)
    fails(ValueError, setattr, bag, "x" * 1025, 1)


def test_pep_562():
    from enroll import machine

    sys.enroll_log.clear()
    assert machine.uptime == 7 and machine.uptime == 7
    assert sys.enroll_log == ["getattr uptime"] * 2, "the answer is not kept"
    machine.ps2 = 1
    machine.ps2, machine.BITS, machine.PI, machine.disk
    assert sys.enroll_log == ["getattr uptime"] * 2 + ["init machine.disk"], "asked last"


def test_no_hook_is_asked_for_what_importlib_probes():
    import enroll.machine
    import importlib.util

    sys.enroll_log.clear()
    for name in ["__file__", "__cached__", "__all__", "__initializing__"]:
        assert not hasattr(enroll.machine, name), name
    importlib.util.find_spec("enroll.machine")
    importlib.reload(enroll.machine)
    assert sys.enroll_log == []


def test_extensions_replace_and_add():
    from enroll import machine, values

    assert machine.BITS == 128, "replaced"
    assert machine.VENDOR == "enroll"
    assert "init machine extra" in sys.enroll_log
    assert values.INT == 70, "by one of another host"
    assert values.ADDED == 1 and values.OWN == "own"
    values.mode, values.extra = None, 1
    assert values.extra == 1, "asked after the module's own hook"


def test_a_missing_attribute_can_be_suggested():
    from enroll import machine

    error = fails(AttributeError, getattr, machine, "VENDR")
    assert str(error) == "module 'enroll.machine' has no attribute 'VENDR'"
    assert error.name == "VENDR" and error.obj is machine
    fails(AttributeError, getattr, machine, "\udc80")


def test_dir_lists_everything_and_loads_nothing():
    from enroll import machine

    sys.enroll_log.clear()
    names = dir(machine)
    assert names == sorted(set(names))
    for name in ["BITS", "VENDOR", "count", "disk", "ps1", "uptime", "__doc__", "__spec__"]:
        assert name in names, name
    assert sys.enroll_log == []


def test_an_object_that_is_made_at_its_first_load():
    from enroll import machine

    assert isinstance(machine.Counter, type)
    counter = machine.Counter()
    assert counter.add(2) == 2 and counter.add(by=3) == 5
    assert machine.Counter is machine.Counter


def test_one_that_cannot_be_made_says_so():
    from enroll import bag

    assert str(fails(ValueError, getattr, bag, "Broken")) == "cannot be made"
    assert "Broken" in vars(bag) and "Broken" in dir(bag)
    fails(ValueError, vars(bag).__getitem__, "Broken")


def test_functions_of_this_host():
    from enroll import machine

    assert machine.count() == 1 and machine.count() == 2
    assert machine.give(1, "a", end=2) == ((1, "a"), {"end": 2})
    assert machine.give() == ((), None)
    error = fails(OSError, machine.fail)
    assert error.errno == 5 and error.strerror == "the device is gone"
    assert machine.count.__name__ == "count" and machine.count.__module__ == "enroll.machine"
    assert repr(machine.count) == "<built-in function count>"


def test_what_is_kept_is_dropped_with_the_module():
    import enroll
    from enroll import machine

    machine.count()
    machine.ps1 = 1
    enroll.unload("machine")
    from enroll import machine

    assert machine.count() == 1 and not hasattr(machine, "ps1")

    from enroll import values

    assert values.count() == [1, 10] and values.count() == [2, 20]
    values.mode = 1
    enroll.unload(values)
    from enroll import values

    assert values.count() == [1, 10] and not hasattr(values, "mode")


def test_a_class_of_types_takes_no_part_in_it():
    from enroll import machine

    # As everywhere in Python, who asks `types.ModuleType` goes past it.
    types.ModuleType.__setattr__(machine, "aside", 1)
    assert machine.aside == 1
