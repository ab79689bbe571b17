"""The log of changes with a million entries: checking it, a filtered page of it, and what an entry costs."""
