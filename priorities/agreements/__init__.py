"""An agreement's page, and the steps that take a draft to adoption."""
