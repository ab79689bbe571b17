"""Accounts: added, invited, changed and closed."""
