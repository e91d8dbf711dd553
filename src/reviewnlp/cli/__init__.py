"""The command line: one file a command; this package only wires them together."""
