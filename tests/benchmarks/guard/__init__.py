"""What the guard finds, misses and takes for something else, in many texts; nothing of it is measured in time."""
