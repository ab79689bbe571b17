"""An agreement: its page, and the steps that lead a draft to adoption."""
