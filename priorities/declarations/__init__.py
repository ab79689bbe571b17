"""A declaration of intent and its matter: its page, and the steps for writing it."""
