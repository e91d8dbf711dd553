"""Terms, entry terms, relations and themes as SKOS, and the matching of a raw keyword to its term.

The vocabulary that ships is ``data/vocabulary.ttl``; :func:`load_vocabulary` reads it, or a user's own SKOS file.
The order of ``Vocabulary.terms`` is that of every array over terms in the library.
"""

from reviewnlp.vocabulary.skos import load_vocabulary, read_skos, write_skos
from reviewnlp.vocabulary.terms import Term, Theme, Vocabulary

__all__ = ["Term", "Theme", "Vocabulary", "load_vocabulary", "read_skos", "write_skos"]
