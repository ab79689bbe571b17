"""What the Makefile runs: setting up, serving, checking and testing."""
