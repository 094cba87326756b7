"""Runs one case in this CPython, as enroll's interpreter runs it: the script
statement by statement, an error ends the statement alone and is printed."""

import ast
import builtins
import contextlib
import importlib
import io
import os
import shutil
import sys
import tempfile
import types
import warnings


def run(files, main, pure=False):
    """Prints of a case: `files` are pairs of a path below /lib and a text.

    `pure` takes the import function that is written in Python. The one in C
    imports a top package again whose submodule a `from` import wants, if that
    package has left the table.
    """
    root = tempfile.mkdtemp(prefix="conformance-")
    modules, path, hooks = dict(sys.modules), list(sys.path), list(sys.meta_path)
    original_path, import_function = sys.path, builtins.__import__
    output = io.StringIO()
    try:
        for name, text in files:
            target = os.path.join(root, name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "w", encoding="utf-8") as file:
                file.write(text.replace("/lib", root))
        # The standard library is not searched: what a case does not have is
        # not found.
        sys.path = [root]
        sys.dont_write_bytecode = True
        importlib.invalidate_caches()
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        module.copy = lambda source, to: copy(root, source, to)
        module.remove = lambda name: remove(root, name)
        if pure:
            builtins.__import__ = importlib.__import__
        with contextlib.redirect_stdout(output), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            statements(main.replace("/lib", root), module)
    finally:
        builtins.__import__ = import_function
        sys.path = original_path
        sys.path[:] = path
        sys.meta_path[:] = hooks
        for name in list(sys.modules):
            if name not in modules:
                del sys.modules[name]
        sys.modules.update(modules)
        sys.path_importer_cache.clear()
        shutil.rmtree(root, ignore_errors=True)
    return output.getvalue().replace(root, "/lib")


def statements(main, module):
    for statement in ast.parse(main).body:
        code = compile(ast.Module([statement], []), "<main>", "exec")
        try:
            exec(code, module.__dict__)
        except BaseException as error:
            print(f"{type(error).__name__}: {error}")


def copy(root, source, to):
    source, to = os.path.join(root, source), os.path.join(root, to)
    os.makedirs(os.path.dirname(to), exist_ok=True)
    if os.path.isdir(source):
        shutil.copytree(source, to, dirs_exist_ok=True)
    else:
        shutil.copyfile(source, to)
    importlib.invalidate_caches()


def remove(root, name):
    name = os.path.join(root, name)
    if os.path.isdir(name):
        shutil.rmtree(name)
    else:
        os.remove(name)
    importlib.invalidate_caches()


def version():
    """The version without the last number."""
    return "%d.%d" % sys.version_info[:2]
