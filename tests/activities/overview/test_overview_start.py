"""*Kom igång*: what a new agreement still lacks, with a link to each step for those who may take it."""

from datetime import date

import pytest

from parties.models import AuditEntry
from priorities.models import Agreement, AgreementParty, FirstStepKind, StepAside
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FocusAreaFactory,
    MembershipFactory,
    NeedFactory,
    PictureFactory,
    PriorityAreaFactory,
    RoundFactory,
    UserFactory,
)
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ADDRESS = "/2023-2024/oversikt/"
STEPS = [
    "Lägg till parterna",
    "Ge varje part en representant med konto",
    "Ange prioriterade områden och geografiska områden",
    "Ta fram och fastställ lägesbilden",
    "Beskriv behoven",
    "Fastställ överenskommelsen",
    "Planera den första aktiviteten",
    "Planera uppföljningsomgångarna",
]


@rows
def empty(db):
    """A draft agreement without parties."""
    return AgreementFactory(draft=True)


@pytest.fixture
def steps(client_for, samordnare):
    client = client_for(samordnare)
    return lambda: client.get(ADDRESS).context["start"].steps


def done(steps) -> list[str]:
    return [step.label for step in steps if step.is_done]


def test_an_agreement_without_anything_shows_the_steps_and_no_zeros(empty, client_for, samordnare):
    response = client_for(samordnare).get(ADDRESS)

    assert [step.label for step in response.context["start"].steps] == STEPS
    assert done(response.context["start"].steps) == []
    assert "0 av 8 steg är klara." in response.content.decode()
    assert response.context["overview"] is None


def test_a_party_counts_until_its_last_day(empty, steps, kommunen, huge):
    MembershipFactory(agreement=empty, party=kommunen, left_on=date(2024, 12, 31))
    MembershipFactory(agreement=empty, party=huge, left_on=date(2024, 9, 30))
    assert STEPS[0] in done(steps())

    AgreementParty.objects.filter(party=huge).update(left_on=date(2024, 9, 29))
    assert STEPS[0] not in done(steps())


def test_each_step_is_done_by_what_there_is(empty, steps, kommunen, huge, samordnare):
    MembershipFactory(agreement=empty, party=kommunen)
    assert done(steps()) == [STEPS[1]]

    MembershipFactory(agreement=empty, party=huge)
    assert done(steps()) == [STEPS[0]]

    UserFactory(party=huge, email="lasare@example.com")
    UserFactory(representative=True, party=huge, is_active=False, email="slutat@example.com")
    assert (done(steps()), steps()[1].detail) == ([STEPS[0]], "1 av 2 parter")

    UserFactory(representative=True, party=huge)
    PriorityAreaFactory(agreement=empty)
    PictureFactory()
    assert done(steps()) == STEPS[:2]

    FocusAreaFactory(agreement=empty)
    PictureFactory(adopted=True, year=2022)
    NeedFactory(agreement=empty)
    assert done(steps()) == STEPS[:5]

    empty.status = "adopted"
    empty.save()
    ActivityFactory(agreement=empty, draft=True)
    assert done(steps()) == STEPS[:7]
    assert steps()[6].detail == "1 aktivitet att besluta"

    RoundFactory(agreement=empty, planned=True)
    assert done(steps()) == STEPS


@pytest.mark.parametrize(("year", "is_done"), [(2020, False), (2021, True), (2023, True)])
def test_a_lagesbild_older_than_two_years_before_the_agreement_is_to_be_renewed(year, is_done, empty, steps):
    PictureFactory(adopted=True, year=year)

    assert (steps()[3].is_done, steps()[3].detail) == (is_done, f"Den senaste är från {year}")


# --- Until each is done or put aside ---------------------------------------------------------------------------
def put(client, step, where="undan"):
    return client.post(f"/2023-2024/kom-igang/{step}/", {"lagg": where}, follow=True).content.decode()


def test_it_stays_beside_the_first_activity_for_whoever_keeps_the_agreement(
    empty, client_for, samordnare, lasare
):
    ActivityFactory(agreement=empty)
    Agreement.objects.update(status="adopted")

    response = client_for(samordnare).get(ADDRESS)

    assert response.context["overview"].band.total == 1
    assert [step.label for step in response.context["start"].steps if step.is_left][-1] == STEPS[-1]
    assert "Planera uppföljningsomgångarna" in response.content.decode()
    assert "Kom igång" not in client_for(lasare).get(ADDRESS).content.decode()


