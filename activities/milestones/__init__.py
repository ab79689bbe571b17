"""Milestones: set and reached."""
