"""Needs: written down, changed and removed."""
