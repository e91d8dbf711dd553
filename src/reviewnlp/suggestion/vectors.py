"""Static sentence vectors: the mean of the vectors of a text's word pieces.

The vectors were distilled once from ``all-MiniLM-L6-v2`` with model2vec (``experiments/suggestion/distill.py``)
and ship as one byte a number; nothing of torch or of model2vec is needed to use them.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import numpy as np

from reviewnlp.errors import BundleError
from reviewnlp.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

TABLE = "vectors.safetensors"
TOKENIZER = "tokenizer.json"
_LONGEST = 40
_FIRST, _KEPT = 1024, 50_000
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
        self._words = _Words(self._of_word, self.size)

    @property
    def size(self) -> int:
        """Numbers in a vector."""
        return int(self._table.shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a unit vector for each text, float (n_texts, size); of zeros where no word piece is known."""
        from scipy.sparse import csr_matrix

        words = [_WORD.findall(text.lower()) for text in texts]
        numbers = self._words.numbers(itertools.chain(*words))
        ends = np.append(0, np.cumsum([len(some) for some in words], dtype=np.intp))
        table = self._words.table
        found = csr_matrix((np.ones(len(numbers), np.float32), numbers, ends), (len(texts), len(table)))
        vectors = found @ table
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    def _of_word(self, word: str) -> Floats:
        """Return the sum of the vectors of a word's pieces."""
        pieces = self._tokenizer.encode(word[:_LONGEST], add_special_tokens=False).ids
        known = [piece for piece in pieces if piece != self._unknown]
        return np.asarray(self._table[known].sum(axis=0, dtype=np.float32))


class _Words(dict[str, int]):
    """Numbers words and keeps their vectors in a table, since words recur.

    Parameters
    ----------
    vector_of
        Gives the vector of a word that is new.
    size
        Numbers in a vector.
    """

    def __init__(self, vector_of: Callable[[str], Floats], size: int) -> None:
        super().__init__()
        self.table = np.zeros((_FIRST, size), dtype=np.float32)
        self._vector_of = vector_of

    def numbers(self, words: Iterable[str]) -> NDArray[np.intp]:
        """Return the rows of words in the table, all of which stay there until the next call."""
        if len(self) > _KEPT:
            self.clear()
        return np.fromiter(map(self.__getitem__, words), np.intp)

    def __missing__(self, word: str) -> int:
        number = len(self)
        if number == len(self.table):
            self.table = np.concatenate([self.table, np.zeros_like(self.table)])
        self.table[number] = self._vector_of(word)
        self[word] = number
        return number
