"""Values both ways."""

import enum
import sys


def fails(error, run, *arguments, **named):
    try:
        run(*arguments, **named)
    except error as raised:
        return raised
    raise AssertionError(f"no {error.__name__}")


def test_constants_are_pythons_own():
    from enroll import values

    for name, value in [
        ("NONE", None),
        ("YES", True),
        ("FLOAT", 0.5),
        ("STR", "Zoë"),
        ("BYTES", b"\xff\x00"),
        ("TUPLE", (1, "two", ())),
    ]:
        found = getattr(values, name)
        assert found == value and type(found) is type(value), name


def test_what_goes_over_by_value_comes_back_equal():
    from enroll import values

    for value in [
        None, True, False, 0, -1, 2**63 - 1, -(2**63), 0.5, float("inf"), "", "Zoë\0",
        b"", b"\xff", (), (1, ("two", (3.0, None))),
    ]:
        same = values.same(value)
        assert same == value and type(same) is type(value), value
    assert str(values.same(float("nan"))) == "nan"


def test_everything_else_comes_back_as_the_same_object():
    from enroll import values

    class Number(int):
        pass

    class Color(enum.IntEnum):
        RED = 1

    from enroll import types_

    for value in [
        [], {}, set(), object(), Number(1), Color.RED, 2**64, "\udc80", bytearray(b"x"),
        values, values.greet, types_.Vector, types_.Vector(1), type, len, ..., 1j,
        Ellipsis, NotImplemented, range(3), types_,
    ]:
        assert values.same(value) is value or values.same(value) == value, value
    for value in [[], {}, object(), Number(1), Color.RED, values, types_.Vector, 2**64]:
        assert values.same(value) is value, value
    vector = types_.Vector(1)
    assert values.same(vector) is vector
    assert values.same((1, vector))[1] is vector


def test_what_a_module_calls_them():
    from enroll import types_, values

    for value, kind in [
        (None, "NoneType"), (True, "bool"), (1, "int"), (1.0, "float"), ("", "str"),
        (b"", "bytes"), ((), "tuple"), ([], "list"), ({}, "dict"), (set(), "set"),
        (values, "module"), (values.kind, "function"), (types_.Vector, "type"),
        (types_.Vector(), "Vector"), (len, "builtin_function_or_method"), (int, "type"),
        (object(), "object"), (2**64, "int of more than 64 bits"),
    ]:
        assert values.kind(value) == kind, (value, values.kind(value))
    assert values.kinds((1, [], ())) == ["int", "list", "tuple"]


def test_an_int_of_more_than_64_bits_is_no_number_of_a_module():
    from enroll import values

    error = fails(TypeError, values.small, 2**64)
    assert str(error) == (
        "small() argument 1 ('n'): expected int, not int of more than 64 bits"
    )
    assert str(fails(OverflowError, values.small, 256)) == (
        "small() argument 1 ('n'): 256 is not in 0..=255"
    )
    assert values.number(2) == 2.0 and values.number(True) == 1.0


def test_a_new_list_is_pythons_own():
    from enroll import values

    made = values.list(1, "a", [2])
    assert made == [1, "a", [2]] and type(made) is list
    made.append(3)
    table = values.table("key", 1)
    assert table == {"key": 1} and type(table) is dict
    assert values.deep(3) == [[[0]]]
    fails(ValueError, values.deep, 70)
    fails(TypeError, values.table, [], 1)


def test_a_list_that_the_module_keeps_is_shared():
    from enroll import values

    kept = values.kept()
    assert kept == [1, 2] and [1, 2] == kept and kept is values.kept()
    kept.append(30)
    assert values.total() == 33
    kept[0] = 10
    kept[1:2] = [5, 5]
    assert list(kept) == [10, 5, 5, 30] and values.total() == 50
    del kept[0], kept[:1]
    assert kept == [5, 30] and kept != [5] and kept[-1] == 30 and kept[:1] == [5]
    kept.insert(0, 1)
    kept += [7]
    kept.remove(5)
    assert kept == [1, 30, 7] and kept.pop() == 7 and kept.index(30) == 1
    assert 30 in kept and 31 not in kept and list(reversed(kept)) == [30, 1]
    kept.clear()
    assert len(kept) == 0 and not kept and repr(kept) == "[]"
    fails(IndexError, kept.__getitem__, 0)
    fails(TypeError, kept.__getitem__, "a")
    fails(TypeError, hash, kept)
    fails(TypeError, type(kept))


