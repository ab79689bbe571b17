"""The one editing mechanism of activities: what the editor saw, and what has changed since."""
