"""Milestones: planning and ticking them."""
