"""Places and sources: the lists that agreements and lägesbilder choose from."""
