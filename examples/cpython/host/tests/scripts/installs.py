"""Several sets of modules in one process, threads, the end."""

import sys
import threading


def fails(error, run, *arguments, **named):
    try:
        run(*arguments, **named)
    except error as raised:
        return raised
    raise AssertionError(f"no {error.__name__}")


def test_two_sets():
    handle = install_as("second")
    try:
        import enroll.types_
        import enroll.values
        import second.types_
        import second.values

        one, two = enroll.values, second.values
        assert one is not two and one.STR == two.STR
        one.count()
        assert one.count() == [2, 20] and two.count() == [1, 10]
        one.mode = 1
        assert not hasattr(two, "mode")
        assert one.kept() is not two.kept()
        assert enroll.types_.Vector is not second.types_.Vector
        # An object of the other set is an object of Python, nothing more.
        vector = second.types_.Vector(1)
        assert one.same(vector) is vector and one.kind(vector) == "object"
        assert one.kind(two) == "object" and one.same(two) is two
        fails(TypeError, enroll.types_.Vector.push, vector, 1)
        assert enroll.types_.Vector(1) != vector
        import machine

        assert machine.__name__ == "enroll.machine", "the first is asked first"
    finally:
        handle.shutdown()
    assert not [name for name in sys.modules if name.startswith("second")]
    assert one.count() == [3, 30], "the other one goes on"


def test_a_set_that_was_shut_down_says_so():
    handle = install_as("second")
    import second.machine
    import second.types_

    sys.enroll_log.clear()
    machine, vector = second.machine, second.types_.Vector(1)
    count, loaded = machine.count, machine.NAME
    assert "machine" in handle.names() and "umachine" in handle.names()
    handle.shutdown()
    assert sys.enroll_log == ["deinit machine"]
    for run in [count, lambda: len(vector), handle.names, lambda: machine.PI]:
        error = fails(RuntimeError, run)
        assert str(error) == "the native modules of this interpreter were shut down"
    assert machine.NAME == loaded, "what was loaded before is Python's own"
    fails(ModuleNotFoundError, __import__, "second.machine")
    handle.shutdown()
    assert sys.enroll_log == ["deinit machine"], "once"


def test_the_last_initialised_ends_first_and_all_end():
    for refuses in [False, True]:
        handle = install_as("second")
        import second.machine
        import second.bag

        sys.enroll_log.clear()
        if refuses:
            sys.enroll_refuses = True
            error = fails(OSError, handle.shutdown)
            assert error.errno == 16
            del sys.enroll_refuses
        else:
            handle.shutdown()
        assert sys.enroll_log == ["deinit bag", "deinit machine"]
        fails(ModuleNotFoundError, __import__, "second.machine")


def test_a_deinit_may_use_what_was_initialised_before():
    handle = install_as("second")
    import second.machine
    import second.bag

    sys.enroll_uses = "second.machine"
    try:
        handle.shutdown()
    finally:
        del sys.enroll_uses
    assert sys.enroll_log[-3:] == ["deinit bag", "uses second.machine", "deinit machine"]


def test_the_same_package_twice_is_an_error():
    import enroll  # noqa: F401

    error = fails(ImportError, install_as, "enroll")
    assert str(error) == "a module 'enroll' is imported already"
    fails(ImportError, install_as, "sys")
    for name in ["", "a.b", "1a", "a-b"]:
        fails(ValueError, install_as, name)
    handle = install_as("_a1")
    import _a1.machine

    assert _a1.machine.PI == 3.25
    handle.shutdown()


def test_the_set_can_be_installed_again_after_its_shutdown():
    for _ in range(2):
        handle = install_as("second")
        import second.values

        assert second.values.count() == [1, 10]
        handle.shutdown()


def test_atexit_shuts_down():
    import atexit

    import enroll.machine

    assert enroll.machine.PI == 3.25
    sys.enroll_log.clear()
    atexit._run_exitfuncs()
    assert sys.enroll_log == ["deinit machine"]
    fails(ModuleNotFoundError, __import__, "enroll.machine")


def in_a_thread(run):
    result = []

    def catch():
        try:
            result.append(run())
        except BaseException as error:
            result.append(error)

    thread = threading.Thread(target=catch)
    thread.start()
    thread.join()
    return result[0]


def test_modules_answer_in_the_thread_that_installed_them():
    import enroll.types_
    import enroll.values
    from enroll import bag

    message = "native modules answer in the thread alone that installed them"
    vector = enroll.types_.Vector(1)
    enroll.values.STR
    for run in [
        lambda: enroll.values.greet("x"),
        lambda: enroll.values.FLOAT,
        lambda: bag.apples,
        lambda: setattr(bag, "apples", 1),
        lambda: len(vector),
        lambda: enroll.types_.Vector(),
        lambda: __import__("enroll.machine"),
        lambda: enroll.unload("values"),
    ]:
        error = in_a_thread(run)
        assert type(error) is RuntimeError and str(error) == message, error
    assert in_a_thread(lambda: enroll.values.STR) == "Zoë", "what was loaded before"
    assert type(in_a_thread(lambda: __import__("enroll.missing"))) is ModuleNotFoundError
    assert len(vector) == 1


def test_an_object_may_end_in_another_thread():
    import enroll.types_

    box = [enroll.types_.Vector(1)]
    in_a_thread(box.clear)
    assert not box
    enroll.types_.Vector(2)
    assert enroll.types_.drops() == 2, "at the next call in its own thread"


def test_a_sub_interpreter_has_no_modules():
    try:
        import _xxsubinterpreters as interpreters
    except ImportError:
        return
    number = interpreters.create()
    try:
        interpreters.run_string(
            number,
            "try:\n import enroll\nexcept ModuleNotFoundError:\n pass\nelse:\n raise SystemError",
        )
    finally:
        interpreters.destroy(number)
