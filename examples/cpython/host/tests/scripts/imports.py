"""Finding, importing, and what importlib says of it."""

import importlib
import importlib.util
import sys
import types


def fails(error, run, *arguments, **named):
    try:
        run(*arguments, **named)
    except error as raised:
        return raised
    raise AssertionError(f"no {error.__name__}")


def with_path(folder, run):
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    before = set(sys.modules)
    try:
        return run()
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - before:
            if not name.startswith("enroll"):
                sys.modules.pop(name, None)


def test_a_module_is_a_real_module():
    import enroll.machine

    assert isinstance(enroll.machine, types.ModuleType)
    assert sys.modules["enroll.machine"] is enroll.machine
    assert enroll.machine.__name__ == "enroll.machine"
    assert enroll.machine.__doc__ == "The machine."
    assert enroll.machine.__package__ == "enroll.machine"  # it has submodules
    assert repr(enroll.machine) == "<module 'enroll.machine' (enroll)>"


def test_its_spec_is_a_real_spec():
    import enroll.machine
    from importlib.machinery import ModuleSpec

    spec = enroll.machine.__spec__
    assert type(spec) is ModuleSpec
    assert spec.name == "enroll.machine"
    assert spec.origin == "enroll"
    assert not spec.has_location
    assert spec.loader is enroll.machine.__loader__
    assert spec.submodule_search_locations == []
    assert not hasattr(enroll.machine, "__file__")
    import enroll.settings

    assert enroll.settings.__spec__.submodule_search_locations is None
    assert not hasattr(enroll.settings, "__path__")


def test_find_spec_finds_without_initialising():
    spec = importlib.util.find_spec("enroll.machine")
    assert spec.name == "enroll.machine"
    assert "enroll.machine" not in sys.modules
    assert sys.enroll_log == []
    assert importlib.util.find_spec("enroll.missing") is None
    # As for every package, finding a submodule imports the package.
    assert importlib.util.find_spec("enroll.machine.disk").parent == "enroll.machine"
    assert sys.enroll_log == ["init machine", "init machine extra"]


def test_module_from_spec_makes_the_one_object():
    spec = importlib.util.find_spec("enroll.machine")
    module = importlib.util.module_from_spec(spec)
    assert sys.enroll_log == []
    spec.loader.exec_module(module)
    assert sys.enroll_log == ["init machine", "init machine extra"]
    from enroll import machine

    assert machine is module
    assert sys.enroll_log == ["init machine", "init machine extra"]
    other = types.ModuleType("enroll.machine")
    error = fails(ImportError, spec.loader.exec_module, other)
    assert "not the module object" in str(error)


def test_the_loader_says_that_there_is_no_source():
    spec = importlib.util.find_spec("enroll.machine")
    assert spec.loader.is_package("enroll.machine")
    assert spec.loader.get_code("enroll.machine") is None
    assert spec.loader.get_source("enroll.machine") is None
    import inspect
    from enroll import machine

    fails((OSError, TypeError), inspect.getsource, machine)


def test_what_is_missing_is_a_module_not_found_error():
    error = fails(ModuleNotFoundError, importlib.import_module, "enroll.missing")
    assert error.name == "enroll.missing"
    assert str(error) == "No module named 'enroll.missing'"
    error = fails(ModuleNotFoundError, importlib.import_module, "enroll.settings.x")
    assert "'enroll.settings' is not a package" in str(error)
    from enroll import settings  # noqa: F401

    def from_import():
        from enroll.settings import missing  # noqa: F401

    error = fails(ImportError, from_import)
    assert "cannot import name 'missing' from 'enroll.settings'" in str(error)


def test_an_alias_gives_the_same_object():
    import enroll.umachine
    import umachine
    from enroll import machine

    assert enroll.umachine is machine and umachine is machine
    assert umachine.__spec__.name == "enroll.machine"
    assert sys.modules["umachine"] is sys.modules["enroll.machine"]
    assert sys.enroll_log == ["init machine", "init machine extra"]


def test_outside_of_the_package_only_names_that_cpython_has_not():
    import machine

    assert machine is sys.modules["enroll.machine"]
    import json

    assert hasattr(json, "dumps"), "CPython's own"
    from enroll import json as native

    assert native.origin == "builtin" and native is not json
    for name in ["json"]:
        spec = importlib.util.find_spec(name)
        assert spec.origin.endswith("__init__.py")


def test_a_from_import_is_not_completed_by_a_module_of_cpython():
    import json.decoder  # noqa: F401

    def from_import():
        from enroll.json import decoder  # noqa: F401

    fails(ImportError, from_import)


def test_a_submodule():
    import enroll.machine.disk

    assert enroll.machine.disk.SIZE == 512
    assert enroll.machine.disk.__package__ == "enroll.machine"
    log = ["init machine", "init machine extra", "init machine.disk"]
    assert sys.enroll_log == log
    import machine.disk

    assert machine.disk is enroll.machine.disk
    assert sys.modules["machine.disk"] is machine.disk
    assert sys.enroll_log == log


