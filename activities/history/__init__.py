"""The history of a plan: which fields changed, when, and by whom."""
