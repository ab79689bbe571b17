"""Registers matters and declarations of intent."""
