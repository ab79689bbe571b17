"""Which words are only in one of two texts?"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 1500  # in either text; longer ones take too long to compare
LEAST_ALIKE = 0.3  # ratio; marks in less similar texts would only confuse

_WORDS = re.compile(r"\s*\S+\s*?(?=\s|$)")


@dataclass(frozen=True)
class Piece:
    """Some words: in both texts, only in the first (`is_new`), or only in the second (`is_gone`)."""

    text: str
    is_new: bool = False
    is_gone: bool = False


def compared(text: str, other: str) -> list[Piece]:
    """The first text in pieces, with the words that only the second has. One plain piece when they differ too much."""
    ours, others = _WORDS.findall(text), _WORDS.findall(other)
    plain = [Piece(text)] if text else []
    if not ours or not others or max(len(ours), len(others)) > MOST_WORDS:
        return plain
    keys, other_keys = [each.strip() for each in ours], [each.strip() for each in others]
    matcher = SequenceMatcher(None, other_keys, keys)  # its rule for very common words keeps it fast
    if matcher.ratio() < LEAST_ALIKE:
        return plain
    pieces: list[Piece] = []
    for _, from_, to, first, last in matcher.get_opcodes():
        gone, here = "".join(others[from_:to]), "".join(ours[first:last])
        if other_keys[from_:to] == keys[first:last]:
            pieces.append(Piece(here))
            continue
        if gone:
            pieces += [Piece(" "), Piece(gone.strip(), is_gone=True), Piece(" ")]
        if here:
            begins = len(here) - len(here.lstrip())
            pieces += [Piece(here[:begins] or " "), Piece(here[begins:], is_new=True)]
    return pieces if pieces[0].text.strip() else pieces[1:]
