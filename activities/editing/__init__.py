"""Editing an activity: what the editor saw, who has saved since, and why a plan is closed."""
