"""Parties and accounts as tables in files, out and in."""
