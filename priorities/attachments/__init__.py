"""Serves uploaded files to those who may see the page that links to them."""
