"""Runs one case, with what it shows in the form that all hosts share."""

import builtins
import importlib
import sys
import types
from collections.abc import MutableMapping, MutableSequence

# What portable modules raise; a class of Python is told by the first of these that
# it derives from.
KINDS = [
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    OSError,
    MemoryError,
    StopIteration,
    NotImplementedError,
    OverflowError,
    ZeroDivisionError,
    ImportError,
    AssertionError,
    RuntimeError,
]


def run(name, source, package=None, names=()):
    """Pairs of a line's number and what it printed. Modules come from `package`,
    where one is given."""
    lines = []

    def emit(text):
        # The frame of the case is above `show`, `fails` or `raises`.
        lines.append((sys._getframe(2).f_lineno, text))

    def show(value):
        emit(shown(value))

    def fails(run):
        emit(outcome(run, True))

    def raises(run):
        emit(outcome(run, False))

    def load(module, globals=None, locals=None, names_wanted=(), level=0):
        if package is None or module not in names:
            return builtins.__import__(module, globals, locals, names_wanted, level)
        loaded = importlib.import_module(f"{package}.{module}")
        if names_wanted:
            return loaded
        return importlib.import_module(f"{package}.{module.split('.')[0]}")

    names = set(names)
    scope = {
        "__builtins__": {**vars(builtins), "__import__": load},
        "show": show,
        "fails": fails,
        "raises": raises,
    }
    exec(compile(source, name, "exec"), scope)
    return lines


def outcome(run, with_message):
    try:
        return f"no error: {shown(run())}"
    except Exception as error:
        kind = kind_of(type(error))
        if not with_message:
            return f"! {kind}"
        message = error.strerror if isinstance(error, OSError) else error.args[0] if error.args else ""
        return f"! {kind}: {message}"


def kind_of(error):
    for base in error.__mro__:
        if base in KINDS:
            return base.__name__
    return error.__name__


def shown(value):
    if value is None or value is True or value is False:
        return str(value)
    kind = type(value)
    if kind is int:
        return str(value)
    if kind is float:
        return f"\1{value!r}\1"
    if kind is str:
        return quoted(value.encode("utf-8", "surrogatepass"))
    if kind is bytes or kind is bytearray:
        return "b" + quoted(value)
    if kind is tuple:
        return "(" + ", ".join(map(shown, value)) + ")"
    if kind is list or of_enroll(value, MutableSequence):
        return "[" + ", ".join(map(shown, value)) + "]"
    if kind is dict or of_enroll(value, MutableMapping):
        pairs = sorted((shown(key), shown(item)) for key, item in value.items())
        return "{" + ", ".join(f"{key}: {item}" for key, item in pairs) + "}"
    if isinstance(value, type):
        return "<type>"
    if isinstance(value, types.ModuleType):
        return "<module>"
    if isinstance(value, (types.FunctionType, types.BuiltinFunctionType, types.MethodType)):
        return "<function>"
    return str(value)


def of_enroll(value, base):
    """Whether it is a list or dictionary that a native module keeps: those derive
    from these classes, and Python's own are registered with them."""
    return base in type(value).__mro__


def quoted(data):
    chars = (
        "\\\\" if byte == 0x5C else chr(byte) if 0x20 <= byte <= 0x7E and byte != 0x22 else f"\\x{byte:02x}"
        for byte in data
    )
    return '"' + "".join(chars) + '"'


def version():
    """The version without the last number."""
    return "%d.%d" % sys.version_info[:2]
