"""Splits, metrics, experiments and their reports."""
