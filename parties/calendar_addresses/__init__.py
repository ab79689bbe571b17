"""A person's own secret address for calendar programs."""
