"""*Mitt arbete*: what waits for a person."""
