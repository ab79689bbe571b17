"""What the log of changes says of each act: who, in which role, about what, and from which value to which."""

from datetime import date

import pytest

from activities.reading import record_reading
from parties import audit
from parties.accounts.actions import add_user, change_user, invite_user, resend_invitation
from parties.audit import Act
from parties.audit.hashing import digest_of_entry
from parties.calendar_addresses.actions import (
    make_calendar_address,
    renew_calendar_address,
    revoke_calendar_address,
)
from parties.declarations.actions import register_declaration, register_matter
from parties.deputies.actions import name_deputy, remove_deputy
from parties.directory.actions import (
    add_party,
    add_unit,
    change_party,
    change_unit,
)
from parties.models import AuditEntry, Deputy
from parties.roles import Role
from priorities.agreements.actions import adopt_agreement, draft_agreement
from priorities.declarations.actions import Signature, write_signatories
from priorities.pictures.actions import adopt_picture, draft_picture
from priorities.places.actions import add_place, add_source, change_place, change_source
from priorities.signing.actions import sign_agreement
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    DeclarationFactory,
    DeputyFactory,
    PictureFactory,
    PlaceFactory,
    PriorityAreaFactory,
    SignatoryFactory,
    SourceFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
POLISEN = "Polismyndigheten, polisområde Stockholm syd"
DAYS = {"valid_from": date(2023, 1, 1), "valid_to": date(2026, 12, 31)}


def new_account(cast, now):
    add_user(by=cast["admin"], email="ny@example.com", display_name="Ny", role=Role.READER)


def two_administrators_by_file(cast, now):
    change_user(by=cast["admin"], user=cast["lasare"], role=Role.ADMINISTRATOR)


def moved(cast, now):
    change_user(
        by=cast["admin"], user=cast["huge_rep"], email="x@annan.example", display_name="Annan", party=cast["polisen"]
    )  # fmt: skip


def closed(cast, now):
    change_user(by=cast["admin"], user=cast["lasare"], is_active=False)


def invited(cast, now):
    fields = {"email": "ny@example.com", "display_name": "Ny", "role": Role.REPRESENTATIVE}
    invite_user(by=cast["samordnare"], at=now, party=cast["huge"], **fields)


def invited_again(cast, now):
    resend_invitation(by=cast["samordnare"], user=cast["uninvited"], at=now)


def deputy_named(cast, now):
    colleague = UserFactory(representative=True, party=cast["huge"])
    days = {"from_on": date(2024, 10, 1), "to_on": date(2024, 10, 9), "today": date(2024, 9, 30)}
    name_deputy(by=cast["huge_rep"], person=cast["huge_rep"], deputy=colleague, **days)


def deputy_removed(cast, now):
    remove_deputy(by=cast["huge_rep"], deputy=DeputyFactory(person=cast["huge_rep"]))


def adopted_agreement(cast, now):
    draft = AgreementFactory(next_period=True, draft=True, parties=[cast["huge"], cast["polisen"]])
    PriorityAreaFactory(agreement=draft)
    adopt_agreement(by=cast["samordnare"], agreement=draft, at=now)


def adopted_picture(cast, now):
    picture = PictureFactory(year=2024, mapping="A", other_information="B", analysis="C")
    adopt_picture(by=cast["samordnare"], picture=picture, at=now, adopted_on=now.date())


def signed(cast, now):
    sign_agreement(
        by=cast["samordnare"], at=now, agreement=cast["agreement"], seen=None, party=cast["huge"],
        signed_on=date(2024, 9, 1),
    )  # fmt: skip


def signed_declaration(cast, now):
    declaration = DeclarationFactory()
    SignatoryFactory(declaration=declaration, party=cast["huge"], signed_on=None)
    signature = Signature(cast["huge"], date(2024, 9, 1), "VD", "", "")
    write_signatories(
        by=cast["samordnare"], at=now, declaration=declaration, seen=None, signatures=[signature]
    )


def calendar_renewed(cast, now):
    make_calendar_address(by=cast["huge_rep"], at=now)
    renew_calendar_address(by=cast["huge_rep"], at=now)


def calendar_revoked(cast, now):
    make_calendar_address(by=cast["huge_rep"], at=now)
    revoke_calendar_address(by=cast["huge_rep"], at=now)


