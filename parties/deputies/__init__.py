"""Deputies: who gets a person's reminders while they are away."""
