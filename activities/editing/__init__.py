"""Activities that are changed: what the editor saw, who has saved since, and why a plan is closed."""
