"""The parties and their units."""
