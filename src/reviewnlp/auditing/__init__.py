"""Checks of the indexing, one a file, their findings and the report."""
