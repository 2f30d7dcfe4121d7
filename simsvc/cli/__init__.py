"""The command line: one thin layer over the public API. Arguments go in, an exit code comes out."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Entry point of ``simsvc``; exits with 0, 1 (a promise fails), 2 (bad input), 3 (undecided), 130 (interrupted)."""
    try:
        from simsvc.cli.app import app

        app(prog_name="simsvc")
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)
