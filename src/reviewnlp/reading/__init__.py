"""Listings to Review records: files of any encoding, page furniture, titles, sections, keywords and links.

``files`` makes text of bytes and ``markup`` lines of HTML and Markdown; ``listing`` cuts lines into entries and tells
page furniture; ``entry`` makes a Review of an entry with ``titles``, ``authorities``, ``sections``, ``keywords`` and
``links``. The word lists that drive them are the TOML files beside them and ``data/authorities.csv``.
"""

from reviewnlp.reading.authorities import Authority, find_authority
from reviewnlp.reading.listing import Listing
from reviewnlp.reading.reviews import parse_text, read_reviews

__all__ = ["Authority", "Listing", "find_authority", "parse_text", "read_reviews"]
