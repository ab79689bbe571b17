"""Refuses a password that is easy to guess, also for somebody who knows the municipality and the product."""

import re
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

from parties.models import Declaration, Party, Unit, User

ENOUGH = 4  # of 4: ten thousand million guesses. Three common words, or two and a year, are fewer
LONGEST = 72  # zxcvbn takes no more characters; what is strong so far is strong
# Words that a guesser of a Swedish municipality's passwords begins with. zxcvbn knows English ones itself.
WORDS = """
samverkan samverka samverkansavtal samverkansöverenskommelse överenskommelse avsiktsförklaring medborgarlöfte
trygghet trygg brottsförebyggande arbete brå kommun kommunen kommunstyrelsen polis polisen kriminalvården brandkåren
räddningstjänsten socialtjänsten samordnare handläggare representant uppföljning aktivitet lägesbild sverige svenska
lösenord hemligt hemlig välkommen hejsan inloggning sommar höst vinter vår januari februari mars april maj juni juli
augusti september oktober november december måndag tisdag onsdag torsdag fredag lördag söndag
"""
ADVICE = "Välj till exempel fyra ord som inte hör ihop."
WHY = {
    "ours": "Lösenordet bygger på ord som hör till Samverkan, kommunen eller dig.",
    "dictionary": "Lösenordet bygger på vanliga ord eller på ett lösenord som många har.",
    "repeat": "Lösenordet upprepar samma tecken eller ord, och det gör det inte svårare.",
    "sequence": "Lösenordet är en följd av tecken, som abc eller 123.",
    "spatial": "Lösenordet följer tangenterna på tangentbordet.",
    "regex": "Lösenordet bygger på ett årtal.",
    "date": "Lösenordet bygger på ett datum.",
}
EASY = "Lösenordet är för lätt att gissa."


_one_at_a_time = Lock()  # zxcvbn keeps the words that it was given in a module's variable


class GuessableValidator:
    """For AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError with a sentence that says why, and what to do instead."""
        words = own_words(user)
        for text in (password, re.sub(r"[\W_]", "", password)):  # signs between the words are guessed too
            with _one_at_a_time:
                found = zxcvbn(text[:LONGEST], user_inputs=words)
            if found["score"] < ENOUGH:
                raise ValidationError(f"{_why(found['sequence'])} {ADVICE}", code="password_guessable")

    def get_help_text(self) -> str:
        return f"Det får inte vara lätt att gissa. {ADVICE}"


def own_words(user: User | None) -> list[str]:
    """The product's words, and those in the names of the site, the parties, the declarations and the user."""
    names = [settings.SITE_NAME, settings.SITE_URL, *Declaration.objects.values_list("title", flat=True)]
    for name, short_name, others in Party.objects.values_list("name", "short_name", "other_names"):
        names += [name, short_name, *others]
    names += Unit.objects.values_list("name", flat=True)
    if user:
        names += [user.email, user.display_name, user.title]
    return list(dict.fromkeys([*WORDS.split(), *re.findall(r"\w{3,}", " ".join(names).lower())]))


def _why(sequence: list[dict[str, Any]]) -> str:
    """The sentence about the part of the password that covers most of it."""
    longest = max(sequence, key=lambda part: len(part["token"]), default=None)
    if longest is None:
        return EASY
    is_ours = longest.get("dictionary_name") == "user_inputs"
    return WHY.get("ours" if is_ours else longest["pattern"], EASY)
