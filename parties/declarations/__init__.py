"""Registers a declaration and its matter in one go, from a file of facts."""
