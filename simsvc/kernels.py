"""Compiled functions: one way to make them, one cache on disk, scipy's C routines by name.

Importing this imports numba: import it (and modules with kernels) inside functions only.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
from collections.abc import Callable, Container
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm
import numba
from numba import types
from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.extending import get_cython_function_address, intrinsic

from simsvc import compiling

compiling.listen()
_SPECIAL = "scipy.special.cython_special"


@cache
def fingerprint(path: Path) -> str:
    """Hash of the sources on which the kernels of a file depend: itself, what it imports, what those kernels import.

    numba by itself looks at the file of the function alone, and would keep stale code when only a callee's changes, or
    a constant.
    """
    found: dict[Path, bytes] = {}
    pending = [path]
    while pending:
        one = pending.pop()
        if one not in found:
            found[one] = one.read_bytes()
            if b"simsvc.kernels import" in found[one]:
                pending += _imported(found[one])
    mixed = hashlib.sha256()
    for one in sorted(found):
        mixed.update(one.name.encode() + b"\0" + found[one])
    return mixed.hexdigest()


def _imported(text: bytes, wanted: Container[str] | None = None) -> list[Path]:
    """Files of the package that a file imports from, at its top: all names, or those that are wanted.

    A name that comes from a room's ``__init__`` is followed to the file that it is from.
    """
    root = Path(__file__).parent.parent
    files = []
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "simsvc":
            place = root.joinpath(*(node.module or "").split("."))
            names = {alias.name for alias in node.names if wanted is None or alias.name in wanted}
            modules = {name: place / f"{name}.py" for name in sorted(names)}
            found = [place.with_suffix(".py") if names else place, *modules.values()]
            files += [file for file in found if file.is_file()]
            room, others = place / "__init__.py", {name for name, file in modules.items() if not file.is_file()}
            if others and room.is_file():
                files += [room, *_imported(room.read_bytes(), others)]
    return files


class _Cache(FunctionCache):
    """numba's cache on disk, with the fingerprint of all sources concerned for its stamp."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        stamp = fingerprint(Path(function.__code__.co_filename))
        self._cache_file = IndexDataCacheFile(
            cache_path=self._cache_path, filename_base=self._impl.filename_base, source_stamp=stamp
        )
        # Looked at first: what follows may name types that are no more, and could not be read.
        self._cache_file._version = f"{numba.__version__} {stamp}"


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function at its first call: without the interpreter's lock, cached on disk, to the last bit.

    No fast-math, and no parallel loops: threads share the work by replication.
    """
    return _compiled(function)


def lean_kernel(function: Callable[..., Any]) -> Any:
    """A kernel that makes no arrays, and so is spared the counting of references, which can cost more than its work."""
    return _compiled(function, _nrt=False)


def small_kernel(function: Callable[..., Any]) -> Any:
    """A lean kernel of a few lines that is called all the time: its code is put into every caller's."""
    return _compiled(function, _nrt=False, forceinline=True)


def inlined(function: Callable[..., Any]) -> Any:
    """A part of the one lean kernel that calls it, of which it is made a part before anything is compiled.

    As a kernel of its own it would be compiled with all that it calls, and they again with each step up to the loop.
    """
    return _compiled(function, _nrt=False, inline="always")


def _compiled(function: Callable[..., Any], **options: Any) -> Any:
    made = numba.njit(nogil=True, error_model="numpy", **options)(function)
    typed = made.get_call_template

    def plainly(args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        """Constants are typed as what they are an example of, lest each be compiled for."""
        return typed(tuple(types.unliteral(a) for a in args), {k: types.unliteral(a) for k, a in kws.items()})

    made.get_call_template = plainly
    with suppress(RuntimeError):  # no folder may be written to: compiled anew in every process
        made._cache = _Cache(function)
    return made


@intrinsic
def int64_cells(_context: Any, address: Any) -> Any:
    """A kernel's pointer to int64 cells: indexed as an array, without looking whether an index counts from the end."""
    return _cells(types.int64, address)


@intrinsic
def int32_cells(_context: Any, address: Any) -> Any:
    """The same to int32 cells."""
    return _cells(types.int32, address)


@intrinsic
def float64_cells(_context: Any, address: Any) -> Any:
    """The same to float64 cells."""
    return _cells(types.float64, address)


def _cells(kind: Any, address: Any) -> Any:
    signature = types.CPointer(kind)(address)

    def lower(context: Any, builder: Any, _: Any, args: Any) -> Any:
        return builder.inttoptr(args[0], context.get_value_type(signature.return_type))

    return signature, lower


def special(name: str, arguments: int) -> Any:
    """A routine of ``scipy.special`` for float64 arguments, callable in kernels; the same C code as the ufunc's."""
    symbol = f"simsvc_{name}"
    llvm.add_symbol(symbol, get_cython_function_address(_SPECIAL, _compiled_name(name)))
    return types.ExternalFunction(symbol, types.float64(*[types.float64] * arguments))


def _compiled_name(name: str) -> str:
    """Name under which ``cython_special`` exports a routine's version for double; some come for complex numbers too."""
    exported = importlib.import_module(_SPECIAL).__pyx_capi__
    for found in (name, *(f"__pyx_fuse_{k}{name}" for k in range(2))):
        # A capsule shows its C signature.
        if '"double (double' in repr(exported.get(found)):
            return found
    raise ImportError(f"scipy.special.cython_special has no {name} for double")
