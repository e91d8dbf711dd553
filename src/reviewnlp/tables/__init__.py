"""Records in and out of JSON Lines, JSON, CSV, Parquet and Hugging Face datasets.

All carry the same table: a row a record, a column a field, and what is written reads back equal. In a CSV,
which knows only text, nested values stand as JSON in their cells. A file is written beside its target under a
temporary name and renamed, so that a stopped run leaves no half file.
"""

from reviewnlp.tables.datasets import from_dataset, to_dataset
from reviewnlp.tables.files import FORMATS, format_of, read_records, read_rows, write_records
from reviewnlp.tables.flat import flat_columns, flatten
from reviewnlp.tables.limits import LARGEST, refuse_larger
from reviewnlp.tables.replacing import replacing
from reviewnlp.tables.schema import schema_of

__all__ = [
    "FORMATS",
    "LARGEST",
    "flat_columns",
    "flatten",
    "format_of",
    "from_dataset",
    "read_records",
    "read_rows",
    "refuse_larger",
    "replacing",
    "schema_of",
    "to_dataset",
    "write_records",
]
