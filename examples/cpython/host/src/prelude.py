"""The part of this host that is written in Python: classes over what is native.

The names that are not defined here are given by `prelude.rs`.
"""

from collections.abc import MutableMapping, MutableSequence
from types import ModuleType


class Namespace(MutableMapping):
    """What `module.__dict__` is: a view that nothing can be stored in."""

    __slots__ = ("_module",)

    def __init__(self, module):
        self._module = module

    def __getitem__(self, name):
        return constant(self._module, name)

    def __contains__(self, name):
        return name in constants(self._module)

    def __iter__(self):
        return iter(constants(self._module))

    def __len__(self):
        return len(constants(self._module))

    def __setitem__(self, name, value):
        raise TypeError("the namespace of a native module cannot be changed")

    __delitem__ = __setitem__

    def __repr__(self):
        return f"Namespace({self.copy()!r})"

    def copy(self):
        return dict(self.items())


class Module(ModuleType):
    """A module in read-only memory."""

    # What was loaded before is found without leaving CPython; `ModuleType`'s
    # own would build an error first.
    __getattribute__ = object.__getattribute__
    __getattr__ = load
    __setattr__ = store
    __delattr__ = delete
    __dir__ = names
    __dict__ = property(Namespace)


class List(Instance, MutableSequence):
    """A list that a native module keeps, or has in read-only memory."""

    __slots__ = ()

    def __getitem__(self, index):
        if isinstance(index, slice):
            return list(self)[index]
        return item(self, index)

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            items = list(self)
            items[index] = value
            replace(self, items)
        else:
            set_item(self, index, value)

    def __delitem__(self, index):
        if isinstance(index, slice):
            items = list(self)
            del items[index]
            replace(self, items)
        else:
            delete_item(self, index)

    def insert(self, index, value):
        items = list(self)
        items.insert(index, value)
        replace(self, items)

    def __eq__(self, other):
        if isinstance(other, (list, List)):
            return list(self) == list(other)
        return NotImplemented

    __hash__ = None
    __iter__ = iterate
    __len__ = length
    __repr__ = text


class Dict(Instance, MutableMapping):
    """A dictionary that a native module keeps, or has in read-only memory."""

    __slots__ = ()

    def __getitem__(self, key):
        try:
            return item(self, key)
        except KeyError:
            raise KeyError(key) from None

    def __delitem__(self, key):
        try:
            delete_item(self, key)
        except KeyError:
            raise KeyError(key) from None

    __setitem__ = set_item
    __iter__ = iterate
    __len__ = length
    __repr__ = text
