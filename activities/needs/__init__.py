"""Needs with the activities that answer them."""
