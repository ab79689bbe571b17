"""Planning an activity: its plan, and the preparation from draft to agreed."""
