"""Reload, unload, lazy modules."""

import importlib
import importlib.util
import sys


def fails(error, run, *arguments, **named):
    try:
        run(*arguments, **named)
    except error as raised:
        return raised
    raise AssertionError(f"no {error.__name__}")


def test_reload_keeps_the_object_and_does_not_run_init_again():
    from enroll import machine

    machine.ps1 = "> "
    count = machine.count
    assert importlib.reload(machine) is machine
    assert sys.enroll_log == ["init machine", "init machine extra"]
    assert machine.ps1 == "> " and machine.count is count
    assert machine.__name__ == "enroll.machine"
    assert machine.__spec__.name == "enroll.machine"
    import enroll.machine.disk

    assert importlib.reload(enroll.machine.disk) is enroll.machine.disk
    assert importlib.reload(enroll) is enroll and enroll.machine is machine


def test_reload_through_another_name():
    import umachine

    assert importlib.reload(umachine) is umachine
    assert sys.enroll_log == ["init machine", "init machine extra"]


def test_reload_of_what_is_not_loaded():
    from enroll import machine

    del sys.modules["enroll.machine"]
    error = fails(ImportError, importlib.reload, machine)
    assert str(error) == "module enroll.machine not in sys.modules"
    fails(TypeError, importlib.reload, "machine")


def test_unload():
    import enroll
    import enroll.machine.disk
    import umachine

    old, disk = enroll.machine, enroll.machine.disk
    sys.modules["enroll.machine.blocked"] = None
    sys.enroll_log.clear()
    unloaded = enroll.unload("machine")
    assert unloaded.names == [
        "enroll.machine",
        "enroll.machine.disk",
        "umachine",
        "enroll.machine.blocked",
    ]
    assert sys.enroll_log == ["deinit machine"]
    assert not set(unloaded.names) & set(sys.modules)
    assert "machine" not in vars(enroll)
    from enroll import machine

    assert machine is not old
    assert sys.enroll_log == ["deinit machine", "init machine", "init machine extra"]
    # Its submodule has no deinit: what was initialised once stays as it is.
    assert machine.disk is disk
    error = fails(AttributeError, getattr, old, "NAME")
    assert str(error) == "module 'enroll.machine' was unloaded"
    assert umachine is old


def test_unload_by_object_and_of_a_submodule_alone():
    import enroll.machine.disk

    machine, disk = enroll.machine, enroll.machine.disk
    assert enroll.unload(disk).names == ["enroll.machine.disk"]
    assert "disk" not in machine.__dict__ and machine.disk is disk
    assert enroll.unload(machine).names == ["enroll.machine", "enroll.machine.disk"]


def test_a_module_that_cannot_be_initialised_again_stays_the_same():
    sys.enroll_ready = True
    import enroll
    from enroll import fragile

    assert enroll.unload("enroll.fragile").names == ["enroll.brittle", "enroll.fragile"]
    assert importlib.import_module("enroll.fragile") is fragile
    assert sys.enroll_log == ["init fragile"]


def test_unload_tells_who_still_holds_it():
    import types

    import enroll
    from enroll import machine

    holder = sys.modules["holder"] = types.ModuleType("holder")
    holder.kept = machine
    try:
        assert enroll.unload("machine").holders == [("holder", "enroll.machine")]
    finally:
        del sys.modules["holder"]


def test_unload_of_what_is_not_loaded():
    import enroll

    error = fails(ImportError, enroll.unload, "machine")
    assert str(error) == "module enroll.machine not in sys.modules"
    fails(ImportError, enroll.unload, "missing")
    fails(TypeError, enroll.unload, 1)
    # CPython's own module of that name is nothing of ours.
    import json

    fails(ImportError, enroll.unload, "json")
    assert sys.modules["json"] is json


def lazy(name):
    spec = importlib.util.find_spec(name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_importlibs_own_lazy_loader():
    import enroll

    machine = lazy("enroll.machine")
    assert sys.enroll_log == []
    assert machine.NAME == "Zoë"
    assert sys.enroll_log == ["init machine", "init machine extra"]
    assert machine.BITS == 128 and type(machine).__name__ == "Module"
    assert enroll.machine is machine and importlib.reload(machine) is machine
    fails(AttributeError, setattr, machine, "NAME", 1)


def test_a_lazy_module_that_was_never_used_leaves_at_the_shutdown():
    handle = install_as("second")
    machine = lazy("second.machine")
    handle.shutdown()
    assert sys.enroll_log == [] and "second.machine" not in sys.modules
    fails(RuntimeError, getattr, machine, "NAME")


def test_a_lazy_module_that_fails_can_be_retried():
    fragile = lazy("enroll.fragile")
    fails(BlockingIOError, getattr, fragile, "value")
    sys.enroll_ready = True
    assert importlib.import_module("enroll.fragile").value == 1
