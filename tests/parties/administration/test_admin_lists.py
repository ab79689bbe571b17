"""The administration shows all that administrators may read and nothing more, in a constant number of queries."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin as django_admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.planning.forms.base import PlanForm
from parties.models import Party, Unit, User
from priorities.models import Place, Source
from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FollowUpFactory,
    MilestoneFactory,
    PartyFactory,
    PartyKindFactory,
    PictureFactory,
    UserFactory,
)
from tests.support.administered import MAKERS, first_row, lists

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# Models whose rows stand on their owner's page.
WITHIN = {
    "MatterPoint", "Signatory", "DeclarationAttachment", "AgreementParty", "AgreementAttachment", "PriorityArea",
    "FocusArea", "SourceUse", "SituationalPictureAttachment", "Contribution", "Milestone", "MailReason",
    "StepAside", "ActivityDays", "ContributionDays", "MilestoneDays", "NeedDays", "PlaceDays",
}  # fmt: skip
# Models that nobody but the person sees: unsaved answers, and what opens a calendar; and keyed hashes, which tell nothing.
PRIVATE = {"UnsavedAnswer", "ReadMark", "CalendarAddress", "AttemptCounter", "Submission"}
# Models that only `manage.py audit` shows.
BY_COMMAND = {"AuditSegment"}


@pytest.fixture
def desk(admin, agreement, client_for):
    return client_for(admin)


def test_every_model_of_ours_has_its_place_there():
    ours = {
        model.__name__
        for app in ("parties", "priorities", "activities")
        for model in apps.get_app_config(app).get_models()
        if not model._meta.auto_created and "_" not in model.__name__
    }
    shown = {model.__name__ for model in django_admin.site._registry}
    assert ours - shown == WITHIN | PRIVATE | BY_COMMAND


def test_what_libraries_register_is_not_there():
    assert {model._meta.app_label for model in django_admin.site._registry} == {
        "parties", "priorities", "activities",
    }  # fmt: skip


def test_the_first_page_leads_to_every_list_and_back_to_the_product(desk):
    page = desk.get("/administration/").content.decode()
    assert {address for address in lists() if f'href="/administration/{address}/"' in page} == set(lists())
    assert "<title>Administration – Samverkan</title>" in page
    assert 'href="/2023-2024/aktiviteter/"' in page


@pytest.mark.parametrize("address", lists())
def test_each_list_and_row_is_told_in_swedish_under_the_strict_policy(address, desk):
    pk = first_row(address)["object_id"]
    for where in (f"/administration/{address}/", f"/administration/{address}/{pk}/"):
        response = desk.get(where)
        page = response.content.decode()
        assert "script-src 'self'" in response["Content-Security-Policy"]
        assert "– Administration – Samverkan</title>" in page
        assert [
            word
            for word in (">Add ", "Search<", "history date", " as of ", ">True<", ">None<")
            if word in page
        ] == []


def test_lists_of_what_was_agreed_hide_drafts_and_proposals_with_their_history(desk, huge, polisen):
    for stage in ("draft", "proposed"):
        hidden = ActivityFactory(title=f"Hemligt {stage}", lead=polisen, **{stage: True})
        ContributionFactory(activity=hidden, party=huge, what="Hemligt bidrag")
        MilestoneFactory(activity=hidden, title="Hemligt delmål", due_on=date(2024, 5, 1))
    shown = ActivityFactory(title="Beslutad", internal=True)
    shown.title = "Beslutad sedan"
    shown.save()
    PictureFactory(year=2024, title="Hemlig lägesbild", mapping="Hemlig kartläggning")

    for address in (
        "aktiviteter",
        "aktiviteternas-historik",
        "medverkans-historik",
        "delmalens-historik",
        "lagesbilder",
        "lagesbildernas-historik",
    ):
        page = desk.get(f"/administration/{address}/?q=").content.decode()
        assert "emlig" not in page
    history = desk.get("/administration/aktiviteternas-historik/").content.decode()
    assert ("Beslutad sedan" in history, ">Beslutad<" in history) == (True, True)


def test_what_an_agreed_activity_was_called_as_a_draft_is_not_told(desk):
    activity = ActivityFactory(title="Hemlig arbetstitel", draft=True)

    activity.title, activity.preparation = "Beslutad", "agreed"
    activity.coordinator_yes_on = activity.lead_yes_on = date(2024, 1, 1)
    activity.save()
    page = desk.get("/administration/aktiviteternas-historik/").content.decode()
    assert ("Beslutad" in page, "Hemlig" in page) == (True, False)


@pytest.mark.parametrize("where", ["aktiviteter", "aktiviteternas-historik"])
def test_a_plans_fields_are_named_as_in_its_form(where, desk):
    ActivityFactory(
        goal="Ljust.", measure="Lyktor", measure_unit="st", owner_title="Vd", effect_horizon="long"
    )
    page = desk.get(f"/administration/{where}/{first_row(where)['object_id']}/").content.decode()
    for name in ("title", "starts_on", "ends_on", "goal", "measure_unit", "owner_title", "effect_horizon"):
        assert f"<dt>{PlanForm.base_fields[name].label}</dt>" in page


@pytest.mark.parametrize(
    ("where", "one"), [("parter", "part"), ("enheter", "enhet"), ("platser", "plats"), ("kallor", "källa")]
)
def test_a_page_that_adds_a_row_says_what_it_adds(where, one, desk):
    assert f"<h1>Lägg till {one}</h1>" in desk.get(f"/administration/{where}/ny/").content.decode()


def test_what_is_not_there_is_not_found_in_any_list(desk):
    answers = {address: desk.get(f"/administration/{address}/999999/").status_code for address in lists()}
    assert answers == dict.fromkeys(lists(), 404)


# --- Searching and filtering -------------------------------------------------------------------------------
def names(response) -> list[str]:
    return [str(row) for row in response.context["cl"].result_list]


def test_a_search_finds_every_word_in_any_case(desk):
    UserFactory(display_name="Åsa-tjänsten Ängby", party=None)
    UserFactory(display_name="Ångström", party=None)
    assert names(desk.get("/administration/konton/?q=ÅSA+ängBY")) == ["Åsa-tjänsten Ängby"]


def test_a_filter_shows_its_rows_and_says_so(desk, huge_rep, polis_rep, huge):
    response = desk.get(f"/administration/konton/?party__id__exact={huge.pk}")
    assert names(response) == [huge_rep.display_name]
    assert "Part: huge bostäder ab" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("password__startswith=argon2", 400),
        ("reported_activities__title__startswith=Hemlig", 400),
        ("party__id__exact=x", 404),
        ("party__id__exact=" + "9" * 40, 200),
        ("role__exact=%00", 404),
        ("is_active__exact=a%00", 404),
        ("p=9999", 200),
        ("o=99.x", 200),
        ("q=%00", 200),
        ("q=" + "a" * 5000, 200),
        ("all=1", 200),
        ("_popup=1", 200),
        ("e=1&p=x", 200),
    ],
)
def test_no_address_asks_for_more_than_the_filters_do(query, status, desk, huge_rep):
    assert desk.get(f"/administration/konton/?{query}").status_code == status


@pytest.mark.parametrize(
    "address",
    [
        "konton/?party__users__password__startswith=md5",
        "enheter/?party__users__password__startswith=md5",
        "uppfoljningar/?party__led_activities__return_reason__contains=pengar",
        "aktiviteter/?lead__led_activities__preparation=draft",
        "aktiviteter/?agreement__activities__title__startswith=Hemlig",
        "behov/?agreement__activities__title__startswith=Hemlig",
        "konton/?role__in=reader",
    ],
)
def test_no_address_goes_on_from_what_is_filtered_to_what_is_not_shown(address, desk, huge_rep):
    assert desk.get(f"/administration/{address}").status_code == 400


@pytest.mark.parametrize("address", lists())
def test_every_filter_that_a_list_offers_can_be_used(address, desk):
    first_row(address)
    page = desk.get(f"/administration/{address}/")
    offered = [
        choice["query_string"]
        for spec in page.context["cl"].filter_specs
        for choice in spec.choices(page.context["cl"])
    ]

    assert {desk.get(f"/administration/{address}/{query}").status_code for query in offered} <= {200}


def test_rows_come_in_swedish_order(desk):
    kind = PartyKindFactory(name="Kommun")
    for name in ("Örnen", "Ädelstål", "Åns", "zebra"):
        PartyFactory(name=name, kind=kind)
    assert names(desk.get(f"/administration/parter/?kind__id__exact={kind.pk}"))[-4:] == [
        "zebra",
        "Åns",
        "Ädelstål",
        "Örnen",
    ]


# --- What it costs -----------------------------------------------------------------------------------------
def fill(count: int, agreement, huge, huge_rep) -> None:
    """Makes rows in the lists that grow."""
    first = Party.objects.count()
    parties = Party.objects.bulk_create(
        Party(slug=f"p-{n}", name=f"Part {n}", short_name=f"P{n}", kind=huge.kind)
        for n in range(first, first + count)
    )
    User.objects.bulk_create(
        User(email=f"k{first + n}@example.com", display_name=f"Konto {n}", party=party)
        for n, party in enumerate(parties)
    )
    Unit.objects.bulk_create(Unit(party=party, name="Kansliet") for party in parties)
    Place.objects.bulk_create(Place(slug=party.slug, name=party.name) for party in parties)
    Source.objects.bulk_create(Source(name=party.name, kind="survey") for party in parties)
    for n, party in enumerate(parties[:40]):
        activity = ActivityFactory(title=f"Aktivitet {party.pk}", contributors=[party])
        FollowUpFactory(activity=activity, author=huge_rep)
        MilestoneFactory(activity=activity, title=f"Steg {n}", due_on=date(2024, 5, 1))


GROWING = (
    "konton", "parter", "enheter", "platser", "kallor", "aktiviteter", "uppfoljningar", "aktiviteternas-historik",
    "medverkans-historik", "delmalens-historik",
)  # fmt: skip


def queries_of(client, address) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    about_the_visit = ("django_session", "SAVEPOINT", '"parties_user"."id" = ')
    return [
        query["sql"]
        for query in captured.captured_queries
        if not any(part in query["sql"] for part in about_the_visit)
    ]


def test_a_list_costs_the_same_with_one_three_and_many_rows(desk, agreement, huge, huge_rep):
    costs: dict[str, list[int]] = {address: [] for address in GROWING}
    for count in (1, 2, 297):
        fill(count, agreement, huge, huge_rep)
        for address in GROWING:
            costs[address].append(len(queries_of(desk, f"/administration/{address}/")))

    assert {address: cost for address, cost in costs.items() if len(set(cost)) > 1 or max(cost) > 12} == {}


@pytest.mark.parametrize("address", sorted({*lists(), *MAKERS}))
def test_a_rows_page_costs_a_dozen_queries_at_most(address, desk):
    pk = first_row(address)["object_id"]
    found = queries_of(desk, f"/administration/{address}/{pk}/")
    assert len(found) <= 12, "\n".join(found)
