"""Follow-ups: recorded, corrected, undone and asked about; what is typed and not saved."""
