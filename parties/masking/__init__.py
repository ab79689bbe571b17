"""Masking a text that may not be there, in rows that nobody can change otherwise."""
