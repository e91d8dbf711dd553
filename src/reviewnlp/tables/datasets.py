"""Reviews as a Hugging Face dataset, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reviewnlp.errors import InputError
from reviewnlp.records import Review
from reviewnlp.tables.schema import schema_of

if TYPE_CHECKING:
    from datasets import Dataset


def to_dataset(reviews: Iterable[Review]) -> Dataset:
    """Return the reviews as a ``datasets.Dataset`` with typed features, one row a review in the order given.

    Examples
    --------
    >>> from reviewnlp import Review
    >>> dataset = to_dataset([Review(id="a", text="A child.", year=2018)])
    >>> dataset.features["year"].dtype, dataset[0]["text"]
    ('int64', 'A child.')
    """
    import pyarrow as pa
    from datasets import Dataset

    rows = [review.to_dict() for review in reviews]
    return Dataset(pa.Table.from_pylist(rows, schema=schema_of(Review)))


def from_dataset(dataset: Dataset) -> Iterator[Review]:
    """Yield the reviews of a dataset; columns that a review does not have are left out.

    Raises
    ------
    InputError
        A column is missing or has the wrong type; the error names the row, counted from 1.
    """
    for number, row in enumerate(dataset, start=1):
        try:
            yield Review.from_dict(row)
        except InputError as error:
            raise InputError(error.message, "dataset", number) from error
