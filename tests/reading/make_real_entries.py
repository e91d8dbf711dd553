"""Writes real_entries.json: what chosen entries of the real listings must parse to, as counts, hashes and short facts.

It works on the raw lines with plain string operations and shares no code with the library; what it wrote was then read
entry by entry beside the listings. Run in the checkout with the listings in ../shared:

    python tests/reading/make_real_entries.py
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE.parents[1].parent / "shared" / "corpus"
KINDS = {
    "Learning": "learning",
    "Recommendations": "recommendations",
    "Key issues": "key_issues",
    "Key findings": "key_findings",
    "Background": "background",
    "Model": "model",
    "Methodology": "model",
    "National recommendations": "recommendations",
}
COMMA_TERM = "special educational needs, additional needs and disabilities"
CHOSEN = [
    "2018-anonymous-children-f-g-and-h",
    "2018-anonymous-child-h1",
    "2018-city-of-london-and-hackney",
    "2018-dorset-child-m",
    "2018-wolverhampton-child-g",
    "2017-anonymous-child-ab",
    "2017-anonymous-child-y",
    "2017-anonymous-considering-child-sexual-exploitation",
    "2017-somerset-fenestra",
    "2017-blackpool-child-bw",
    "2017-bournemouth-and-poole-child-o",
    "2017-brighton-and-hove-a",
    "2017-buckinghamshire-child-sexual-exploitation-1998-2016",
    "2017-central-bedfordshire-nolan",
    "2017-croydon-and-lewisham-children-r-s-and-w",
    "2017-derbyshire-polly",
    "2017-enfield-child-yt",
    "2017-halton-young-person",
    "2017-merton-child-b",
    "2017-nottingham-child-j",
    "2017-warrington-child-1",
    "2025-anonymous-child-a",
    "2025-birmingham-child-a",
    "2025-buckinghamshire-child-bb",
    "2025-camden-children-f",
    "2025-durham-baby-c",
    "2025-hertfordshire-realtin",
    "2025-south-tees-aiden",
    "2025-surrey-sara-sharif",
    "2025-wigan-finley",
]


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def expected(lines: list[tuple[int, str]]) -> dict[str, object]:
    """Return what an entry, its lines with their numbers, must parse to."""
    title = lines[0][1]
    summary: list[str] = []
    sections: list[dict[str, object]] = []
    keywords: list[str] = []
    links = 0
    for _, line in lines[1:]:
        heading, _, rest = line.partition(":")
        kind = next((KINDS[name] for name in KINDS if line.startswith(name)), None)
        if line.startswith("Keywords:"):
            whole = rest.replace(COMMA_TERM, COMMA_TERM.replace(",", "|"))
            keywords = [word.strip(" .").replace("|", ",") for word in re.split("[,;]", whole)]
        elif "Read the" in line[:12]:
            links += 1
        elif kind:
            bare = line.startswith("Learning is embedded")
            text = line if bare else rest.strip()
            section = {"kind": kind, "heading": "" if bare else heading, "points": text.count(";") + 1}
            sections.append({**section, "sha256": digest(text)})
        else:
            summary.append(line)
    return {
        "lines": [lines[0][0], lines[-1][0]],
        "title_sha256": digest(title),
        "year": int(title[:4]),
        "summary_sha256": digest("\n".join(summary)),
        "sections": sections,
        "keywords": keywords,
        "links": links,
    }


def entries() -> dict[str, dict[str, object]]:
    """Return every entry of the listings, by its id."""
    found: dict[str, dict[str, object]] = {}
    for path in sorted(CORPUS.glob("*.txt")):
        block: list[tuple[int, str]] = []
        lines = path.read_text(encoding="utf-8").replace("\u00a0", " ").split("\n")
        for number, line in enumerate([*lines, "2000 - end"], 1):
            words = line.strip()
            if re.match(r"20\d\d ?[-–]", words):
                if block:
                    plain = re.sub("[èéí]", lambda m: {"è": "e", "é": "e", "í": "i"}[m[0]], block[0][1].lower())
                    found[re.sub("[^a-z0-9]+", "-", plain).strip("-")] = {"file": path.name, **expected(block)}
                block = []
            inside = block or re.match(r"20\d\d ?[-–]", words)
            if inside and words and not words.startswith(("Case reviews published", "A chronological list")):
                block.append((number, words))
    return found


if __name__ == "__main__":
    chosen = {name: entry for name, entry in entries().items() if name in CHOSEN}
    (HERE / "real_entries.json").write_text(json.dumps(chosen, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