def test_an_earlier_day_tells_of_that_day_and_not_what_is_left_today(empty, client_for, samordnare):
    ActivityFactory(agreement=empty)
    client = client_for(samordnare)
    assert "Kom igång" in client.get(ADDRESS).content.decode()

    assert "Kom igång" not in client.get(f"{ADDRESS}?per=2024-03-31").content.decode()


def test_a_step_is_put_aside_and_taken_back_and_the_log_tells(empty, client_for, samordnare):
    client = client_for(samordnare)

    page = put(client, "behov")
    assert "Steget ”Beskriv behoven” är undanlagt." in page
    assert "1 är undanlagt." in page
    assert "Beskriv behoven" in client.get("/2023-2024/redigera/").content.decode()
    put(client, "behov")  # once more changes nothing
    assert "Steget ”Beskriv behoven” är tillbaka." in put(client, "behov", "tillbaka")

    entries = AuditEntry.objects.filter(about="priorities.agreement", act="changed").order_by("pk")
    assert [(entry.account, entry.changed) for entry in entries] == [
        (samordnare, [("Beskriv behoven", "Kvar", "Undanlagt")]),
        (samordnare, [("Beskriv behoven", "Undanlagt", "Kvar")]),
    ]


def test_it_is_gone_once_each_step_is_done_or_put_aside(empty, client_for, samordnare):
    ActivityFactory(agreement=empty)
    client = client_for(samordnare)
    assert client.get(ADDRESS).context["start"]

    for step in FirstStepKind.values:
        put(client, step)

    assert client.get(ADDRESS).context["start"] is None
    assert "Ta tillbaka" in client.get("/2023-2024/redigera/").content.decode()


def test_a_step_that_is_done_after_it_was_put_aside_is_done(empty, client_for, samordnare, steps):
    put(client_for(samordnare), "behov")
    NeedFactory(agreement=empty)

    assert (steps()[4].is_done, steps()[4].is_aside) == (True, False)


def test_an_archived_agreement_has_no_steps_to_put_aside(agreement, client_for, samordnare):
    Agreement.objects.update(status="archived")

    assert "Överenskommelsen är arkiverad och ändras inte." in put(client_for(samordnare), "behov")
    assert not StepAside.objects.exists()


def test_the_coordinator_has_a_way_to_each_step(empty, steps):
    assert [step.url for step in steps()] == [
        "/2023-2024/redigera/parter/",
        "/2023-2024/parter/",
        "/2023-2024/redigera/omraden/",
        "/lagesbilder/ny/",
        "/2023-2024/behov/ny/",
        "/2023-2024/faststall/",
        "/2023-2024/aktiviteter/ny/",
        "/2023-2024/omgangar/",
    ]


def test_places_are_left_in_a_draft_and_not_once_it_is_adopted_without_them(empty, steps):
    """An agreement may be for the whole municipality; what is adopted cannot be written any longer."""
    PriorityAreaFactory(agreement=empty)
    assert (steps()[2].is_done, steps()[2].url) == (False, "/2023-2024/redigera/platser/")

    Agreement.objects.update(status="adopted")

    assert (steps()[2].is_done, [steps()[n].url for n in (0, 2)]) == (True, ["", ""])


def test_a_draft_of_the_lagesbild_is_found_in_the_list_and_what_is_adopted_is_not_adopted_again(
    agreement, steps
):
    PictureFactory()

    assert (steps()[3].url, steps()[5].url) == ("/lagesbilder/", "")


def test_who_may_not_take_a_step_reads_it_without_a_link(agreement, client_for, lasare, handlaggare, admin):
    links = [
        [step.url for step in client_for(user).get(ADDRESS).context["start"].steps if step.url]
        for user in (lasare, handlaggare, admin)
    ]

    assert links == [[], [], ["/2023-2024/parter/"]]


def test_another_day_of_an_empty_agreement_leads_back_to_today(agreement, client_for, samordnare):
    response = client_for(samordnare).get(f"{ADDRESS}?per=2024-08-31")

    assert response.context["overview"].headline == "Ingen aktivitet var beslutad den dagen."
    assert f'<a href="{ADDRESS}">Visa läget i dag</a>' in response.content.decode()
