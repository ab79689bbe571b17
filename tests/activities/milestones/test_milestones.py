"""Milestones are planned on a page of their own and ticked on the activity's; no text is lost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from activities.milestones.actions import MilestoneInput, set_milestones, tick_milestone
from activities.models import Activity, Milestone
from samverkan.lib.editing.stale import Stale
from tests.factories import ActivityFactory, MilestoneFactory
from tests.support.stored import rows

JUNE, OCTOBER = date(2024, 6, 30), date(2024, 10, 15)


@rows
def draft(agreement, huge, huge_rep):
    """Huge's draft with one milestone done and one left."""
    activity = ActivityFactory(draft=True)
    MilestoneFactory(activity=activity, title="Klart sedan länge", due_on=JUNE, done_on=JUNE)
    MilestoneFactory(activity=activity, title="Upphandling", due_on=OCTOBER)
    return activity


@rows
def left(draft):
    return draft.milestones.get(done_on=None)


@pytest.fixture
def address(draft):
    return reverse("edit_milestones", args=["2023-2024", draft.number])


@pytest.fixture
def client(client_for, huge_rep):
    return client_for(huge_rep)


def steps_of(activity) -> list[MilestoneInput]:
    return [MilestoneInput(each.title, each.due_on, each.pk) for each in activity.milestones.all()]


def stored(activity) -> list[tuple[str, str]]:
    return [(each.title, str(each.due_on)) for each in activity.milestones.all()]


def form_of(page) -> dict[str, str]:
    """The form's fields as a browser would send them."""
    return {
        field.html_name: field.value() or "" for field in page.context["form"] if "bort" not in field.name
    }


def opened(client, address) -> dict[str, str]:
    page = client.get(address)
    values = form_of(page)
    return {name: "15 oktober 2024" if value == OCTOBER else value for name, value in values.items()}


# --- The actions ----------------------------------------------------------------------------------------------------
def test_what_is_set_is_what_stands_and_raises_the_plans_version(draft, left, huge_rep, now):
    wanted = [each for each in steps_of(draft) if each.pk != left.pk] + [MilestoneInput("Ny", OCTOBER)]

    changed = set_milestones(activity=draft, by=huge_rep, at=now, version=draft.version, wanted=wanted)

    assert changed
    assert stored(draft) == [("Klart sedan länge", "2024-06-30"), ("Ny", "2024-10-15")]
    assert Activity.objects.get(pk=draft.pk).version == draft.version + 1


def test_what_stands_already_changes_nothing_however_old_the_page(draft, huge_rep, now):
    assert not set_milestones(activity=draft, by=huge_rep, at=now, version=99, wanted=steps_of(draft))
    assert Activity.objects.get(pk=draft.pk).version == draft.version


@pytest.mark.parametrize("fault", ["done removed", "done changed", "unknown", "outside", "no name"])
def test_what_does_not_hold_is_refused_whole(fault, draft, left, huge_rep, now):
    done, other = steps_of(draft)
    steps = {
        "done removed": [other],
        "done changed": [MilestoneInput("Annat namn", JUNE, done.pk), other],
        "unknown": [
            done,
            other,
            MilestoneInput("Annans", OCTOBER, MilestoneFactory(activity=ActivityFactory()).pk),
        ],
        "outside": [done, other, MilestoneInput("För sent", date(2025, 1, 1))],
        "no name": [done, other, MilestoneInput("", OCTOBER)],
    }[fault]

    with pytest.raises(ValidationError):
        set_milestones(activity=draft, by=huge_rep, at=now, version=draft.version, wanted=steps)

    assert stored(draft) == [("Klart sedan länge", "2024-06-30"), ("Upphandling", "2024-10-15")]


def test_a_milestone_may_lie_outside_the_activitys_days_but_not_the_agreements(draft, huge_rep, now):
    Activity.objects.update(starts_on="2024-03-01", ends_on="2024-11-30")
    steps = [*steps_of(draft), MilestoneInput("Utvärdering", date(2024, 12, 31))]

    assert set_milestones(activity=draft, by=huge_rep, at=now, version=draft.version, wanted=steps)


def test_an_old_version_is_stale_and_says_who(draft, huge_rep, samordnare, now):
    set_milestones(
        activity=draft,
        by=samordnare,
        at=now,
        version=draft.version,
        wanted=[*steps_of(draft), MilestoneInput("Ny", OCTOBER)],
    )

    with pytest.raises(Stale, match="Samordnare trygghet lade till delmålet ”Ny”"):
        set_milestones(activity=draft, by=huge_rep, at=now, version=draft.version, wanted=[])


@pytest.mark.parametrize(
    ("who", "traits"),
    [
        ("huge_rep", {}),
        ("huge_rep", {"proposed": True}),
        ("samordnare", {"proposed": True}),
        ("polis_rep", {"draft": True}),
    ],
)
def test_who_may_not_change_the_plan_changes_no_milestone(who, traits, agreement, request, now):
    activity = ActivityFactory(**traits)

    with pytest.raises(PermissionDenied):
        set_milestones(
            activity=activity, by=request.getfixturevalue(who), at=now, version=activity.version, wanted=[]
        )


def test_a_tick_is_the_day_and_can_be_taken_back(agreement, huge_rep, now):
    milestone = MilestoneFactory(activity=ActivityFactory(), due_on=OCTOBER)

    for done, day in ((True, "2024-09-30"), (True, "2024-09-30"), (False, "None"), (False, "None")):
        tick_milestone(milestone=milestone, by=huge_rep, at=now, done=done)
        assert str(Milestone.objects.get().done_on) == day

    assert Activity.objects.get().version == 3


