"""Writes and adopts a lägesbild."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from parties import audit
from parties.audit import Act
from parties.models import Party, User
from priorities import policies
from priorities.editing.stale import held, locked, recorded
from priorities.models import SituationalPicture, SituationalPictureAttachment, SourceUse
from priorities.places.actions.add import get_or_add_source
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.checking import checked
from samverkan.lib.dates import in_words

ADOPTED = "Lägesbilden är fastställd och ändras inte mer."
PARTS = {
    "mapping": "Skriv lägesbildens kartläggning.",
    "other_information": "Skriv annan information, eller att ingen finns.",
    "analysis": "Skriv lägesbildens analys.",
}
UseFields = dict[str, Any]


@transaction.atomic
def draft_picture(
    *,
    by: User | None,
    at: datetime | None = None,
    uses: Iterable[UseFields] = (),
    attachments: Iterable[dict[str, Any]] = (),
    participants: Iterable[Party] = (),
    **fields: Any,
) -> SituationalPicture:
    """Adds a draft lägesbild and its uses of sources. A `source` given as fields is a new one."""
    require(policies.can_keep_agreements(by))
    _refuse_taken_year(fields["year"])
    picture: SituationalPicture = checked(recorded(SituationalPicture(**fields), by=by, at=at))
    picture.participants.set(participants)
    _write_uses(picture, uses, by)
    for attachment in attachments:
        checked(SituationalPictureAttachment(picture=picture, **attachment))
    audit.record(Act.ADDED, by=by, of=picture)
    return picture


@transaction.atomic
def edit_picture(
    *,
    by: User | None,
    at: datetime,
    picture: SituationalPicture,
    seen: int | None,
    uses: Iterable[UseFields],
    participants: Iterable[Party],
    attachments: Iterable[dict[str, Any]] = (),
    **fields: Any,
) -> SituationalPicture:
    """Changes a draft and removes all uses but these. Raises ValidationError once it is adopted."""
    require(policies.can_keep_agreements(by))
    _refuse_adopted(locked(picture))
    picture = held(picture, seen=seen, by=by, at=at)
    _refuse_taken_year(fields.get("year", picture.year), own=picture)
    for name, value in fields.items():
        setattr(picture, name, value)
    checked(picture)
    picture.participants.set(participants)
    _write_uses(picture, uses, by)
    for attachment in attachments:
        _attach(picture, **attachment)
    return picture


@transaction.atomic
def adopt_picture(
    *,
    by: User | None,
    picture: SituationalPicture,
    at: datetime | None = None,
    seen: int | None = None,
    adopted_on: date | None = None,
    **texts: str,
) -> None:
    """Writes the last texts and locks the lägesbild for good, with its sources and places as they are called now.

    `adopted_on` is the day on which it was adopted, which can be earlier than the day of writing; None when an older
    document does not tell it. Raises ValidationError with a message for each empty part that the law requires, and for a
    day that has not been yet or when a source had not been fetched.
    """
    require(policies.can_keep_agreements(by))
    _refuse_adopted(locked(picture))
    stored = held(picture, seen=seen, by=by, at=at)
    for name, text in texts.items():
        setattr(stored, name, text)
    if missing := missing_parts(stored):
        raise ValidationError(missing, code="missing")
    uses = list(stored.uses.select_related("source").prefetch_related("places"))
    if adopted_on:
        _refuse_day(adopted_on, uses, clock.local(at).date() if at else adopted_on)
    for use in uses:
        use.names_then = use.names_now
        checked(use)
    old = audit.before(stored)
    stored.status = SituationalPicture.Status.ADOPTED
    stored.adopted_on = adopted_on
    audit.record_change(checked(stored), old, by=by, act=Act.ADOPTED)


def missing_parts(picture: SituationalPicture) -> list[str]:
    """A message for each empty part that the law requires."""
    return [sentence for name, sentence in PARTS.items() if not getattr(picture, name)]


def _refuse_day(day: date, uses: Iterable[SourceUse], today: date) -> None:
    if day > today:
        raise ValidationError({"adopted_on": "Dagen har inte varit än."})
    later = [(use.retrieved_on, str(use)) for use in uses if use.retrieved_on and use.retrieved_on > day]
    if later:
        fetched_on, source = max(later)
        sentence = (
            f"Källan {source} är hämtad {in_words(fetched_on)}. Lägesbilden kan inte ha fastställts före det."
        )
        raise ValidationError({"adopted_on": sentence})


def _refuse_adopted(picture: SituationalPicture) -> None:
    if picture.is_adopted:
        raise ValidationError(ADOPTED, code="adopted")


def _refuse_taken_year(year: int, own: SituationalPicture | None = None) -> None:
    if SituationalPicture.objects.filter(year=year).exclude(pk=own.pk if own else 0).exists():
        raise ValidationError({"year": f"Det finns redan en lägesbild för {year}."})


def _write_uses(picture: SituationalPicture, uses: Iterable[UseFields], by: User | None) -> None:
    """Writes these uses and removes all others."""
    left = {use.source_id: use for use in picture.uses.all()}
    for use_fields in uses:
        fields = {**use_fields}
        source, places = get_or_add_source(fields.pop("source"), by=by), fields.pop("places", ())
        use = left.pop(source.pk, None) or SourceUse(picture=picture, source=source)
        for name, value in fields.items():
            setattr(use, name, value)
        checked(use)
        use.places.set(places)
    for use in left.values():
        use.delete()


def _attach(picture: SituationalPicture, number: int, title: str, file: File[Any] | None = None) -> None:
    if picture.attachments.filter(number=number).exists():
        raise ValidationError({"number": f"Bilaga {number} finns redan."})
    if file:
        file.name = f"lagesbild-{picture.year}-bilaga-{number}.pdf"
    checked(SituationalPictureAttachment(picture=picture, number=number, title=title, file=file or ""))
