"""Follow-ups: recording, correcting and undoing them, questions about them, and unsaved answers."""
