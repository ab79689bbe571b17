"""Masks a text that must not be there: MASKED takes its place for good, also where the database refuses every other change."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model

from parties import audit
from parties.audit import Act
from parties.models import Mask, User
from parties.policies import can_mask
from samverkan.lib.access import require
from samverkan.lib.checking import checked
from samverkan.lib.locks import maskable_texts
from samverkan.lib.matching import KEY, for_matching
from samverkan.lib.texts import MASKED


@transaction.atomic
def mask_text(
    *, by: User, at: datetime, row: Model, field: str, reason: str, also: Iterable[Model] = ()
) -> int:
    """Masks the row's text, and the same one word for word in the rows of `also`. Returns in how many rows it stood.

    What the log of changes, a mail or an answer that is not saved yet has of the text stays there. Raises ValidationError
    for a field that holds no text to mask.
    """
    require(can_mask(by))
    text = getattr(row, field, "")
    if field not in {each.name for each in maskable_texts(type(row))} or text in {"", MASKED}:
        raise ValidationError("Texten är redan maskerad eller borttagen.", code="gone")
    # The row itself before its history: some locks ask whether what goes is still kept there.
    rows = {(type(each), each.pk): each for each in (*also, row) if getattr(each, field) == text}
    for each in rows.values():
        _mask(each, field, reason, by=by, at=at)
    name = row._meta.get_field(field).verbose_name  # type: ignore[union-attr] # a text of ours
    counts = [("skäl", "", reason), ("rader", "", str(len(rows)))]
    audit.record(
        Act.MASKED,
        by=by,
        of=row,
        label=f"{row._meta.verbose_name} {row.pk}: {name}",
        changes=counts,
    )
    return len(rows)


def _mask(row: Model, field: str, reason: str, *, by: User, at: datetime) -> None:
    """The lock of the row asks for the mask, which therefore comes first."""
    about: dict[str, Any] = {"about": row._meta.label_lower, "key": row.pk, "field": field}
    if not Mask.objects.filter(**about).exists():
        checked(Mask(**about, reason=reason, masked_by=by, masked_at=at))
    change: dict[str, Any] = {field: MASKED}
    names = {each.name for each in row._meta.concrete_fields}
    if field + KEY in names:
        change[field + KEY] = f"{for_matching(MASKED)} {row.pk}"  # what the text was compared by holds it too
    if "version" in names:
        change["version"] = F("version") + 1  # a form that is open with the text may not bring it back
    type(row)._default_manager.filter(pk=row.pk).update(**change)
    setattr(row, field, MASKED)
