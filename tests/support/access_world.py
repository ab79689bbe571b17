"""The rows behind the access table's addresses, the people who open them, and the table itself."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import get_resolver, reverse

from parties.calendar_addresses.keys import key_of
from parties.models import CalendarAddress, User
from priorities.models import SituationalPicture
from samverkan.lib import clock
from tests.factories import (
    ActivityFactory,
    AgreementAttachmentFactory,
    AgreementFactory,
    ContributionFactory,
    DeclarationAttachmentFactory,
    FocusAreaFactory,
    FollowUpFactory,
    MailReasonFactory,
    MembershipFactory,
    MilestoneFactory,
    NeedFactory,
    PartyFactory,
    PictureAttachmentFactory,
    RoundFactory,
    UserFactory,
)
from tests.support import administered

# What stands in an address unless an object of the world says otherwise.
PARTS = {
    "agreement_slug": "2023-2024",
    "number": 999,
    "pk": 999_999,
    "record": 999_999,
    "ending": "xlsx",
    "year": 1999,
    "as_of": date(1999, 1, 1),
    "party_slug": "finns-inte",
    "place_slug": "finns-inte",
    "part": "finns-inte",
    "step": "finns-inte",
    "key": "finns-inte",
    "object_id": 999_999,
}
ROLES = ("nobody", "reader", "huge", "lone", "official", "coordinator", "admin")
TABLES = sorted((Path(__file__).parent.parent / "access").glob("*.txt"))
ROWS = [line.split() for table in TABLES for line in table.read_text(encoding="utf-8").splitlines()[1:]]


def rounds() -> dict[str, dict[str, Any]]:
    """An open, a planned and a closed round, and a mail of the open one."""
    days = {"as_of": date(2024, 3, 31), "opens_on": date(2024, 4, 1), "due_on": date(2024, 4, 12)}
    made = {
        "round": RoundFactory(),
        "planned_round": RoundFactory(planned=True),
        "closed_round": RoundFactory(label="Mars", closed_on=date(2024, 4, 26), **days),
    }
    found = {name: {"as_of": round.as_of, "party_slug": "huge"} for name, round in made.items()}
    reason = MailReasonFactory(round=made["round"])
    return found | {
        "round_mail": {"as_of": made["round"].as_of, "pk": reason.mail_id},
        "others_mail": {"as_of": made["closed_round"].as_of, "pk": reason.mail_id},
        "no_party": {"as_of": made["round"].as_of, "party_slug": "finns-inte"},
    }


def to_read(polisen) -> dict[str, dict[str, Any]]:
    """The agreement's pages: a need, an adopted and a draft lägesbild, and a file of every kind."""
    file = {"file": ContentFile(b"%PDF-1.7", name="handling.pdf")}
    membership, attachment = MembershipFactory(party=polisen), AgreementAttachmentFactory(**file)
    membership.file.save("underskrift.pdf", file["file"])
    AgreementAttachmentFactory(number=2)
    DeclarationAttachmentFactory(**file)
    for year in (2021, 2024):
        PictureAttachmentFactory(picture__year=year, **file)
    SituationalPicture.objects.filter(year=2021).update(status="adopted")
    return {
        "party": {"party_slug": polisen.slug},
        "place": {"place_slug": FocusAreaFactory().place.slug},
        "need": {"number": NeedFactory().number},
        "picture": {"year": 2021},
        "picture_draft": {"year": 2024},
        "file": {"number": 1, "year": 2021, "party_slug": polisen.slug},
        "file_of_draft": {"number": 1, "year": 2024},
        "earlier_signature": {"record": membership.past.latest("history_id").pk},
        "earlier_attachment": {"record": attachment.past.latest("history_id").pk},
        "no_file": {"number": 2, "party_slug": "huge"},
        "step": {"part": "omraden"},
        "first_step": {"step": "omgangar"},
        "declaration_step": {"part": "punkter"},
        "draft": {"agreement_slug": AgreementFactory(next_period=True, draft=True).slug, "part": "omraden"},
    }


def one_of_each_role() -> dict[str, User | None]:
    """Stores one person of each role, by the table's name for the role."""
    kommunen, huge = PartyFactory(kommunen=True), PartyFactory(huge=True)
    return {
        "nobody": None,
        "reader": UserFactory(party=kommunen, email="ledamot@example.com"),
        "huge": UserFactory(representative=True, party=huge, email="huge@example.com"),
        "lone": UserFactory(representative=True, party=None, email="utan-part@example.com"),
        "official": UserFactory(official=True, party=kommunen, email="handlaggare@example.com"),
        "coordinator": UserFactory(coordinator=True, party=kommunen, email="samordnare@example.com"),
        "admin": UserFactory(administrator=True, party=kommunen, email="admin@example.com"),
    }


