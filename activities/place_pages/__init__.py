"""A place's page: what is needed there, what is missing, what is done, and what is known about it."""
