"""What every page for writing shares: held rows, forms that notice a stale save, fields and choices."""
