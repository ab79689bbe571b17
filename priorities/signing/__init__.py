"""The signatures and attachments of an agreement."""
