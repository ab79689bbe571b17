"""Parties and accounts as tables in files, out and in.

A page compares an imported file with the database and shows what would change; then all rows are saved or none. A
formula in a file is refused, since the value that Excel last calculated may be old.
"""