# What is done, who does it, and what the newest entry says: act, kind of row, what it was called, and one of the changes.
TABLE = {
    "an account added": (new_account, "admin", Act.ADDED, "parties.user", "Konto", ("roll", "", "Läsare")),
    "a role given": (
        two_administrators_by_file, "admin", Act.ROLE_CHANGED, "parties.user", "Konto",
        ("roll", "Läsare", "Systemadministratör"),
    ),
    "another party": (moved, "admin", Act.CHANGED, "parties.user", "Konto", ("part", "Huge Bostäder AB", POLISEN)),
    "another address": (
        moved, "admin", Act.CHANGED, "parties.user", "Konto", ("e-postadress", "h…@example.com", "x…@annan.example")
    ),
    "another name": (moved, "admin", Act.CHANGED, "parties.user", "Konto", ("namn", "…", "…")),
    "an account closed": (closed, "admin", Act.CLOSED, "parties.user", "Konto", ("aktivt", "Ja", "Nej")),
    "an invitation": (invited, "samordnare", Act.INVITED, "parties.user", "Konto", None),
    "an invitation again": (invited_again, "samordnare", Act.INVITED, "parties.user", "Konto", None),
    "a deputy": (deputy_named, "huge_rep", Act.ADDED, "parties.deputy", "Konto", ("från", "", "1 oktober 2024")),
    "a deputy removed": (deputy_removed, "huge_rep", Act.REMOVED, "parties.deputy", "Konto", None),
    "a party": (
        lambda cast, now: add_party(
            by=cast["admin"], name="Ny part", short_name="Ny", slug="ny", kind=cast["kommunen"].kind
        ),
        "admin", Act.ADDED, "parties.party", "Ny part", ("slag", "", "Kommun"),
    ),
    "a party changed": (
        lambda cast, now: change_party(by=cast["admin"], party=cast["polisen"], since_year=2016),
        "admin", Act.CHANGED, "parties.party", POLISEN, ("part sedan", "", "2016"),
    ),
    "a unit": (
        lambda cast, now: add_unit(by=cast["admin"], party=cast["huge"], name="Kansliet"),
        "admin", Act.ADDED, "parties.unit", "Kansliet", ("part", "", "Huge Bostäder AB"),
    ),
    "a unit changed": (
        lambda cast, now: change_unit(by=cast["admin"], unit=UnitFactory(name="Kansliet"), name="Staben"),
        "admin", Act.CHANGED, "parties.unit", "Staben", ("namn", "Kansliet", "Staben"),
    ),
    "a place": (
        lambda cast, now: add_place(by=cast["samordnare"], name="Vårby"),
        "samordnare", Act.ADDED, "priorities.place", "Vårby", ("namn", "", "Vårby"),
    ),
    "a place changed": (
        lambda cast, now: change_place(by=cast["samordnare"], place=PlaceFactory(name="Vårby"), name="Vårby gård"),
        "samordnare", Act.CHANGED, "priorities.place", "Vårby gård", ("namn", "Vårby", "Vårby gård"),
    ),
    "a source": (
        lambda cast, now: add_source(by=cast["samordnare"], name="Enkäten", kind="survey"),
        "samordnare", Act.ADDED, "priorities.source", "Enkäten", ("namn", "", "Enkäten"),
    ),
    "a source changed": (
        lambda cast, now: change_source(by=cast["samordnare"], source=SourceFactory(name="Enkät"), name="Enkäten"),
        "samordnare", Act.CHANGED, "priorities.source", "Enkäten", ("namn", "Enkät", "Enkäten"),
    ),
    "a declaration": (
        lambda cast, now: register_declaration(by=cast["samordnare"], title="Avsikt", **DAYS),
        "samordnare", Act.ADDED, "parties.declaration", "Avsikt", None,
    ),
    "a matter": (
        lambda cast, now: register_matter(
            by=cast["samordnare"], case_number="KS 2024:1", title="Ärendet", committee="KS"
        ),
        "samordnare", Act.ADDED, "parties.matter", "KS 2024:1 Ärendet", None,
    ),
    "a declaration signed": (
        signed_declaration, "samordnare", Act.SIGNED, "parties.signatory", "Avsiktsförklaring", None
    ),
    "an agreement drafted": (
        lambda cast, now: draft_agreement(
            by=cast["samordnare"], at=now, parties=[], places=[], priority_areas=[], slug="2029-2030", title="Nästa",
            starts_on=date(2024, 1, 1), ends_on=date(2025, 1, 1), declaration=DeclarationFactory(),
        ),
        "samordnare", Act.ADDED, "priorities.agreement", "Nästa", None,
    ),
    "an agreement adopted": (
        adopted_agreement, "samordnare", Act.ADOPTED, "priorities.agreement", "", ("status", "Utkast", "Fastställd"),
    ),
    "an agreement signed": (
        signed, "samordnare", Act.SIGNED, "priorities.agreementparty", "Samverkansöverenskommelse 2023–2024: Huge",
        ("undertecknad", "", "1 september 2024"),
    ),
    "a lägesbild drafted": (
        lambda cast, now: draft_picture(by=cast["samordnare"], at=now, year=2020, title="Lägesbild 2020"),
        "samordnare", Act.ADDED, "priorities.situationalpicture", "", None,
    ),
    "a lägesbild adopted": (
        adopted_picture, "samordnare", Act.ADOPTED, "priorities.situationalpicture", "",
        ("fastställd", "", "30 september 2024"),
    ),
    "an internal activity read": (
        lambda cast, now: record_reading(ActivityFactory(internal=True, title="Internt"), by=cast["handlaggare"]),
        "handlaggare", Act.READ_INTERNAL, "activities.activity", "Internt", None,
    ),
    "a calendar": (
        lambda cast, now: make_calendar_address(by=cast["huge_rep"], at=now),
        "huge_rep", Act.ADDED, "parties.calendaraddress", "Egen kalenderadress", None,
    ),
    "a calendar renewed": (
        calendar_renewed, "huge_rep", Act.CHANGED, "parties.calendaraddress", "Egen kalenderadress", None
    ),
    "a calendar revoked": (
        calendar_revoked, "huge_rep", Act.REMOVED, "parties.calendaraddress", "Egen kalenderadress", None
    ),
}  # fmt: skip


