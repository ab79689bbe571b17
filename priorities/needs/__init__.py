"""Adds, changes and removes needs."""
