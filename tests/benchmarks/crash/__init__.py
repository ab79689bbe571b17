"""Kills the server and the database while people write, and looks for what is lost or half made."""