def test_a_milestone_that_is_gone_is_a_sentence(agreement, huge_rep, now):
    milestone = MilestoneFactory(activity=ActivityFactory())
    Milestone.objects.filter(pk=milestone.pk).delete()

    with pytest.raises(ValidationError, match="finns inte längre"):
        tick_milestone(milestone=milestone, by=huge_rep, at=now, done=True)


# --- On the activity's page -------------------------------------------------------------------------------------------
def test_whoever_follows_up_ticks_on_the_page_and_others_see_no_button(
    agreement, huge_rep, polis_rep, client_for
):
    activity = ActivityFactory(milestones=["Lyktorna uppe"])
    address = reverse("tick_milestone", args=["2023-2024", activity.number, activity.milestones.get().pk])
    client = client_for(huge_rep)
    assert address in client.get(activity.get_absolute_url()).content.decode()
    assert address not in client_for(polis_rep).get(activity.get_absolute_url()).content.decode()

    page = client.post(address, {"klart": "1"}, follow=True).content.decode()
    assert "Delmålet ”Lyktorna uppe” är klart." in page
    assert "1 av 1 klara" in page
    assert "inte längre markerat" in client.post(address, {"klart": "0"}, follow=True).content.decode()


# --- The page for all of them --------------------------------------------------------------------------------------------
def test_rows_are_changed_added_and_taken_away_in_one_save(draft, left, address, client):
    data = opened(client, address) | {
        f"m{left.pk}-titel": "Upphandling avslutad",
        "ny1-titel": "Utvärdering",
        "ny1-dag": "1/12 2024",
    }

    page = client.post(address, data, follow=True)

    assert "Delmålen är sparade." in page.content.decode()
    assert stored(draft)[1:] == [("Upphandling avslutad", "2024-10-15"), ("Utvärdering", "2024-12-01")]
    data = opened(client, address) | {f"m{left.pk}-bort": "on"}
    client.post(address, data)
    assert [title for title, _ in stored(draft)] == ["Klart sedan länge", "Utvärdering"]


def test_nothing_changed_says_so(draft, address, client):
    page = client.post(address, opened(client, address), follow=True)

    assert "Inget var ändrat." in page.content.decode()


def test_each_fault_is_a_sentence_at_its_field(draft, left, address, client):
    data = opened(client, address) | {
        f"m{left.pk}-titel": "",
        "ny1-titel": "Utan dag",
        "ny2-titel": "För sent",
        "ny2-dag": "2025-01-01",
        "ny3-titel": "Ring 19811218-9876",
        "ny3-dag": "31/2 2024",
    }

    form = client.post(address, data).context["form"]

    assert {name: errors[0] for name, errors in form.errors.items() if "ny3" not in name} == {
        f"m{left.pk}-titel": "Skriv vad delmålet är.",
        "ny1-dag": "Skriv ett datum som 2024-08-30.",
        "ny2-dag": "Delmålet måste ligga inom överenskommelsens tid, 1 januari 2023 till 31 december 2024.",
    }
    assert {"ny3-titel", "ny3-dag"} < set(form.errors)
    assert len(stored(draft)) == 2


def test_a_form_sent_twice_adds_once(draft, address, client):
    data = opened(client, address) | {"ny1-titel": "Utvärdering", "ny1-dag": "2024-12-01"}

    answers = [client.post(address, data).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert [title for title, _ in stored(draft)].count("Utvärdering") == 1


def test_a_stale_save_tells_keeps_the_text_and_loses_nobodys_milestone(
    draft, left, address, client, samordnare, now
):
    data = opened(client, address) | {
        f"m{left.pk}-titel": "Min ändring",
        "ny1-titel": "Mitt nya",
        "ny1-dag": "2024-12-01",
    }
    done, _ = steps_of(draft)
    theirs = [done, MilestoneInput("Samordnarens", OCTOBER + timedelta(days=1))]
    set_milestones(activity=draft, by=samordnare, at=now, version=draft.version, wanted=theirs)

    stale = client.post(address, data)

    page = stale.content.decode()
    assert "Samordnare trygghet lade till delmålet ”Samordnarens”" in page
    assert "Inget av ditt är sparat än" in page
    assert {"Min ändring", "Mitt nya", "Samordnarens"} <= set(form_of(stale).values())
    assert client.post(address, form_of(stale)).status_code == 302
    assert {title for title, _ in stored(draft)} == {
        "Klart sedan länge",
        "Samordnarens",
        "Min ändring",
        "Mitt nya",
    }


def test_a_plan_that_was_proposed_meanwhile_keeps_the_text_on_the_page(draft, address, client):
    data = opened(client, address) | {"ny1-titel": "Mitt nya", "ny1-dag": "2024-12-01"}
    Activity.objects.update(preparation="proposed", lead_yes_on="2024-09-30")

    page = client.post(address, data).content.decode()

    assert "Ta tillbaka förslaget om det ska ändras." in page
    assert "Mitt nya" in page
    assert len(stored(draft)) == 2
    assert client.get(address)["Location"] == draft.get_absolute_url()


@pytest.mark.parametrize(
    "hostile",
    [
        {"version": ""},
        {"version": "9" * 300},
        {"m99999999999999999999-titel": "X", "m99999999999999999999-dag": "2024-12-01"},
        {f"ny{n}-titel": "X" for n in range(500)},
        {"ny1-titel": "\x00", "ny1-dag": "2024-12-01"},
        {"ny1-titel": "a" * 100_000, "ny1-dag": "b" * 100_000},
        {"ny\u00b2-titel": "X", "-titel": "X", "m-titel": "X"},
    ],
)
def test_nothing_hostile_breaks_the_page(hostile, draft, address, client):
    answer = client.post(address, opened(client, address) | hostile)

    assert answer.status_code in {200, 302}
    assert stored(draft)[0] == ("Klart sedan länge", "2024-06-30")
