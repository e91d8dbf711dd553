"""Static sentence vectors: the mean of the vectors of a text's word pieces.

The vectors were distilled once from ``all-MiniLM-L6-v2`` with model2vec (``experiments/suggestion/distill.py``)
and ship as one byte a number; nothing of torch or of model2vec is needed to use them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.errors import BundleError
from reviewnlp.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

TABLE = "vectors.safetensors"
TOKENIZER = "tokenizer.json"
_LONGEST = 40
_KEPT = 50_000
_WORD = re.compile(r"[^\W_]+")


class StaticVectors:
    """Encodes texts as unit vectors.

    Parameters
    ----------
    folder
        Where ``vectors.safetensors`` and ``tokenizer.json`` are; by default those that ship.

    Raises
    ------
    BundleError
        One of the files is missing or damaged.
    """

    def __init__(self, folder: Path | None = None) -> None:
        from safetensors import SafetensorError
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        self.folder = folder or shipped("data", "vectors")
        try:
            tables = load((self.folder / TABLE).read_bytes())
            self._table = tables["table"]
            self._scale = np.float32(tables["scale"][0])
        except (OSError, SafetensorError, KeyError) as error:
            raise BundleError(f"{self.folder / TABLE}: is no table of vectors: {error}") from error
        try:
            self._tokenizer = Tokenizer.from_buffer((self.folder / TOKENIZER).read_bytes())
        except Exception as error:  # the tokenizers library raises bare exceptions
            raise BundleError(f"{self.folder / TOKENIZER}: is no tokenizer: {error}") from error
        self._unknown = self._tokenizer.token_to_id("[UNK]")
        self._words: dict[str, Floats] = {}

    @property
    def size(self) -> int:
        """Numbers in a vector."""
        return int(self._table.shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a unit vector for each text, float (n_texts, size); of zeros where no word piece is known."""
        vectors = np.zeros((len(texts), self.size), dtype=np.float32)
        for row, text in enumerate(texts):
            words = _WORD.findall(text.lower())
            if words:
                vectors[row] = np.sum([self._of_word(word) for word in words], axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    def _of_word(self, word: str) -> Floats:
        """Return the sum of the vectors of a word's pieces; kept, since words recur."""
        vector = self._words.get(word)
        if vector is None:
            pieces = self._tokenizer.encode(word[:_LONGEST], add_special_tokens=False).ids
            known = [piece for piece in pieces if piece != self._unknown]
            vector = self._table[known].sum(axis=0, dtype=np.float32)
            if len(self._words) < _KEPT:
                self._words[word] = vector
        return vector