def test_a_submodule_is_an_attribute_without_an_import():
    from enroll import machine

    assert "init machine.disk" not in sys.enroll_log
    assert machine.disk.SIZE == 512
    assert "init machine.disk" in sys.enroll_log
    assert sys.modules["enroll.machine.disk"] is machine.disk
    from enroll.machine import disk

    assert disk is machine.disk


def test_the_package_has_its_modules_as_attributes():
    import enroll

    assert enroll.machine is sys.modules["enroll.machine"]
    assert "machine" in dir(enroll) and "unload" in dir(enroll)
    assert "machine.disk" in enroll.modules() and "umachine" not in enroll.modules()
    assert str(fails(AttributeError, getattr, enroll, "missing")) == (
        "module 'enroll' has no attribute 'missing'"
    )


def test_no_file_takes_the_place_of_a_builtin_module():
    def run():
        import machine

        assert machine.BITS == 128

    with_path(FILES, run)


def test_a_file_takes_the_place_of_an_extensible_module():
    def run():
        import settings

        assert settings.origin == "file"
        from enroll import settings as builtin

        assert builtin.origin == "builtin", "the package reaches it all the same"

    with_path(FILES, run)
    import settings

    assert settings.origin == "builtin"


def test_where_a_file_took_the_place_of_a_package_its_submodules_are_files():
    def run():
        import net.wifi

        assert net.origin == "file" and net.wifi.origin == "file"
        import enroll.net.wifi

        assert enroll.net.wifi.origin == "builtin"

    with_path(FILES / "packages", run)
    import net.wifi

    assert net.wifi.origin == "builtin" and net is sys.modules["enroll.net"]


def test_folders_of_the_path_of_a_package_are_searched_as_it_is_now():
    import enroll.net

    fails(ModuleNotFoundError, importlib.import_module, "enroll.net.extra")
    enroll.net.__path__.append(str(FILES / "more"))
    importlib.invalidate_caches()
    import enroll.net.extra

    assert enroll.net.extra.origin == "file"
    assert enroll.net.__dict__["extra"] is enroll.net.extra
    import enroll.net.wifi

    assert enroll.net.wifi.origin == "builtin"


def test_an_entry_of_none_blocks():
    sys.modules["enroll.machine"] = None
    try:
        fails(ModuleNotFoundError, importlib.import_module, "enroll.machine")
        fails(ModuleNotFoundError, importlib.import_module, "umachine")
    finally:
        del sys.modules["enroll.machine"]
    importlib.import_module("enroll.machine")


def test_init_runs_once_whatever_the_name_and_after_dropping_the_entry():
    from enroll import machine

    del sys.modules["enroll.machine"]
    again = importlib.import_module("enroll.umachine")
    assert again is machine
    assert sys.enroll_log == ["init machine", "init machine extra"]


def test_a_failed_init_leaves_nothing_behind_and_can_be_retried():
    import enroll

    for name in ["enroll.fragile", "enroll.brittle", "fragile"]:
        error = fails(BlockingIOError, importlib.import_module, name)
        assert error.errno == 11
        assert not [known for known in sys.modules if "fragile" in known or "brittle" in known]
        assert "fragile" not in vars(enroll) and "brittle" not in vars(enroll)
    sys.enroll_ready = True
    import fragile

    assert fragile.value == 1 and fragile is enroll.fragile
    assert sys.enroll_log == ["init fragile"] * 4


def test_star_import_takes_the_constants():
    names = {}
    exec("from enroll.values import *", names)
    assert names["STR"] == "Zoë" and names["INT"] == 70 and names["ADDED"] == 1
    assert "mode" not in names and "__doc__" not in names
    # One of the constants of this one cannot be made.
    fails(ValueError, exec, "from enroll.bag import *", names)


def test_the_finders_are_before_and_after_the_path_finders():
    ours = [type(finder).__module__ == "enroll" for finder in sys.meta_path]
    assert ours[0] and ours[-1] and sum(ours) == 2
    assert repr(sys.meta_path[0]) == "<finder of builtin modules of 'enroll'>"
    assert sys.meta_path[0].find_spec("machine") is not None
    assert sys.meta_path[-1].find_spec("machine") is None
    assert sys.meta_path[0].find_spec("settings") is None
    assert sys.meta_path[-1].find_spec("settings") is not None
    assert sys.meta_path[0].find_spec("\udc80") is None


def test_is_builtin_tells_what_can_be_initialised_again():
    import enroll

    for name, kind in [
        ("machine", 1),  # it has a deinit
        ("settings", 1),  # it has no init
        ("fragile", -1),
        ("umachine", 1),
        ("enroll.machine.disk", -1),
        ("missing", 0),
        ("json", 1),
    ]:
        assert enroll.is_builtin(name) == kind, name
    assert sys.enroll_log == []


def test_a_name_of_any_depth_is_not_found():
    import enroll

    deep = "path." * 20000 + "path"
    assert importlib.util.find_spec("enroll") is not None
    for finder in sys.meta_path:
        if "finder of" in repr(finder):
            assert finder.find_spec("enroll." + deep) is None
            assert finder.find_spec("os." + deep) is None
    fails(ImportError, enroll.unload, deep)
    assert enroll.is_builtin(deep) == 0
