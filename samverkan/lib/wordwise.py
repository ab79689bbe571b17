"""Which words do two texts not have in common?"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 1500  # in either text: comparing longer ones would take its time
LEAST_ALIKE = 0.3  # texts that have less in common are two texts, and marks would only be in the way

_WORDS = re.compile(r"\s*\S+\s*?(?=\s|$)")


@dataclass(frozen=True)
class Piece:
    """Some words: those that both texts have, or those that `is_new` or `is_gone` in the first as seen from the second."""

    text: str
    is_new: bool = False
    is_gone: bool = False


def compared(text: str, other: str) -> list[Piece]:
    """The text in pieces, with the words of the other that it does not have. One plain piece when there is little to compare."""
    ours, others = _WORDS.findall(text), _WORDS.findall(other)
    plain = [Piece(text)] if text else []
    if not ours or not others or max(len(ours), len(others)) > MOST_WORDS:
        return plain
    keys, other_keys = [each.strip() for each in ours], [each.strip() for each in others]
    matcher = SequenceMatcher(
        None, other_keys, keys
    )  # whose rule for words that are everywhere keeps it fast
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
