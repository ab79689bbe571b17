"""Two people edit the same row: what the editor saw, what is saved now and what was typed are set side by side."""
