"""Places and sources of knowledge, the lists that agreements and pictures choose from."""
