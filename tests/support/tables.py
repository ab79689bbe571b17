"""Tables that tests write as text, for people to read."""


def rows(text: str) -> list[dict[str, str]]:
    """One dict per line of a table of single words, keyed by the words of its first line."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    return [dict(zip(head, line, strict=True)) for line in lines]
