"""Finds the files that ship with the library, installed from a wheel or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def shipped(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as ``shipped("data", "vocabulary.ttl")``.

    Parameters
    ----------
    *parts
        The path below the project's root, which begins with ``data``, ``models`` or ``experiments``.

    Returns
    -------
    pathlib.Path
        The path in the installed package if it is there, else in the checkout. It need not exist.
    """
    installed = _PACKAGE.joinpath("_shipped", *parts)
    return installed if installed.exists() else _CHECKOUT.joinpath(*parts)