def session_keys(people: dict[str, User | None]) -> dict[str, str]:
    """Signs each of them in; the session key of each role. `nobody` has none."""
    keys = {}
    for role, user in people.items():
        client = Client()
        if user:
            client.force_login(user)
            keys[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return keys


def everything(people: dict[str, Any]) -> dict[str, Any]:
    """Stores Huge's activities and others' in every stage; Polisen's have Kommunen, and one Huge, as contributor."""
    huge, polisen = people["huge"].party, PartyFactory(polisen=True)
    polis_rep = UserFactory(representative=True, party=polisen, email="polisen@example.com")
    AgreementFactory(parties=[people["reader"].party, huge, polisen])
    made = {
        "own": ActivityFactory(title="Huges beslutade"),
        "other": ActivityFactory(title="Polisens beslutade", lead=polisen),
        "own_draft": ActivityFactory(title="Huges utkast", draft=True),
        "other_draft": ActivityFactory(title="Polisens utkast", lead=polisen, draft=True),
        "contributed_draft": ActivityFactory(title="Med Huge", lead=polisen, draft=True, contributors=[huge]),
        "own_proposal": ActivityFactory(title="Huges förslag", proposed=True),
        "other_proposal": ActivityFactory(title="Polisens förslag", lead=polisen, proposed=True),
        "own_internal": ActivityFactory(title="Huges interna", internal=True),
        "other_internal": ActivityFactory(title="Polisens interna", lead=polisen, internal=True),
    }
    for of, author in (("own", people["huge"]), ("other", polis_rep), ("other_internal", polis_rep)):
        FollowUpFactory(activity=made[of], author=author, saved_at=clock.now(), round=RoundFactory())
    address = CalendarAddress.objects.create(user=people["reader"], made_at=clock.now())
    own = {"calendar": {"key": key_of(address)}}
    own |= {"person": {"pk": people["huge"].pk}, "no_person": {"pk": people["official"].pk}}
    return made | to_read(polisen) | parts_of(made, polisen) | rounds() | own


def parts_of(made: dict[str, Any], polisen) -> dict[str, dict[str, Any]]:
    """The milestones and contributions of the activities."""
    ContributionFactory(activity=made["own"], party=polisen)
    own, other = (MilestoneFactory(activity=made[of]) for of in ("own", "other"))
    return {
        "milestone": {"number": made["own"].number, "pk": own.pk},
        "others_milestone": {"number": made["other"].number, "pk": other.pk},
        "wrong_milestone": {"number": made["own"].number, "pk": other.pk},
        "huges_part": {"number": made["contributed_draft"].number, "party_slug": "huge"},
        "polisens_part": {"number": made["own"].number, "party_slug": polisen.slug},
        "no_part": {"number": made["own"].number, "party_slug": "huge"},
        "own_form": {"pk": made["own"].pk},
        "others_form": {"pk": made["other"].pk},
        "own_drafts_form": {"pk": made["own_draft"].pk},
        "internal_form": {"pk": made["other_internal"].pk},
    }


def address_of(name: str, of: str, world: dict[str, Any]) -> str:
    """The address of an object. An `unknown` one lies in the real agreement, if the address has more than the agreement."""
    if name == "account_reset_password_from_key":
        return reverse(name, kwargs={"uidb36": "1", "key": "set-password"})
    known = PARTS | (world[of] if isinstance(world.get(of), dict) else {})
    if of in world and not isinstance(world[of], dict):
        follow_up = world[of].follow_ups.first()
        known |= {
            "number": world[of].number,
            "pk": follow_up.pk if follow_up else 999_999,
            "object_id": world[of].pk,
        }
    elif of in administered.lists():
        known |= administered.first_row(of)
    wanted = parameters(name)
    if of == "unknown" and wanted <= {"agreement_slug", "ending"}:
        known["agreement_slug"] = "1999-2000"
    address = reverse(name, kwargs={part: known[part] for part in wanted})
    return f"{address}?per=2024-08-31" if name in {"report_preview", "report_pdf"} else address


def parameters(name: str) -> set[str]:
    """The names of the address's parameters."""
    *spaces, last = name.split(":")
    resolver = get_resolver()
    for space in spaces:
        _, resolver = resolver.namespace_dict[space]
    found = resolver.reverse_dict.getlist(last)
    return set(found[0][0][0][1])


def visitor(key: str | None) -> Client:
    client = Client()
    if key:
        client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client
