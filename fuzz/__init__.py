"""Targets for atheris; see README.md."""
