"""Deputies get a person's reminders while the person is away."""
