"""Runs one target under atheris: ``python -m fuzz.run TARGET [options of libFuzzer, or saved inputs]``."""

from __future__ import annotations

import sys


def main() -> None:
    try:
        import atheris
    except ImportError:
        sys.exit("fuzzing needs atheris: pip install atheris")
    with atheris.instrument_imports(include=["reviewnlp"]):
        from fuzz.targets import TARGETS

        if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
            sys.exit(f"name a target: {', '.join(TARGETS)}")
        target = TARGETS[sys.argv.pop(1)]
        # What is imported on first use has to be instrumented too, and takes longer than an input may.
        for first in range(5):
            target(bytes((first, 0, 0, 0, 0)))
    atheris.Setup([*sys.argv, "-timeout=10"], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
