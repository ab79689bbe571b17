"""Uploaded files, served to those who may see the page that shows them."""
