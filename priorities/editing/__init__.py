"""What all pages for writing share: locked rows, forms that notice a stale save, fields and choices."""
