"""Measures pages, reports and exports on both databases, for `make bench`; see `tools/bench.py`."""
