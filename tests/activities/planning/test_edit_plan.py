"""Editing a plan: saved once, mailed to the lead party when agreed, never over another's change."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from activities.history.changes import newest_change
from activities.models import Activity, Contribution
from activities.planning.actions import accept_activity, edit_plan, propose_activity
from samverkan.lib.editing.stale import Stale
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    ContributionFactory,
    FocusAreaFactory,
    NeedFactory,
    PriorityAreaFactory,
    UnitFactory,
)
from tests.support.plans import plan_of
from tests.support.stored import rows

pytestmark = pytest.mark.django_db


@rows
def draft(agreement):
    return ActivityFactory(draft=True, needs=[NeedFactory()])


@rows
def agreed(agreement, huge_rep):
    return ActivityFactory(needs=[NeedFactory()])


@pytest.fixture
def edit(samordnare, now):
    """Edits as the coordinator, with the current version and the given values."""

    def edited(activity, *, by=samordnare, version=None, **given):
        return edit_plan(
            activity=activity,
            by=by,
            at=now,
            version=activity.version if version is None else version,
            plan=plan_of(activity, **given),
        )

    return edited


def test_all_that_was_given_is_stored_and_has_its_place_in_the_history(draft, edit, samordnare, polisen):
    place, need = FocusAreaFactory(), NeedFactory(problem="Trasiga lyktor.")

    assert edit(
        draft,
        title="Ljus längs stråket",
        ends_on=date(2024, 6, 30),
        focus_areas=[place],
        needs=[need],
        contributors=[polisen],
    )

    stored = Activity.objects.get()
    assert (stored.title, stored.ends_on, stored.version) == ("Ljus längs stråket", date(2024, 6, 30), 2)
    assert [*stored.focus_areas.all(), *stored.needs.all(), *stored.contributors.all()] == [
        place,
        need,
        polisen,
    ]
    change = newest_change(stored)
    assert change.by == samordnare
    assert {line.label for line in change.lines} == {
        "Namn",
        "Slut",
        "Geografiska områden",
        "Behov",
        "Medverkande part tillagd",
    }


def test_what_is_saved_as_it_stood_changes_nothing(draft, edit):
    before = draft.past.count()

    assert edit(draft) is False
    assert (Activity.objects.get().version, draft.past.count()) == (1, before)


def test_whoever_stays_a_contributor_keeps_what_it_has_written(draft, edit, polisen, kommunen):
    ContributionFactory(activity=draft, party=polisen, what="Patrullerar.", confirmed_on=date(2024, 3, 1))
    ContributionFactory(activity=draft, party=kommunen)

    edit(draft, contributors=[polisen])

    kept = Contribution.objects.get()
    assert (kept.party, kept.what, kept.confirmed_on) == (polisen, "Patrullerar.", date(2024, 3, 1))


def test_a_change_of_what_is_agreed_is_mailed_to_the_lead_party(
    agreed, edit, huge_rep, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        edit(agreed, ends_on=date(2024, 6, 30))

    (letter,) = mail.outbox
    assert letter.to == [huge_rep.email]
    assert "31 december 2024 → 30 juni 2024" in letter.body


def test_a_change_of_a_draft_is_mailed_to_nobody(draft, edit, huge_rep, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        edit(draft, ends_on=date(2024, 6, 30))

    assert mail.outbox == []


# --- Who may -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["polis_rep", "rep_without_party", "handlaggare", "admin", "lasare"])
@pytest.mark.parametrize("preparation", ["draft", "agreed"])
def test_others_do_not_edit(who, preparation, edit, request, draft, agreed):
    activity = {"draft": draft, "agreed": agreed}[preparation]
    with pytest.raises(PermissionDenied):
        edit(activity, by=request.getfixturevalue(who), title="Annat")
    assert not Activity.objects.filter(title="Annat").exists()


def test_a_representative_edits_the_own_draft_but_not_what_is_agreed(draft, agreed, edit, huge_rep):
    assert edit(draft, by=huge_rep, title="Annat")
    with pytest.raises(PermissionDenied):
        edit(agreed, by=huge_rep, title="Annat")


def test_a_representative_gives_no_draft_to_another_party(draft, edit, huge_rep, polisen):
    with pytest.raises(PermissionDenied):
        edit(draft, by=huge_rep, lead=polisen)
    assert Activity.objects.get().lead == huge_rep.party


def test_a_proposal_waits_as_it_is(agreement, edit, samordnare, huge_rep):
    proposal = ActivityFactory(proposed=True)
    for user in (samordnare, huge_rep):
        with pytest.raises(PermissionDenied):
            edit(proposal, by=user, title="Annat")


# --- What does not hold --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"ends_on": date(2022, 12, 31)}, "ends_on", "Slutdatumet är före startdatumet."),
        (
            {"ends_on": date(2025, 1, 1)},
            "ends_on",
            "Aktiviteten måste ligga inom överenskommelsens tid, 1 januari 2023 till 31 december 2024.",
        ),
        (
            {"starts_on": date(2022, 12, 31)},
            "starts_on",
            "Aktiviteten måste ligga inom överenskommelsens tid, 1 januari 2023 till 31 december 2024.",
        ),
    ],
)
def test_dates_lie_in_order_and_within_the_agreement(given, field, sentence, draft, edit):
    with pytest.raises(ValidationError) as refused:
        edit(draft, **given)
    assert refused.value.message_dict == {field: [sentence]}
    assert Activity.objects.get().version == 1


def test_lead_contributors_unit_and_reporters_go_together(draft, edit, huge, huge_rep, polisen):
    with pytest.raises(ValidationError) as refused:
        edit(
            draft,
            lead=polisen,
            contributors=[polisen, huge],
            unit=UnitFactory(party=huge),
            reporters=[huge_rep],
        )
    assert refused.value.message_dict == {
        "contributors": ["Polisen är ansvarig part och kan inte också vara medverkande."],
        "unit": ["Enheten hör inte till Polisen."],
        "reporters": ["Den som rapporterar ska höra till Polisen."],
    }


@pytest.mark.parametrize("name", ["priority_area", "focus_areas", "needs"])
def test_what_belongs_to_another_agreement_is_refused(name, draft, edit):
    other = AgreementFactory(next_period=True)
    parts = {
        "priority_area": PriorityAreaFactory(agreement=other),
        "focus_areas": [FocusAreaFactory(agreement=other)],
        "needs": [NeedFactory(agreement=other)],
    }
    with pytest.raises(ValidationError) as refused:
        edit(draft, **{name: parts[name]})
    assert list(refused.value.message_dict) == [name]


def test_what_is_agreed_keeps_its_lead_party_and_a_need(agreed, edit, polisen):
    with pytest.raises(ValidationError) as refused:
        edit(agreed, lead=polisen, needs=[])
    assert list(refused.value.message_dict) == ["lead", "needs"]
    assert Activity.objects.get().version == 1


# --- Two editors ---------------------------------------------------------------------------------------------
def test_a_stale_save_changes_nothing_and_says_who_changed_what(draft, edit, huge_rep, now, samordnare):
    edit(draft, by=huge_rep, ends_on=date(2024, 6, 30))

    with pytest.raises(Stale) as stale:
        edit(draft, version=1, title="Mitt namn")

    assert str(stale.value) == "Områdesutvecklare ändrade slut den 30 september 2024 kl. 10.00."
    assert Activity.objects.get().title == "Belysning längs stråket"


def test_an_edit_after_the_yes_of_both_carries_the_new_version(agreement, edit, samordnare, huge_rep, now):
    draft = ActivityFactory(draft=True, needs=[NeedFactory()])
    proposal = propose_activity(activity=draft, by=huge_rep, at=now, version=1)
    agreed = accept_activity(activity=proposal, by=samordnare, at=now, version=2)

    with pytest.raises(Stale):
        edit(agreed, version=1, title="Annat")
    assert edit(agreed, title="Annat")