@pytest.fixture
def cast(admin, samordnare, huge_rep, lasare, handlaggare, kommunen, huge, polisen, agreement):
    uninvited = UserFactory(representative=True, party=huge)
    uninvited.set_unusable_password()
    uninvited.save()
    return dict(locals())


@pytest.mark.parametrize(("do", "who", "act", "about", "label", "change"), TABLE.values(), ids=list(TABLE))
def test_the_log_says_who_did_what_to_what_and_how(do, who, act, about, label, change, cast, now):
    do(cast, now)

    entry, by = AuditEntry.objects.latest("pk"), cast[who]
    assert (entry.act, entry.about, entry.key is not None) == (act, about, True)
    assert (entry.account_id, entry.role, entry.party_id) == (by.pk, by.role, by.party_id)
    assert entry.label.startswith(label)
    assert entry.digest == digest_of_entry(entry)
    if change:
        assert change in entry.changed


@pytest.mark.parametrize("do", [new_account, moved, invited, closed], ids=lambda do: do.__name__)
def test_no_name_and_no_whole_address_of_a_person_is_kept(do, cast, now):
    do(cast, now)

    for entry in AuditEntry.objects.all():
        kept = f"{entry.label} {entry.changes}"
        assert "example.com" not in kept.replace("…@example.com", "")
        assert cast["huge_rep"].display_name not in kept
        assert "Annan" not in kept


def test_what_changes_nothing_leaves_no_entry(cast):
    change_user(by=cast["admin"], user=cast["lasare"], role=cast["lasare"].role)
    change_party(by=cast["admin"], party=cast["polisen"], name=cast["polisen"].name)
    assert not AuditEntry.objects.exists()


def test_what_is_refused_leaves_no_entry(cast):
    with pytest.raises(Exception, match="Adressdelen ändras inte"):
        change_party(by=cast["admin"], party=cast["polisen"], slug="annan")
    assert not AuditEntry.objects.exists()


def test_a_deputy_is_told_by_whom_the_person_stands_in_for(cast, today):
    other = UserFactory(representative=True, party=cast["huge"])
    for person in (cast["huge_rep"], UserFactory(representative=True, party=cast["huge"])):
        Deputy.objects.create(person=person, deputy=other, from_on=today, to_on=today)
    persons = Deputy.objects.filter(deputy=other).order_by("person").values_list("person", flat=True)

    entry = audit.record(Act.CHANGED, by=other, of=cast["huge"])

    assert entry.deputy_for == ",".join(map(str, persons))


def test_an_account_with_entries_is_anonymised_and_its_entries_stay(cast, now):
    closed(cast, now)
    entry = AuditEntry.objects.get()
    cast["lasare"].display_name, cast["lasare"].email = "Borttaget konto", "borttaget@example.com"
    cast["lasare"].save()

    entry.refresh_from_db()
    assert entry.digest == digest_of_entry(entry)
