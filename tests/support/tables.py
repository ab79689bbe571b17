"""Tables that are read by people first."""


def rows(text: str) -> list[dict[str, str]]:
    """A table of single words: one dict per row, keyed by the first line's words."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    return [dict(zip(head, line, strict=True)) for line in lines]
