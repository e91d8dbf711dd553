"""How fast the library is, beside spaCy's blank tokenizer; ``python -m benchmarks`` prints the tables."""
