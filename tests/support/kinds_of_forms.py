"""A form of each kind that adds something: who opens it where, what is typed, and which rows it adds to."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse

from activities.models import FollowUp, Milestone, Question, Round
from parties.models import Deputy, MatterPoint, Party, PartyKind, Unit, User
from priorities.models import AgreementAttachment, Need, Place, PriorityArea, SituationalPicture, Source
from tests import factories as make

ADMINISTRATION = "/administration"


class Kind(NamedTuple):
    who: str
    address: str
    model: type[Model]
    typed: Callable[[], dict[str, Any]]


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("bilaga.pdf", b"%PDF-1.7\nText\n%%EOF\n", content_type="application/pdf")


def person(email: str) -> dict[str, Any]:
    return {"email": email, "display_name": "Kommunpolis norr", "role": "reader"}


def key(model: type[Model], **values: Any) -> int:
    return model._default_manager.get(**values).pk


KINDS = {
    "a need": Kind(
        "coordinator",
        "/2023-2024/behov/ny/",
        Need,
        lambda: {"problem": "Många undviker torget.", "priority_area": key(PriorityArea, slug="andts")},
    ),
    "an invitation": Kind(
        "coordinator", "/2023-2024/parter/polisen/bjud-in/", User, lambda: person("ny@example.com")
    ),
    "a deputy": Kind(
        "representative",
        "/konto/stallforetradare/",
        Deputy,
        lambda: {
            "deputy": key(User, email="huge-2@example.com"),
            "from_on": "2024-10-07",
            "to_on": "2024-10-18",
        },
    ),
    "a lägesbild": Kind(
        "coordinator",
        "/lagesbilder/ny/",
        SituationalPicture,
        lambda: {"year": "2024", "title": "Lägesbild 2024", "attachment_title": "Bilaga", "file": pdf()},
    ),
    "an attachment": Kind(
        "coordinator",
        "/2023-2024/underskrifter/?bilaga=ny",
        AgreementAttachment,
        lambda: {"number": "3", "title": "Handlingsplan", "file": pdf()},
    ),
    "an agreement's areas": Kind(
        "coordinator",
        "/2025-2026/redigera/omraden/",
        PriorityArea,
        lambda: {"n1-name": "Våld i nära relation", "n1-short_name": "Våld"},
    ),
    "a declaration's points": Kind(
        "coordinator",
        "/2023-2024/avsiktsforklaring/redigera/punkter/",
        MatterPoint,
        lambda: {"n1-text": "Ett uppdrag ges.", "n1-assignee": "Kommundirektören"},
    ),
    "a question": Kind("coordinator", "ask_about", Question, lambda: {"text": "Hur många lyktor?"}),
    "milestones": Kind(
        "coordinator",
        "/2023-2024/aktiviteter/1/delmal/",
        Milestone,
        lambda: {"ny1-titel": "Utvärdering", "ny1-dag": "1/12 2024"},
    ),
    "a round": Kind(
        "coordinator",
        "/2023-2024/omgangar/ny/",
        Round,
        lambda: {
            "label": "Oktober",
            "as_of": "2024-10-31",
            "opens_on": "2024-11-01",
            "due_on": "2024-11-15",
        },
    ),
    "a party": Kind(
        "administrator",
        f"{ADMINISTRATION}/parter/ny/",
        Party,
        lambda: {
            "name": "Statens institutionsstyrelse",
            "short_name": "Sis",
            "kind": make.PartyKindFactory().pk,
        },
    ),
    "a kind of parties": Kind(
        "administrator", f"{ADMINISTRATION}/slag-av-parter/ny/", PartyKind, lambda: {"name": "Stiftelse"}
    ),
    "an account": Kind(
        "administrator", f"{ADMINISTRATION}/konton/ny/", User, lambda: person("ledamot@example.com")
    ),
    "a unit": Kind(
        "administrator",
        f"{ADMINISTRATION}/enheter/ny/",
        Unit,
        lambda: {"party": key(Party, slug="huge"), "name": "Uthyrning"},
    ),
    "a place": Kind("administrator", f"{ADMINISTRATION}/platser/ny/", Place, lambda: {"name": "Skogås"}),
    "a source": Kind(
        "administrator",
        f"{ADMINISTRATION}/kallor/ny/",
        Source,
        lambda: {"name": "Trygghetsvandringar", "publisher": "Parterna", "kind": "observation"},
    ),
}


def address_of(kind: Kind) -> str:
    return kind.address if "/" in kind.address else reverse(kind.address, args=[FollowUp.objects.get().pk])


def stored() -> dict[str, User]:
    """What the forms are about. Returns the people by what they are called in `KINDS`."""
    kommunen, huge = make.PartyFactory(kommunen=True), make.PartyFactory(huge=True)
    parties = [kommunen, huge, make.PartyFactory(polisen=True)]
    agreement = make.AgreementFactory(parties=parties)
    make.PriorityAreaFactory(agreement=agreement, slug="andts")
    draft = make.AgreementFactory(next_period=True, draft=True, parties=parties)
    make.PriorityAreaFactory(agreement=draft, slug="offentlig-miljo")
    colleague = {"email": "huge-2@example.com", "display_name": "Fastighetschef"}
    make.UserFactory(representative=True, party=huge, **colleague)
    representative = make.UserFactory(representative=True, party=huge, email="huge@example.com")
    activity = make.ActivityFactory(reporters=[representative], ends_on=date(2024, 12, 31))
    make.ContributionFactory(activity=activity, party=parties[2])
    make.FollowUpFactory(activity=activity, round=make.RoundFactory(), author=representative)
    return {
        "representative": representative,
        "coordinator": make.UserFactory(coordinator=True, email="samordnare@example.com"),
        "administrator": make.UserFactory(administrator=True, email="admin@example.com"),
    }
