"""Writes vocabulary, folds and projects for Annif (Suominen 2019), so that it runs on the same splits.

Annif reads a vocabulary as SKOS, a corpus as TSV (a text, a tab, the URIs of its subjects in angle brackets), and
its backends from ``projects.toml``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reviewnlp.evaluation.splits import repeated_folds
from reviewnlp.tables import replacing
from reviewnlp.vocabulary.skos import term_uri, write_skos

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from reviewnlp.records import Review
    from reviewnlp.vocabulary import Vocabulary

BACKENDS = {
    "tfidf": {"backend": "tfidf"},
    "mllm": {"backend": "mllm"},
    "bonsai": {"backend": "omikuji", "cluster_balanced": "False", "cluster_k": "100", "max_depth": "3"},
}
"""The parameters of each backend; those of ``bonsai`` are the ones of Annif's documentation."""


def write_annif(
    reviews: Sequence[Review],
    vocabulary: Vocabulary,
    folder: Path,
    *,
    folds: int = 5,
    repeats: int = 1,
    seed: int = 0,
) -> list[Path]:
    """Write everything that Annif needs to be trained and tested on the folds of an experiment.

    Parameters
    ----------
    reviews
        The reviews; those without a term of the vocabulary stand in no corpus, for Annif has no use for them.
    vocabulary
        The terms.
    folder
        Made when it is not there.
    folds, repeats, seed
        As for :func:`~reviewnlp.evaluation.splits.repeated_folds`; equal ones give the folds of an experiment.

    Returns
    -------
    list of pathlib.Path
        ``vocabulary.ttl``, ``projects.toml``, ``all.tsv`` and ``train.tsv``, ``test.tsv`` and ``test-ids.txt`` in a
        folder for each fold, named ``r1f1`` for the first fold of the first repeat.
    """
    splits = repeated_folds(reviews, folds=folds, repeats=repeats, seed=seed)
    usable = {i for i, review in enumerate(reviews) if any(term in vocabulary for term in review.terms)}
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"r{split.repeat + 1}f{number % folds + 1}" for number, split in enumerate(splits)]
    files = {
        folder / "projects.toml": _projects(names),
        folder / "all.tsv": _corpus((reviews[i] for i in sorted(usable)), vocabulary),
    }
    for name, split in zip(names, splits, strict=True):
        train, test = ([reviews[i] for i in side if i in usable] for side in (split.train, split.test))
        files[folder / name / "train.tsv"] = _corpus(train, vocabulary)
        files[folder / name / "test.tsv"] = _corpus(test, vocabulary)
        files[folder / name / "test-ids.txt"] = "".join(f"{review.id}\n" for review in test)
    write_skos(vocabulary, folder / "vocabulary.ttl")
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        with replacing(path) as file:
            file.write(text)
    return [folder / "vocabulary.ttl", *files]


def _corpus(reviews: Iterable[Review], vocabulary: Vocabulary) -> str:
    return "".join(f"{' '.join(review.text.split())}\t{' '.join(_uris(review, vocabulary))}\n" for review in reviews)


def _uris(review: Review, vocabulary: Vocabulary) -> list[str]:
    return [f"<{term_uri(term)}>" for term in review.terms if term in vocabulary]


def _projects(names: Sequence[str]) -> str:
    blocks = []
    for name in names:
        for backend, parameters in BACKENDS.items():
            settings = {
                "name": f"{backend} {name}",
                "language": "en",
                "vocab": "reviewnlp",
                "analyzer": "snowball(english)",
                "limit": "100",
                **parameters,
            }
            blocks.append(_block(f"{backend}-{name}", settings))
        sources = ",".join(f"{backend}-{name}" for backend in BACKENDS)
        blocks.append(
            _block(
                f"ensemble-{name}",
                {
                    "name": f"ensemble {name}",
                    "language": "en",
                    "vocab": "reviewnlp",
                    "backend": "ensemble",
                    "sources": sources,
                    "limit": "100",
                },
            )
        )
    return "\n".join(blocks)


def _block(name: str, settings: dict[str, str]) -> str:
    # A TOML basic string and a JSON string are written alike.
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    return "\n".join([f"[{name}]", *lines]) + "\n"
