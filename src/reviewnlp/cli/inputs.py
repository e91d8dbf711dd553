"""How every command reads its INPUT: what cannot be read is reported, and the rest is done."""

from __future__ import annotations

import sys


def warn(message: str) -> None:
    """Write one line to standard error."""
    print("reviewnlp:", " ".join(message.split()), file=sys.stderr)
