"""The list of activities: filtered, searched and exported."""
