"""The folder of a sweep: a manifest that says what is computed, and part files that are whole or not there.

``manifest.json``; ``parts/00012-1f3a….parquet``: the points of part 12, with a digest of the content and of the
sweep's fingerprint in the name, so that a torn file, a changed one or another sweep's is known by itself. Complete part
files are the only state.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simsvc.errors import StudyError
from simsvc.study.sweep.lock import locked
from simsvc.whole import to_disk, write_together

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 1
"""Version of the layout."""
MOST_PARTS = 500
"""A sweep of more points puts several into a part: tables are opened file by file."""

MANIFEST, PARTS, LOCK = "manifest.json", "parts", ".lock"
_PART = re.compile(r"(\d{5})-([0-9a-f]{16})\.parquet")


def fingerprint(of: Mapping[str, Any]) -> str:
    """Digest of what decides a sweep's results."""
    return hashlib.sha256(json.dumps(of, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Store:
    """A sweep's folder.

    Attributes
    ----------
    folder : Path
        Where it is.
    manifest : mapping
        ``format``, ``fingerprint``, ``of`` (what the fingerprint is taken of), ``points`` and whatever else is told.
    """

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def size(self) -> int:
        """Points of a part."""
        return -(-int(self.manifest["points"]) // MOST_PARTS)

    def points(self, part: int) -> range:
        """The points of a part."""
        return range(part * self.size, min((part + 1) * self.size, int(self.manifest["points"])))

    @property
    def parts(self) -> int:
        """Parts of the whole sweep."""
        return -(-int(self.manifest["points"]) // self.size)

    def complete(self) -> dict[int, Path]:
        """The parts that are there and whole, in order."""
        return {part: file for part, file, whole in sorted(self._found()) if whole}

    def clean(self) -> None:
        """Remove what a killed writer left and torn parts. Only for the writer."""
        for file in (self.folder / PARTS).glob(".*.part"):
            file.unlink()
        for _, file, whole in list(self._found()):
            if not whole:
                file.unlink()

    def write(self, part: int, table: pa.Table) -> None:
        """Write a part, whole or not at all, and wait until the disk has it."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        sink = pa.BufferOutputStream()
        pq.write_table(table, sink)
        content = sink.getvalue().to_pybytes()
        write_together({self.folder / PARTS / self._name(part, content): content}, durable=True)

    def read(self, file: Path) -> pa.Table:
        """The rows of a part."""
        import pyarrow.parquet as pq

        return pq.read_table(file, partitioning=None)

    def _found(self) -> Iterator[tuple[int, Path, bool]]:
        """Part files with their numbers, and whether they are whole and of this sweep."""
        for file in (self.folder / PARTS).glob("*.parquet"):
            match = _PART.fullmatch(file.name)
            if match is not None:
                part = int(match[1])
                yield part, file, part < self.parts and file.name == self._name(part, file.read_bytes())

    def _name(self, part: int, content: bytes) -> str:
        digest = hashlib.sha256(f"{self.manifest['fingerprint']} {part} ".encode() + content).hexdigest()
        return f"{part:05d}-{digest[:16]}.parquet"


def stored(folder: Path) -> Store | None:
    """The store of a folder, None where the folder is new or empty.

    Raises
    ------
    StudyError
        If something else is there, or a store that this version can't read.
    """
    manifest = folder / MANIFEST
    if not manifest.is_file():
        others = [f.name for f in folder.iterdir() if not _left(f)] if folder.is_dir() else []
        if others or (folder.exists() and not folder.is_dir()):
            raise StudyError(f"{folder} exists and holds no sweep; name a new folder")
        return None
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))
        known, _ = found["format"] == FORMAT, (found["fingerprint"], found["of"], found["points"])
    except (ValueError, KeyError, TypeError):
        raise StudyError(f"{manifest} is no manifest of a sweep; name a new folder") from None
    if not known:
        raise StudyError(f"{manifest}: format {found['format']} is of another version; this one reads {FORMAT}")
    return Store(folder, found)


def _left(file: Path) -> bool:
    """Whether a file may have been left by a writer that was killed before its manifest was written."""
    if file.name == PARTS:
        return file.is_dir() and not any(file.iterdir())
    return file.name == LOCK or (file.name.startswith(f".{MANIFEST}.") and file.suffix == ".part")


def accept(found: Store | None, manifest: Mapping[str, Any]) -> None:
    """Refuse a store of another configuration.

    Raises
    ------
    StudyError
        Naming what differs.
    """
    if found is None or found.manifest["fingerprint"] == manifest["fingerprint"]:
        return
    old, new = found.manifest["of"], manifest["of"]
    changed = [
        f"{key} was {old.get(key)}, is now {new.get(key)}" for key in {**old, **new} if old.get(key) != new.get(key)
    ]
    raise StudyError(
        f"{found.folder} holds another sweep ({'; '.join(changed)}); name a new folder, or change it back to go on"
    )


@contextmanager
def writing(folder: Path, manifest: Mapping[str, Any]) -> Iterator[Store]:
    """The store of a folder to write to: a new one, or one begun with the same configuration. One writer at a time.

    Raises
    ------
    StudyError
        If something else is there, another configuration, or another writer.
    """
    accept(stored(folder), manifest)
    try:
        folder.mkdir(exist_ok=True)
        with locked(folder / LOCK):
            found = stored(folder)
            accept(found, manifest)
            if found is None:
                (folder / PARTS).mkdir(exist_ok=True)
                text = json.dumps(manifest, ensure_ascii=False, indent=2, default=str) + "\n"
                write_together({folder / MANIFEST: text}, durable=True)
                to_disk(folder.absolute().parent)
                found = Store(folder, manifest)
            found.clean()
            yield found
    except OSError as error:
        raise StudyError(f"{folder} can't be written: {error.strerror or error}") from error
