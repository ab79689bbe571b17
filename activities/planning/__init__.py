"""Planning an activity: its plan, and the way to both parties' agreement."""
