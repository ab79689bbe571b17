"""A row for each list of the administration, for tests that open its page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from parties.models import User
from tests import factories as make


def log_entry() -> LogEntry:
    user, party = User.objects.get(email="admin@example.com"), ContentType.objects.get(model="party")
    return LogEntry.objects.create(
        user=user, content_type=party, object_id="1", object_repr="Huge", action_flag=CHANGE
    )


MAKERS: dict[str, Callable[[], Any]] = {
    "andringslogg": log_entry,
    "enheter": make.UnitFactory,
    "arenden": make.MatterFactory,
    "avsiktsforklaringar": make.DeclarationFactory,
    "avsiktsforklaringars-historik": make.DeclarationFactory,
    "overenskommelser": make.AgreementFactory,
    "aktiviteter": make.ActivityFactory,
    "aktiviteters-historik": make.ActivityFactory,
    "uppfoljningar": make.FollowUpFactory,
    "platser": make.PlaceFactory,
    "kallor": make.SourceFactory,
    "behov": make.NeedFactory,
    "behovs-historik": make.NeedFactory,
    "overenskommelsers-historik": lambda: make.AgreementFactory(slug="2027-2028"),
    "lagesbilder": lambda: make.PictureFactory(year=2019, status="adopted"),
    "lagesbilders-historik": lambda: make.PictureFactory(year=2018, status="adopted"),
    "uppfoljningsomgangar": make.RoundFactory,
    "medverkans-historik": lambda: make.ContributionFactory(
        activity=make.ActivityFactory(title="Ljus"), party=make.PartyFactory()
    ),
    "fragor": make.QuestionFactory,
    "omgangarnas-mejl": lambda: make.MailReasonFactory().mail,
    "stallforetradare": make.DeputyFactory,
    "delmals-historik": lambda: make.MilestoneFactory(due_on=date(2024, 5, 1)),
}


def lists() -> dict[str, Any]:
    """The lists by their part of the address."""
    return {rows.address: rows for rows in admin.site._registry.values()}


def first_row(address: str) -> dict[str, Any]:
    """The URL arguments of a row that administrators see in the list. Makes a row if there is none."""
    rows, by = lists()[address], User.objects.get(email="admin@example.com")
    found = rows.visible_to(by).first()
    if found is None:
        MAKERS[address]()
        found = rows.visible_to(by).first()
    return {"object_id": found.pk}
