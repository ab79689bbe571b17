"""A row for each list of the administration, for tests that open its page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import admin

from parties import audit
from parties.audit import Act
from parties.models import AuditEntry, Mask, User
from samverkan.lib import clock
from tests import factories as make


def audit_entry() -> AuditEntry:
    return audit.record(Act.ADDED, by=User.objects.get(email="admin@example.com"), of=make.PartyFactory())


def mask() -> Mask:
    return Mask.objects.create(
        about="activities.followup",
        key=1,
        field="needed",
        reason="Uppgift om en enskild",
        masked_at=clock.now(),
    )


MAKERS: dict[str, Callable[[], Any]] = {
    "andringslogg": audit_entry,
    "maskeringar": mask,
    "slag-av-parter": make.PartyKindFactory,
    "enheter": make.UnitFactory,
    "arenden": make.MatterFactory,
    "avsiktsforklaringar": make.DeclarationFactory,
    "arendenas-historik": make.MatterFactory,
    "beslutspunkternas-historik": make.MatterPointFactory,
    "avsiktsforklaringarnas-bilagors-historik": make.DeclarationAttachmentFactory,
    "undertecknarnas-historik": make.SignatoryFactory,
    "underskrifternas-historik": make.MembershipFactory,
    "bilagornas-historik": make.AgreementAttachmentFactory,
    "avsiktsforklaringarnas-historik": make.DeclarationFactory,
    "overenskommelser": make.AgreementFactory,
    "aktiviteter": make.ActivityFactory,
    "aktiviteternas-historik": make.ActivityFactory,
    "uppfoljningar": make.FollowUpFactory,
    "platser": make.PlaceFactory,
    "kallor": make.SourceFactory,
    "behov": make.NeedFactory,
    "behovens-historik": make.NeedFactory,
    "overenskommelsernas-historik": lambda: make.AgreementFactory(slug="2027-2028"),
    "lagesbilder": lambda: make.PictureFactory(year=2019, status="adopted"),
    "lagesbildernas-historik": lambda: make.PictureFactory(year=2018, status="adopted"),
    "uppfoljningsomgangar": make.RoundFactory,
    "medverkans-historik": lambda: make.ContributionFactory(
        activity=make.ActivityFactory(title="Ljus"), party=make.PartyFactory()
    ),
    "fragor": make.QuestionFactory,
    "omgangarnas-mejl": lambda: make.MailReasonFactory().mail,
    "stallforetradare": make.DeputyFactory,
    "delmalens-historik": lambda: make.MilestoneFactory(due_on=date(2024, 5, 1)),
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
