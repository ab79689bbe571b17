"""The days on which each record of a plan's history holds: they follow from the history, and keep what they point at."""

from datetime import date
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError

from activities.models import Activity, ActivityDays, Contribution, NeedDays, PlaceDays
from activities.models.plan_days import wrong_days
from activities.planning.actions import edit_plan, remove_draft
from priorities.agreements.actions import choose_places
from priorities.models import FocusArea, Need
from priorities.needs.actions import remove_need
from samverkan.lib.history import signed
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    ContributionFactory,
    FocusAreaFactory,
    MilestoneFactory,
    NeedFactory,
    PlaceFactory,
)
from tests.factories.activities import at_ten
from tests.support.plans import plan_of
from tests.support.stored import rows

pytestmark = pytest.mark.django_db

APRIL, MAY = date(2024, 4, 2), date(2024, 5, 14)
THEN = "/2023-2024/behov/?per=2024-03-31"


@rows
def activity(agreement, samordnare):
    """Answers a need in Skogås until May, and from then on another one everywhere."""
    old, new = NeedFactory(problem="Det är mörkt."), NeedFactory(problem="Det är högljutt.")
    skogas = FocusAreaFactory(place=PlaceFactory(slug="skogas", name="Skogås"))
    activity = ActivityFactory(title="Belysning")
    for day, changes in {
        date(2024, 2, 1): {"needs": [old], "focus_areas": [skogas]},
        MAY: {"needs": [new], "focus_areas": []},
    }.items():
        activity.refresh_from_db()
        plan = plan_of(activity, **changes)
        edit_plan(activity=activity, by=samordnare, at=at_ten(day), version=activity.version, plan=plan)
    return activity


# --- What an earlier day tells stays ----------------------------------------------------------------------------
def test_a_need_that_had_an_activity_is_not_removed(activity, samordnare, now, client_for):
    need = Need.objects.get(problem="Det är mörkt.")
    client = client_for(samordnare)

    with pytest.raises(ValidationError, match="Behovet har haft aktiviteter"):
        remove_need(by=samordnare, at=now, need=need, seen=None)

    assert "Behovet har haft aktiviteter" in client.get(f"{need.get_absolute_url()}ta-bort/").content.decode()
    rows = client.get(THEN).context["page"].rows
    assert {row.need.problem: row.activity_count for row in rows} == {
        "Det är mörkt.": 1,
        "Det är högljutt.": 0,
    }


def test_a_place_that_had_an_activity_is_not_removed(samordnare, now):
    """In a draft agreement, whose activities are drafts."""
    agreement = AgreementFactory(draft=True)
    skogas = FocusAreaFactory(agreement=agreement, place=PlaceFactory(slug="skogas", name="Skogås"))
    activity = ActivityFactory(agreement=agreement, draft=True, focus_areas=[skogas])
    plan = plan_of(activity, focus_areas=[])
    edit_plan(activity=activity, by=samordnare, at=at_ten(MAY), version=activity.version, plan=plan)

    with pytest.raises(ValidationError, match="Skogås har haft aktiviteter"):
        choose_places(by=samordnare, at=now, agreement=agreement, seen=None, places=[])


def test_no_code_erases_them(activity):
    for row in (Need.objects.get(problem="Det är mörkt."), FocusArea.objects.get()):
        with pytest.raises(ProtectedError):
            row.delete()


def test_what_only_a_removed_draft_answered_can_be_removed(agreement, samordnare, now):
    need = NeedFactory()
    draft = ActivityFactory(draft=True, needs=[need])
    plan = plan_of(draft, needs=[need], title="Ljus")
    edit_plan(activity=draft, by=samordnare, at=at_ten(MAY), version=draft.version, plan=plan)
    draft.refresh_from_db()
    assert NeedDays.objects.exists()

    remove_draft(activity=draft, by=samordnare, at=now, version=draft.version)

    assert (NeedDays.objects.count(), ActivityDays.objects.count()) == (0, 0)
    remove_need(by=samordnare, at=now, need=need, seen=None)
    assert not Need.objects.exists()
    assert wrong_days() == []


# --- What is derived can be proved ------------------------------------------------------------------------------
def test_the_days_follow_from_the_history_and_a_command_says_so(activity, polisen):
    ContributionFactory(activity=activity, party=polisen)
    MilestoneFactory(activity=activity)

    def audited(*options: str) -> str:
        out = StringIO()
        call_command("audit", "plans", *options, stdout=out)
        return out.getvalue().strip()

    assert audited() == "Planen är varje dag den som historiken säger."

    ActivityDays.objects.filter(row_id=activity.pk, until_day=MAY).update(until_day=APRIL)
    assert wrong_days() == [f"activitydays {activity.pk}"]
    with pytest.raises(CommandError, match=f"följer inte av historiken för activitydays {activity.pk}"):
        audited()
    assert audited("--mend") == f"Omgjort efter historiken: activitydays {activity.pk}."
    assert audited() == "Planen är varje dag den som historiken säger."


def test_an_older_record_of_the_activity_makes_its_parts_older_too(agreement, samordnare, polisen):
    """What was registered in May, with a history that is later told from April."""
    activity = Activity(
        agreement=agreement, number=9, title="Belysning", priority_area=NeedFactory().priority_area,
        lead=samordnare.party, starts_on=date(2023, 1, 1), ends_on=date(2024, 12, 31), preparation="agreed",
        lead_yes_on=date(2023, 1, 1), coordinator_yes_on=date(2023, 1, 1),
    )  # fmt: skip
    signed(activity, by=samordnare, at=at_ten(MAY)).save()
    signed(Contribution(activity=activity, party=polisen), by=samordnare, at=at_ten(MAY)).save()

    signed(activity, by=samordnare, at=at_ten(APRIL)).save()

    assert wrong_days() == []


def test_the_migration_gives_the_lists_their_days(activity):
    held = {
        table: set(table.objects.values_list("row_id", "other", "from_day", "until_day"))
        for table in (PlaceDays, NeedDays)
    }
    assert all(held.values())
    for table in held:
        table.objects.all().delete()

    import_module("activities.migrations.0013_days_of_the_lists").give_days(apps, None)

    for table, was in held.items():
        assert set(table.objects.values_list("row_id", "other", "from_day", "until_day")) == was
    assert wrong_days() == []
