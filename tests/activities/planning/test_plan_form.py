"""*Ny aktivitet*: one page with seven main fields; the draft is saved once."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from activities.models import Activity
from tests.factories import (
    ActivityFactory,
    FocusAreaFactory,
    MembershipFactory,
    NeedFactory,
    PartyFactory,
    PriorityAreaFactory,
    UnitFactory,
    UserFactory,
)
from tests.support.plans import sent
from tests.support.stored import rows

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NEW = reverse("new_activity", args=["2023-2024"])


@rows
def plain(agreement, huge):
    """The fewest fields that a coordinator must fill in."""
    return {
        "title": "Ljus längs stråket",
        "priority_area": PriorityAreaFactory().pk,
        "lead": huge.pk,
        "starts_on": "2024-01-01",
        "ends_on": "31 december 2024",
    }


@pytest.fixture
def save(samordnare, client_for):
    """Opens the form and sends it with the given fields, as a browser would."""

    def saved(by=samordnare, **fields):
        client = client_for(by)
        return client.post(NEW, sent(client.get(NEW).context["form"]) | fields)

    return saved


@pytest.mark.parametrize("who", ["samordnare", "huge_rep", "handlaggare", "admin", "lasare"])
def test_the_list_has_the_button_for_those_who_plan(who, agreement, client_for, request):
    page = client_for(request.getfixturevalue(who)).get(agreement.get_absolute_url()).content.decode()
    assert (f'href="{NEW}"' in page) is (who in {"samordnare", "huge_rep"})


GIVEN = {
    "owner_title": "Enhetschef",
    "purpose": "Fler ska våga gå hem på kvällen.",
    "goal": "Alla lyktor lyser.",
    "measure": "Lyktor som lyser",
    "measure_unit": "procent",
    "kind": "situational",
    "effect_horizon": "short",
}


def test_all_that_was_written_stands_in_the_draft(save, plain, kommunen, polisen, samordnare):
    need, place, unit = NeedFactory(), FocusAreaFactory(), UnitFactory(party=kommunen)
    chosen = {
        "lead": kommunen.pk,
        "unit": unit.pk,
        "needs": [need.pk],
        "focus_areas": [place.pk],
        "contributors": [polisen.pk],
        "reporters": [samordnare.pk],
    }

    ticked = {"is_recurring": "on", "is_internal": "on"}
    response = save(**plain | GIVEN | chosen | ticked | {"baseline": "60", "target": "99,5"})

    made = Activity.objects.get()
    assert response["Location"] == made.get_absolute_url()
    assert {name: getattr(made, name) for name in GIVEN} == GIVEN
    assert (made.title, made.lead, made.unit) == ("Ljus längs stråket", kommunen, unit)
    assert (made.starts_on, made.ends_on) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (made.baseline, made.target) == (60, Decimal("99.5"))
    assert (made.is_recurring, made.is_internal) == (True, True)
    lists = (made.needs, made.focus_areas, made.contributors, made.reporters)
    assert [list(rows.all()) for rows in lists] == [[need], [place], [polisen], [samordnare]]
    assert (made.preparation, made.past.latest().history_user) == ("draft", samordnare)


def test_the_receipt_says_what_comes_next(save, plain, samordnare, huge_rep, client_for):
    for user, whom in ((samordnare, "Huge"), (huge_rep, "samordnaren")):
        response = save(user, **plain)
        page = client_for(user).get(response["Location"], follow=True)
        assert page.status_code == 200
        assert [str(message) for message in response.wsgi_request._messages] == [
            f"Utkastet är sparat. Skicka det till {whom} när det är klart."
        ]


def test_a_representatives_own_party_is_responsible_whatever_is_sent(save, plain, huge, huge_rep, polisen):
    save(huge_rep, **plain | {"lead": polisen.pk})
    assert Activity.objects.get().lead == huge


def test_the_own_party_is_shown_and_not_chosen(huge_rep, agreement, polisen, client_for):
    UnitFactory(party=polisen, name="Lokalpolisområdet")
    page = client_for(huge_rep).get(NEW)
    form = page.context["form"]
    assert "lead" not in form.fields
    assert "Du planerar för din egen part." in page.content.decode()
    assert [label for _, label in form.fields["contributors"].choices] == ["Huddinge kommun", "Polisen"]
    assert "unit" not in form.fields
    assert [person for _, people in form.reporter_groups for person in people if person] != []
    assert {party.slug for party, _ in form.reporter_groups} == {"huge"}


def test_a_coordinator_chooses_among_the_parties_but_not_those_that_have_left(
    samordnare, agreement, client_for
):
    gone, leaving = PartyFactory(name="Har lämnat"), PartyFactory(name="Lämnar i dag")
    MembershipFactory(party=gone, left_on=date(2024, 9, 29))
    MembershipFactory(party=leaving, left_on=date(2024, 9, 30))
    PartyFactory(name="Har aldrig varit med")

    form = client_for(samordnare).get(NEW).context["form"]

    assert [label for _, label in form.fields["lead"].choices] == [
        "Välj part",
        "Huddinge kommun",
        "Huge Bostäder AB",
        "Lämnar i dag",
        "Polismyndigheten, polisområde Stockholm syd",
    ]


def test_a_representative_of_a_party_that_has_left_plans_nothing(huge_rep, agreement, client_for):
    agreement.memberships.filter(party=huge_rep.party).update(left_on=date(2024, 6, 30))
    assert client_for(huge_rep).get(NEW).status_code == 403


def test_needs_are_shown_short_with_area_and_places(samordnare, agreement, client_for):
    need = NeedFactory(problem="Lyktorna är trasiga. " * 20)
    place = FocusAreaFactory()
    need.places.add(place.place)

    page = client_for(samordnare).get(NEW)

    (option,) = page.context["form"].need_options
    assert option.where == "Trygghet i offentlig miljö, Flemingsberg"
    assert (option.area, option.places) == (str(need.priority_area_id), str(place.pk))
    assert need.problem not in page.content.decode()
    assert need.problem[:130] in page.content.decode()


@pytest.mark.parametrize(("count", "has_search"), [(8, False), (9, True)])
def test_many_needs_can_be_searched(count, has_search, samordnare, agreement, client_for):
    for _ in range(count):
        NeedFactory()
    page = client_for(samordnare).get(NEW).content.decode()
    assert ("Sök bland behoven" in page) is has_search
    assert page.count('name="needs"') == count


def test_two_accounts_with_the_same_function_are_kept_apart(samordnare, huge_rep, agreement, client_for):
    UserFactory(representative=True, email="fler@example.com", title="Områdeschef")
    UserFactory(representative=True, email="en-till@example.com", title="Områdeschef")

    groups = client_for(samordnare).get(NEW).context["form"].reporter_groups

    labels = {party.slug: [option.label for option in people] for party, people in groups}
    assert labels == {
        "huddinge-kommun": ["Samordnare trygghet"],
        "huge": [
            "Områdesutvecklare",
            "Områdeschef (fler@example.com)",
            "Områdeschef (en-till@example.com)",
        ],
    }


def test_closed_accounts_readers_and_officials_are_not_offered(
    samordnare, huge_rep, lasare, handlaggare, admin, agreement, client_for
):
    UserFactory(representative=True, email="stangt@example.com", is_active=False)
    groups = client_for(samordnare).get(NEW).context["form"].reporter_groups
    assert {option.row for _, people in groups for option in people} == {samordnare, huge_rep}


def test_the_rest_is_folded_until_something_in_it_has_a_value_or_a_fault(save, plain, samordnare, client_for):
    assert "<details" in client_for(samordnare).get(NEW).content.decode()
    assert not client_for(samordnare).get(NEW).context["form"].is_more_open
    assert not save(**plain | {"title": ""}).context["form"].is_more_open
    assert save(**plain | {"title": "", "goal": "Alla lyser."}).context["form"].is_more_open
    assert save(**plain | {"is_internal": "on", "title": ""}).context["form"].is_more_open
    faulty = save(**plain | {"target": "många"})
    assert faulty.context["form"].is_more_open
    assert '<details class="card more-fields" open>' in faulty.content.decode()


def test_a_form_that_is_sent_twice_makes_one_draft(plain, samordnare, client_for):
    client = client_for(samordnare)
    data = sent(client.get(NEW).context["form"]) | plain

    answers = [client.post(NEW, data)["Location"] for _ in range(2)]

    assert answers == ["/2023-2024/aktiviteter/1/"] * 2
    assert Activity.objects.count() == 1


def test_a_form_that_is_sent_again_with_another_text_loses_nothing(plain, samordnare, client_for):
    client = client_for(samordnare)
    data = sent(client.get(NEW).context["form"]) | plain
    client.post(NEW, data)

    again = client.post(NEW, data | {"title": "Ljus i tunneln"})

    assert "Du har redan sparat ett utkast från det här formuläret: aktivitet 1." in again.content.decode()
    assert Activity.objects.get().title == "Ljus längs stråket"
    assert client.post(NEW, sent(again.context["form"])).status_code == 302
    assert set(Activity.objects.values_list("title", flat=True)) == {"Ljus längs stråket", "Ljus i tunneln"}


def test_the_key_of_a_form_in_another_agreement_makes_nothing(plain, samordnare, client_for):
    other = ActivityFactory(
        agreement__next_period=True, draft=True, submission_key="5f0f2f3e-7a51-4c8c-9a3e-3f0a8f2f9a11"
    )
    response = client_for(samordnare).post(NEW, plain | {"submission_key": other.submission_key})
    assert response.status_code == 403
    assert Activity.objects.get() == other


def test_a_need_prefills_itself_its_area_and_its_places(samordnare, agreement, client_for):
    NeedFactory(problem="Något annat.")
    need = NeedFactory(priority_area=PriorityAreaFactory(slug="andts"))
    place = FocusAreaFactory()
    need.places.add(place.place)
    FocusAreaFactory(place__slug="varby")

    form = client_for(samordnare).get(f"{NEW}?behov={need.number}").context["form"]

    assert form.initial == {
        "needs": [need.pk],
        "priority_area": need.priority_area_id,
        "focus_areas": [place.pk],
    }


@pytest.mark.parametrize("value", ["999", "0", "x", "-1", "1\x00", "9" * 5000, "½"])
@pytest.mark.parametrize("name", ["behov", "kopiera", "ersatter"])
def test_what_does_not_exist_is_not_found(name, value, samordnare, agreement, client_for):
    assert client_for(samordnare).get(NEW, {name: value}).status_code == 404
