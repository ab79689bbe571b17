"""Masking a text that must not be there, in rows that nobody can change otherwise."""
