"""Editing a row that somebody else edits too: refuses stale saves, merges fields and shows both texts side by side."""
