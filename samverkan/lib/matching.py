"""When are two texts the same to a person? Searching, comparing and the promise of a name of its own all ask here.

The database searches through `Matched` of `samverkan.lib.db`, which does the same in SQL.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db import models

from samverkan.lib.texts import BLANKS

# Every dash is a hyphen, every quotation mark one of two. The minus sign and the non-breaking hyphen are dashes too.
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u207b\u208b\ufe31\ufe32\ufe58\ufe63\uff0d"
DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2034\u2057"
SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u00b4\u1fef\uff40`"
# What NFKC leaves of spaces and line breaks, and what nobody sees.
SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029" + "".join(sorted(BLANKS))
UNSEEN = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"

SAME = {
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(DOUBLE_QUOTES, '"'),
    **dict.fromkeys(SINGLE_QUOTES, "'"),
    **dict.fromkeys(SPACES, " "),
    **dict.fromkeys(UNSEEN, ""),
}
_TABLE = str.maketrans(SAME)
# What neither the table nor NFKC changes: most texts, at a tenth of the time.
_PLAIN = re.compile(
    "[\\s -_a-~\xa1-\xa7\xa9\xac\xae\xb0\xb1\xb6\xb7\xbf-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e]*",
    re.ASCII,
)

KEY = "_key"  # a field named after another with this at its end holds what the other is compared by


def for_matching(text: str) -> str:
    """The text in lower case with composed letters, plain hyphens and quotation marks, single spaces and no soft hyphens.

    Compatible characters are one, as a ligature in a text from a PDF and its letters (NFKC).
    """
    if not _PLAIN.fullmatch(text):
        text = unicodedata.normalize("NFKC", text.translate(_TABLE))
    return " ".join(text.split()).lower()


def match(one: str, other: str) -> bool:
    return for_matching(one) == for_matching(other)


class KeyField(models.TextField):
    """What the text of another field is compared by: `name_key` goes with `name`. Written whenever the row is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = for_matching(getattr(model_instance, self.attname.removesuffix(KEY)))
        setattr(model_instance, self.attname, key)
        return key


class UniqueText(models.UniqueConstraint):
    """No two rows have texts that match, among those with the same values of the other fields. Its last field is a KeyField.

    The error is the text's own, also for a form.
    """

    def deconstruct(self) -> Any:
        _, args, kwargs = super().deconstruct()
        return "django.db.models.UniqueConstraint", args, kwargs

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Iterable[str] | None = None,
        using: str = "default",
    ) -> None:
        key = self.fields[-1]
        text, left_out = key.removesuffix(KEY), set(exclude or ())
        if text in left_out:
            return
        setattr(instance, key, for_matching(getattr(instance, text)))
        try:
            super().validate(model, instance, left_out - {key}, using)
        except ValidationError as taken:
            raise ValidationError({text: taken}) from taken


def unique_text(field: str, *, within: tuple[str, ...] = (), name: str, sentence: str) -> UniqueText:
    """The constraint for a text, with the sentence for whoever writes one that is taken."""
    return UniqueText(
        fields=[*within, field + KEY], name=name, violation_error_code=field, violation_error_message=sentence
    )


def write_keys(model: Any, field: str, *, within: tuple[str, ...] = ()) -> None:
    """For a migration: composes the text of every row and writes its key. Raises CommandError that names two that match."""
    seen: dict[tuple[Any, ...], str] = {}
    for row in model._default_manager.order_by("pk"):
        text = getattr(row, field)
        key = for_matching(text)
        place = (*(getattr(row, f"{name}_id") for name in within), key)
        if place in seen:
            raise CommandError(
                f"”{seen[place]}” och ”{text}” ({model._meta.verbose_name}) är samma namn skrivet på två sätt. "
                "Byt namn på den ena i den version som du har, och uppgradera sedan."
            )
        seen[place] = text
        composed = unicodedata.normalize("NFC", text)
        model._default_manager.filter(pk=row.pk).update(**{field: composed, field + KEY: key})
