"""How fast the library is, beside spaCy's blank tokenizer; ``python -m benchmarks`` prints the tables."""

#: What a new Python process runs to be the command line, for its arguments.
COMMAND = "import sys; from reviewnlp.cli import main; main(sys.argv[1:])"
