"""Signatures and attachments of an agreement."""
