"""Parties and accounts as files, out and in: read, checked and shown row by row, and only then saved, all or nothing."""
