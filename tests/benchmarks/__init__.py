"""What do pages, reports and tables cost? `make bench` measures them on both databases; see `tools/bench.py`."""
