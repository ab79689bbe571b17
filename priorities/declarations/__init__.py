"""A declaration of intent and the matter behind it: its page, and the steps in which it is written."""
