"""What the Makefile runs: set-up, server, checks, tests and benchmarks."""
