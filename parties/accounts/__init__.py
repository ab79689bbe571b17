"""Adds, invites, changes and closes accounts."""
