"""``python -m simsvc``."""

from __future__ import annotations

from simsvc.cli import main

if __name__ == "__main__":
    main()
