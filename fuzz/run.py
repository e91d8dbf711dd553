"""Runs one target under atheris: ``python -m fuzz.run TARGET [options of libFuzzer, folders, or saved inputs]``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path


def main() -> None:
    try:
        import atheris
    except ImportError:
        sys.exit("fuzzing needs atheris: pip install atheris")
    # Comparisons of text guide the search too.
    atheris.enabled_hooks.add("str")
    with atheris.instrument_imports(include=["reviewnlp"]):
        from fuzz.seeds import write_seeds
        from fuzz.targets import TARGETS

        if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
            sys.exit(f"name a target: {', '.join(TARGETS)}")
        name = sys.argv.pop(1)
        target = TARGETS[name]
        seeds = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-")) / "seeds"
        write_seeds(name, seeds)
        # What is imported on first use has to be instrumented too, and takes longer than an input may.
        for path in sorted(seeds.iterdir()):
            target(path.read_bytes())
    if not any(Path(word).is_file() for word in sys.argv[1:]):
        # The first folder takes the inputs found; the seeds stay as they are.
        if all(word.startswith("-") for word in sys.argv[1:]):
            found = seeds.parent / "found"
            found.mkdir()
            sys.argv.append(str(found))
        sys.argv += [str(seeds), f"-dict={seeds.parent / 'words.dict'}"]
    atheris.Setup([*sys.argv, "-timeout=10"], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
