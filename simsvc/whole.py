"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Mapping
from pathlib import Path


def write_whole(path: str | os.PathLike[str], content: str | bytes) -> Path:
    """Write ``content`` beside ``path`` and rename it onto it, so that no reader ever sees half a file.

    Raises
    ------
    OSError
        The folder does not exist or cannot be written; nothing is left behind.
    """
    target = Path(path).resolve()
    if target.exists() and not target.is_file():
        # A device, a pipe: there is nothing to be half-written, and nothing to be replaced.
        target.write_bytes(_bytes(content))
        return Path(path)
    write_together({Path(path): content})
    return Path(path)


def write_together(contents: Mapping[Path, str | bytes], *, folders: bool = False, durable: bool = False) -> None:
    """Write several files: all beside their places first, then renamed onto them in order.

    Parameters
    ----------
    contents : mapping
        Content by path.
    folders : bool
        Make the folders that are missing.
    durable : bool
        Wait until the disk has them, content before name, so that even after a power cut each is whole or not there.

    Raises
    ------
    OSError
        A file cannot be written; then none is, and nothing is left behind.
    """
    parts: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, content in contents.items():
            target = path.resolve()
            made += _make(target.parent) if folders else []
            parts[target] = target.with_name(f".{target.name}.{uuid.uuid4().hex}.part")
            parts[target].write_bytes(_bytes(content))
            if durable:
                to_disk(parts[target])
        for target, part in parts.items():
            part.replace(target)
        for folder in {target.parent for target in parts} if durable else ():
            to_disk(folder)
    except BaseException:
        for part in parts.values():
            part.unlink(missing_ok=True)
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def to_disk(path: Path) -> None:
    """Have the system write out a file, or a folder's list of files (which Windows does by itself)."""
    if os.name == "nt" and path.is_dir():
        return
    number = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _make(folder: Path) -> list[Path]:
    """Make a folder and those above it; returns the new ones, outermost first."""
    new = [f for f in (folder, *folder.parents) if not f.exists()][::-1]
    for each in new:
        each.mkdir()
    return new


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