def test_a_kept_list_is_one_object_as_long_as_it_lives():
    from enroll import values

    kept = values.kept()
    number = id(kept)
    assert id(values.kept()) == number
    kept.append(object())
    del kept
    assert len(values.kept()) == 3


def test_a_dictionary_that_the_module_keeps_is_shared():
    from enroll import values

    kept = values.kept_dict()
    assert kept == {1: "one"} and kept is values.kept_dict()
    kept["two"] = 2
    kept[1] = "eins"
    assert dict(values.kept_dict()) == {1: "eins", "two": 2}
    assert fails(KeyError, kept.__getitem__, 3).args == (3,)
    assert fails(KeyError, kept.__delitem__, 3).args == (3,)
    assert kept.get(3) is None and kept.pop("two") == 2 and "two" not in kept
    assert list(kept.items()) == [(1, "eins")] and repr(kept) == "{1: 'eins'}"
    fails(TypeError, hash, kept)


def test_constant_lists_and_dictionaries_cannot_be_changed():
    from collections.abc import Mapping, Sequence

    from enroll import values

    assert values.LIST == [10, 20, 30] and values.LIST[1] == 20
    assert values.DICT == {1: "EPERM", "a": 2} and values.DICT["a"] == 2
    assert isinstance(values.LIST, Sequence) and isinstance(values.DICT, Mapping)
    assert values.LIST is values.LIST
    for change in [
        lambda: values.LIST.append(1),
        lambda: values.LIST.__setitem__(0, 1),
        lambda: values.LIST.__setitem__(slice(0, 1), []),
        lambda: values.LIST.clear(),
        lambda: values.DICT.__setitem__("a", 1),
        lambda: values.DICT.__delitem__("a"),
        lambda: values.DICT.clear(),
    ]:
        fails(TypeError, change)
    assert values.LIST == [10, 20, 30] and len(values.DICT) == 2
    assert values.kind(values.LIST) == "list" and values.kind(values.DICT) == "dict"
    assert values.same(values.LIST) == values.LIST


def test_a_list_that_holds_itself_can_be_shown():
    from enroll import values

    shown = repr(values.itself())
    assert shown == "[1, [...]]", shown


def test_what_a_module_does_with_pythons_objects():
    from enroll import values

    class Thing:
        pass

    items, table, thing = [1, 2, 3], {"a": 1}, Thing()
    assert values.item(items, -1) == 3 and values.item(table, "a") == 1
    values.set(items, 0, 10)
    values.set(table, "b", 2)
    values.remove(items, 1)
    assert items == [10, 3] and table == {"a": 1, "b": 2}
    assert values.length(items) == 2 and values.length({1, 2}) == 2
    assert list(values.each(items)) == [10, 3] and values.collect(range(3)) == [0, 1, 2]
    assert values.collect(iter("ab")) == ["a", "b"]
    assert values.equal([1], [1]) and not values.equal([1], [2]) and not values.equal([], ())
    assert values.equal(1, 1.0) and values.equal(2**64, 2**64)
    assert values.text([1, "a", thing]) == repr([1, "a", thing])
    values.put(thing, "name", [1])
    assert thing.name == [1] and values.get(thing, "name") is thing.name
    values.put(thing, "name", None)
    assert not hasattr(thing, "name")
    assert values.get(values, "STR") == "Zoë"
    values.put(values, "mode", 5)
    assert values.mode == 5
    assert values.call(lambda *all: sum(all), 1, 2) == 3
    assert values.named(lambda **all: all, [1]) == {"end": [1]}
    for error, run in [
        (IndexError, lambda: values.item(items, 9)),
        (KeyError, lambda: values.item(table, 9)),
        (TypeError, lambda: values.item(thing, 0)),
        (TypeError, lambda: values.length(thing)),
        (TypeError, lambda: values.collect(thing)),
        (AttributeError, lambda: values.get(thing, "name")),
        (AttributeError, lambda: values.put(thing, "name", None)),
        (TypeError, lambda: values.call(thing)),
    ]:
        fails(error, run)


def test_an_object_of_python_is_equal_as_in_a_list_of_python():
    from enroll import values

    nan = [float("nan")]
    assert values.equal(nan, nan)


def test_printing_goes_where_scripts_print():
    import io
    from enroll import values

    before, sys.stdout = sys.stdout, io.StringIO()
    try:
        values.say("a text\n")
        assert sys.stdout.getvalue() == "a text\n"
    finally:
        sys.stdout = before
