#!/usr/bin/env python3
"""Writes the figures of the experiments into README, model card and docs, so that none is typed by hand.

usage: python experiments/cite.py [--check] [FILE.md ...]

A figure or a table stands between two comments, which say where it comes from:

    F1@5 is <!-- figure leaderboard: figures/all/suggester/F1@5 -->0.41<!-- /figure -->
    <!-- figure leaderboard: figures/all/suggester/F1@5 | interval -->0.41 (0.37–0.45)<!-- /figure -->
    <!-- table leaderboard: F1@5, nDCG@10, P@1 -->
    <!-- /table -->
    <!-- table extraction: analysis extraction -->
    <!-- /table -->

The name is that of the experiment, whose results stand in experiments/NAME/results.json; the path leads through
that file; `| interval`, `| percent` and `| count` write it otherwise than as two decimals. A table has a row a
method, or is the first table of an analysis. --check changes nothing and ends with status 1 where a document
differs from the results.
"""

import json
import re
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "models/*/README.md", "docs/**/*.md")

FIGURE = re.compile(r"(<!-- figure ([\w-]+): ([^|>\n]+?)(?: \| (\w+))? -->)([^<\n]*)(<!-- /figure -->)")
TABLE = re.compile(r"(<!-- table ([\w-]+): ([^>\n]+?) -->\n)(.*?)(<!-- /table -->)", re.DOTALL)


class CitationError(Exception):
    """A citation leads nowhere."""


def main(arguments):
    check = "--check" in arguments
    files = [Path(name) for name in arguments if name != "--check"] or documents()
    wrong = 0
    for path in files:
        text = path.read_text(encoding="utf-8")
        try:
            cited = rewrite(text)
        except CitationError as error:
            print(f"{path}: {error}", file=sys.stderr)
            wrong += 1
            continue
        if cited != text and check:
            print(f"{path}: differs from the results; run python experiments/cite.py", file=sys.stderr)
            wrong += 1
        elif cited != text:
            path.write_text(cited, encoding="utf-8")
            print(f"{path}: brought up to date")
    return 1 if wrong else 0


def documents():
    return sorted({path for pattern in DOCUMENTS for path in ROOT.glob(pattern)})


def rewrite(text, results=None):
    """Return a document with every cited figure and table as the results have it; code blocks stay."""
    results = results or read_results
    parts = re.split(r"(^```.*?^```[ \t]*$)", text, flags=re.DOTALL | re.MULTILINE)
    for i in range(0, len(parts), 2):
        parts[i] = FIGURE.sub(lambda m: m[1] + figure(results(m[2]), m[3], m[4]) + m[6], parts[i])
        parts[i] = TABLE.sub(lambda m: m[1] + block(results, m[2], m[3]) + m[5], parts[i])
    return "".join(parts)


def block(results, name, wanted):
    if results is read_results and not_run(name):
        return f"Not measured yet: `reviewnlp evaluate --config experiments/{name}.toml`\n"
    return table(results(name), wanted)


def not_run(name):
    folder = ROOT / "experiments" / name
    return folder.with_suffix(".toml").is_file() and not (folder / "results.json").is_file()


@cache
def read_results(name):
    path = ROOT / "experiments" / name / "results.json"
    if not path.is_file():
        raise CitationError(f"no results of an experiment called {name!r} ({path.relative_to(ROOT)})")
    return json.loads(path.read_text(encoding="utf-8"))


def figure(results, path, form):
    found = follow(results, path)
    value = found["value"] if isinstance(found, dict) and "value" in found else found
    if not isinstance(value, int | float):
        raise CitationError(f"{path} is no figure")
    if form is None:
        return f"{value:.2f}"
    if form == "interval":
        return f"{value:.2f} ({found['low']:.2f}–{found['high']:.2f})"
    if form == "percent":
        return f"{100 * value:.0f}%"
    if form == "count":
        return f"{value:.0f}"
    raise CitationError(f"{path}: no form is called {form!r}; forms: interval, percent, count")


def follow(data, path):
    """Walk down a path whose steps are separated by slashes; a name may hold slashes itself."""
    if not path:
        return data
    steps = path.split("/")
    for length in range(len(steps), 0, -1):
        name = "/".join(steps[:length])
        if isinstance(data, dict) and name in data:
            return follow(data[name], "/".join(steps[length:]))
    known = ", ".join(map(str, data)) if isinstance(data, dict) else "nothing"
    raise CitationError(f"{path!r} leads nowhere; here is: {known}")


def table(results, wanted):
    if wanted.startswith("analysis "):
        found = follow(results["analyses"], wanted.removeprefix("analysis "))["tables"][0]
        return grid(found["columns"], [[cell(value) for value in row] for row in found["rows"]])
    metrics = [name.strip() for name in wanted.split(",")]
    rows = []
    for setting, methods in results["figures"].items():
        for method, figures in methods.items():
            name = [method] if len(results["figures"]) == 1 else [setting, method]
            rows.append(
                name + [with_interval(follow(figures, metric)) if metric in figures else "–" for metric in metrics]
            )
    if not any(set(row[-len(metrics) :]) - {"–"} for row in rows):
        raise CitationError(f"no method has one of the metrics {wanted}")
    return grid([*(["method"] if len(results["figures"]) == 1 else ["setting", "method"]), *metrics], rows)


def with_interval(found):
    if found["value"] is None:
        return "–"
    interval = "" if found["low"] is None else f" ({found['low']:.2f}–{found['high']:.2f})"
    return f"{found['value']:.3f}{interval}"


def cell(value):
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def grid(columns, rows):
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
