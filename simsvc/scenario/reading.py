"""Text files as people leave them → text, or a clear error."""

from __future__ import annotations

from pathlib import Path

from simsvc.errors import Problem, ScenarioError
from simsvc.scenario.nearest import nearest


def text(path: Path, name: str, what: str) -> str:
    """The text of a UTF-8 file (a byte order mark is skipped).

    Parameters
    ----------
    path : Path
        The file.
    name : str
        How the person calls it; stands in the errors.
    what : str
        What it is to be (``"a CSV file"``), for the errors.

    Raises
    ------
    ScenarioError
        If there is no such file, it may not be read, or it isn't UTF-8.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        folder = path.parent
        if not folder.is_dir():
            problem = Problem(name, "", "there is no such file", f"there is no folder {folder}")
        else:
            near = nearest(path.name, [p.name for p in folder.iterdir()])
            remedy = f'did you mean "{near}"?' if near else "check the name"
            problem = Problem(name, "", "there is no such file", remedy)
        raise ScenarioError(problem) from None
    except (IsADirectoryError, NotADirectoryError):
        raise ScenarioError(Problem(name, "", f"{what} is needed, not a folder", "name the file in it")) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problem = Problem(name, "", f"can't be read: {reason}", "check the name and its permissions")
        raise ScenarioError(problem) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = "is not UTF-8 text" + ("" if b"\0" in data else " (perhaps it was saved as GBK)")
        raise ScenarioError(Problem(f"{name}:{line}", "", message, "save it again with the encoding UTF-8")) from None
