"""The facts of a case: one spaCy component a kind of fact, its word lists as data files beside it."""
