"""Naming a deputy for a period, by the person or the coordinator, on a page of its own."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parties.deputies import actions
from parties.models import Deputy
from tests.factories import DeputyFactory, PartyFactory, UserFactory
from tests.support.queries import beyond_the_visit
from tests.support.stored import rows

OWN = "/konto/stallforetradare/"
FROM, TO = "2024-10-07", "18 oktober 2024"
MISSING = ["Skriv ett datum som 2024-08-30."]
DAY = ["Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."]
TAKEN = (
    "Fastighetschef är redan ställföreträdare 1 oktober 2024 till 31 oktober 2024. Välj andra dagar, eller ta bort "
    "den perioden först."
)
NOBODY_ELSE = "Välj någon med ett aktivt konto som företräder samma part."


@rows
def colleague(huge):
    return UserFactory(
        representative=True,
        party=huge,
        email="huge-2@example.com",
        display_name="Fastighetschef",
        title="Chef",
    )


def name(client, deputy, from_on: str = FROM, to_on: str = TO, address: str = OWN, **options):
    form = {"deputy": getattr(deputy, "pk", deputy), "from_on": from_on, "to_on": to_on}
    return client.post(address, form, **options)


def faults(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def periods() -> list[tuple[str, str, date, date]]:
    return [(row.person.email, row.deputy.email, row.from_on, row.to_on) for row in Deputy.objects.all()]


# --- The page ----------------------------------------------------------------------------------------------
def test_a_representative_names_a_deputy_and_takes_it_back(huge_rep, colleague, agreement, client_for):
    client = client_for(huge_rep)
    assert f'href="{OWN}"' in client.get("/konto/").content.decode()
    assert "Ingen ställföreträdare är vald." in client.get(OWN).content.decode()

    named = name(client, colleague, follow=True)
    page = named.content.decode()
    assert periods() == [(huge_rep.email, colleague.email, date(2024, 10, 7), date(2024, 10, 18))]
    assert "Fastighetschef är ställföreträdare 7 oktober 2024 till 18 oktober 2024." in page
    assert "Fastighetschef, Chef" in page

    removed = client.post(OWN, {"remove": Deputy.objects.get().pk}, follow=True)
    again = client.post(OWN, {"remove": "1"}, follow=True)
    assert periods() == []
    assert "Perioden är borttagen." in removed.content.decode()
    assert again.status_code == 200


def test_the_deputy_sees_whom_they_stand_in_for(huge_rep, colleague, agreement, client_for):
    DeputyFactory(person=huge_rep, deputy=colleague)

    page = client_for(colleague).get(OWN).content.decode()

    assert "Du är ställföreträdare för" in page
    assert "1 oktober 2024 till 31 oktober 2024" in page


def test_the_coordinator_names_one_for_a_representative(
    samordnare, huge_rep, colleague, agreement, client_for
):
    client, address = client_for(samordnare), f"{OWN}{huge_rep.pk}/"

    page = name(client, colleague, address=address, follow=True)

    assert page.redirect_chain == [(address, 302)]
    assert f"Ställföreträdare för {huge_rep.display_name}" in page.content.decode()
    assert periods() == [(huge_rep.email, colleague.email, date(2024, 10, 7), date(2024, 10, 18))]


def test_others_name_nobody(huge_rep, colleague, polis_rep, admin, agreement, client_for):
    answers = [
        name(client_for(user), colleague, address=f"{OWN}{huge_rep.pk}/").status_code
        for user in (colleague, polis_rep, admin)
    ]

    assert answers == [404, 404, 403]
    for by in (colleague, polis_rep, admin):
        with pytest.raises(PermissionDenied):
            act(by=by, person=huge_rep, deputy=colleague)
        with pytest.raises(PermissionDenied):
            actions.remove_deputy(by=by, deputy=DeputyFactory.build(person=huge_rep, deputy=colleague))
    assert periods() == []


def test_somebody_elses_period_is_not_removed(huge_rep, colleague, polis_rep, agreement, client_for):
    row = DeputyFactory(person=huge_rep, deputy=colleague)

    client_for(polis_rep).post(OWN, {"remove": row.pk})
    client_for(colleague).post(OWN, {"remove": row.pk})

    assert Deputy.objects.count() == 1


def test_a_party_with_one_representative_has_nobody_to_choose(polis_rep, agreement, client_for):
    page = client_for(polis_rep).get(OWN).content.decode()

    assert "har ingen annan aktiv partsrepresentant." in page
    assert "Spara ställföreträdaren" not in page


def test_only_those_who_can_stand_in_are_offered(huge_rep, colleague, polis_rep, huge, agreement, client_for):
    UserFactory(representative=True, party=huge, display_name="Avslutad", is_active=False)
    UserFactory(party=huge, display_name="Läsare hos Huge")

    field = client_for(huge_rep).get(OWN).context["form"].fields["deputy"]

    assert list(field.queryset) == [colleague]


def test_a_period_that_is_over_is_not_shown_and_one_that_no_longer_holds_says_so(
    huge_rep, colleague, agreement, client_for
):
    DeputyFactory(person=huge_rep, deputy=colleague, from_on=date(2024, 9, 1), to_on=date(2024, 9, 29))
    DeputyFactory(person=huge_rep, deputy=colleague, from_on=date(2024, 9, 30), to_on=date(2024, 9, 30))
    client = client_for(huge_rep)

    before = client.get(OWN).content.decode()
    colleague.is_active = False
    colleague.save()
    after = client.get(OWN).content.decode()

    assert "30 september 2024 till 30 september 2024" in before
    assert "1 september 2024" not in before
    assert "Gäller inte: kontot är avslutat" not in before
    assert "Gäller inte: kontot är avslutat" in after


# --- What is refused ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("from_on", "to_on", "sentences"),
    [
        ("", "", {"from_on": MISSING, "to_on": MISSING}),
        ("i morgon", "9" * 100_000, {"from_on": DAY, "to_on": DAY}),
        ("2024-10-18", "2024-10-07", {"to_on": ["Den sista dagen är tidigare än den första. Rätta en av dem."]}),
        ("2024-09-01", "2024-09-29", {"to_on": ["De dagarna har redan varit. Välj en sista dag som är i dag eller senare."]}),
        ("2024-10-31", "9999-12-31", {"from_on": [TAKEN]}),
    ],
    ids=["nothing", "not days", "backwards", "over", "overlapping"],
)  # fmt: skip
def test_each_fault_of_the_days_is_a_sentence_and_what_was_written_stays(
    from_on, to_on, sentences, huge_rep, colleague, agreement, client_for
):
    DeputyFactory(person=huge_rep, deputy=colleague)

    response = name(client_for(huge_rep), colleague, from_on, to_on)

    assert faults(response) == sentences
    assert "Fel: Ställföreträdare" in response.content.decode()
    assert f'value="{from_on}"' in response.content.decode() or not from_on
    assert Deputy.objects.count() == 1


@pytest.mark.parametrize("whom", ["", "huge_rep", "polis_rep", "closed", "999999", "9" * 5_000, "a\x00"])
def test_nobody_else_can_be_chosen(whom, huge_rep, colleague, polis_rep, huge, agreement, client_for):
    people = {"huge_rep": huge_rep, "polis_rep": polis_rep}
    people["closed"] = UserFactory(representative=True, party=huge, is_active=False)

    response = name(client_for(huge_rep), people.get(whom, whom))

    assert faults(response) == {
        "deputy": [NOBODY_ELSE if whom else "Välj vem som ska vara ställföreträdare."]
    }
    assert periods() == []


def act(**overrides):
    days = {"from_on": date(2024, 10, 7), "to_on": date(2024, 10, 18), "today": date(2024, 9, 30)}
    return actions.name_deputy(**(days | overrides))


def refused(**overrides) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as fault:
        act(**overrides)
    return fault.value.message_dict


def test_the_action_refuses_what_no_page_offers(huge_rep, colleague, polis_rep, agreement):
    closed = UserFactory(representative=True, party=colleague.party, is_active=False)

    assert refused(by=huge_rep, person=huge_rep, deputy=huge_rep) == {
        "deputy": ["Ställföreträdaren ska vara någon annan."]
    }
    for other in (polis_rep, closed):
        assert refused(by=huge_rep, person=huge_rep, deputy=other) == {"deputy": [NOBODY_ELSE]}


def test_somebody_without_a_party_names_nobody(rep_without_party, colleague):
    with pytest.raises(PermissionDenied):
        act(by=rep_without_party, person=rep_without_party, deputy=colleague)


@pytest.mark.parametrize(
    ("from_on", "to_on", "is_free"),
    [
        (date(2024, 11, 1), date(2024, 11, 2), True),
        (date(2024, 9, 30), date(2024, 9, 30), True),
        (date(2024, 9, 30), date(2024, 10, 1), False),
        (date(2024, 10, 31), date(2024, 11, 1), False),
        (date(2024, 10, 5), date(2024, 10, 5), False),
        (date(2024, 9, 30), date(2024, 11, 30), False),
    ],
)
def test_periods_may_follow_on_each_other_and_not_meet(
    from_on, to_on, is_free, huge_rep, colleague, agreement
):
    DeputyFactory(person=huge_rep, deputy=colleague)
    DeputyFactory(person=colleague, deputy=huge_rep, from_on=date(2024, 11, 1), to_on=date(2024, 11, 30))
    days = {"from_on": from_on, "to_on": to_on}

    if is_free:
        assert act(by=huge_rep, person=huge_rep, deputy=colleague, **days).pk
    else:
        assert list(refused(by=huge_rep, person=huge_rep, deputy=colleague, **days)) == ["from_on"]


def test_the_page_costs_the_same_whatever_it_shows(huge_rep, colleague, agreement, client_for):
    client, costs = client_for(huge_rep), {}
    for count in (1, 3, 30):
        while Deputy.objects.count() < count:
            day = date(2024, 10, 1) + timedelta(days=Deputy.objects.count())
            DeputyFactory(person=huge_rep, deputy=colleague, from_on=day, to_on=day)
            UserFactory(representative=True, party=huge_rep.party)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(OWN).status_code == 200
        costs[count] = len(beyond_the_visit(captured))

    assert costs[1] == costs[3] == costs[30] <= 12
    assert PartyFactory(huge=True).users.count() == 32
