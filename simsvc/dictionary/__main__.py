"""All measures as a page: ``python -m simsvc.dictionary > docs/measures.md``."""

from __future__ import annotations

import sys

from simsvc.dictionary.describe import markdown

if __name__ == "__main__":
    sys.stdout.write(markdown())
