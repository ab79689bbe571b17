"""The parties, their kinds and their units."""
