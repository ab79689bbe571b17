"""*Mitt arbete*: what waits for a user and their party."""
