"""One activity's own page."""
