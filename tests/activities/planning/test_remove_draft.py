"""Only a draft that neither side has said yes to can be removed, with all its parts."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from activities.models import Activity, Contribution, Milestone
from activities.planning.actions import register_activity, remove_draft
from samverkan.lib.editing.stale import Stale
from tests.factories import ActivityFactory, PriorityAreaFactory
from tests.support.plans import sent
from tests.support.stored import rows

pytestmark = pytest.mark.django_db


@rows
def draft(agreement, polisen):
    return ActivityFactory(draft=True, contributors=[polisen], milestones=["Kartlagt"])


def address(activity) -> str:
    return reverse("remove_activity", args=["2023-2024", activity.number])


# --- The action ------------------------------------------------------------------------------------------------
def test_all_that_is_in_it_goes_and_the_history_shows_it(draft, huge_rep, now):
    remove_draft(activity=draft, by=huge_rep, at=now, version=1)

    assert [model.objects.count() for model in (Activity, Contribution, Milestone)] == [0, 0, 0]
    last = Activity.history.latest()
    assert (last.history_type, last.history_user, last.history_date) == ("-", huge_rep, now)


def test_its_number_is_not_used_again(draft, agreement, huge, samordnare, now):
    remove_draft(activity=draft, by=samordnare, at=now, version=1)
    again = register_activity(
        by=samordnare,
        at=now,
        agreement=agreement,
        title="Ny",
        priority_area=PriorityAreaFactory(),
        lead=huge,
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 2, 1),
    )
    assert again.number == draft.number + 1


@pytest.mark.parametrize("who", ["polis_rep", "rep_without_party", "handlaggare", "admin", "lasare"])
def test_others_remove_nothing(who, draft, now, request):
    with pytest.raises(PermissionDenied):
        remove_draft(activity=draft, by=request.getfixturevalue(who), at=now, version=1)
    assert Activity.objects.get() == draft


@pytest.mark.parametrize("stage", ["proposed", "waits_for_lead", "agreed"])
def test_what_somebody_has_said_yes_to_stays(stage, agreement, samordnare, huge_rep, now):
    activity = ActivityFactory(**({} if stage == "agreed" else {stage: True}))
    for user in (samordnare, huge_rep):
        with pytest.raises(PermissionDenied):
            remove_draft(activity=activity, by=user, at=now, version=1)
    assert Activity.objects.get() == activity


def test_a_returned_one_can_be_removed(agreement, huge_rep, now):
    remove_draft(activity=ActivityFactory(returned=True), by=huge_rep, at=now, version=1)
    assert not Activity.objects.exists()


def test_what_another_refers_to_stays(draft, samordnare, now):
    ActivityFactory(continues=draft)
    with pytest.raises(ValidationError) as refused:
        remove_draft(activity=draft, by=samordnare, at=now, version=1)
    assert refused.value.messages == ["Andra uppgifter hänvisar till aktiviteten. Den kan inte tas bort."]


def test_one_that_has_changed_meanwhile_stays(draft, samordnare, now):
    with pytest.raises(Stale):
        remove_draft(activity=draft, by=samordnare, at=now, version=0)
    assert Activity.objects.get() == draft


# --- The page --------------------------------------------------------------------------------------------------
def test_the_page_asks_first_and_removes_on_the_button(draft, huge_rep, client_for):
    client = client_for(huge_rep)
    page = client.get(address(draft))
    assert "Ta bort utkastet?" in page.content.decode()
    assert Activity.objects.get() == draft

    response = client.post(address(draft), sent(page.context["form"]), follow=True)

    assert response.redirect_chain == [("/2023-2024/aktiviteter/", 302)]
    assert f"Utkastet ”{draft.title}” är borttaget." in response.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize("version", ["", "0", "x", "9" * 5000, "1\x00"])
def test_a_page_that_was_opened_before_a_change_says_so_and_goes_through_the_second_time(
    version, draft, huge_rep, client_for
):
    client = client_for(huge_rep)
    refused = client.post(address(draft), {"version": version})

    assert refused.status_code == 200
    assert len(refused.context["form"].non_field_errors()) == 1
    assert Activity.objects.get() == draft
    assert client.post(address(draft), sent(refused.context["form"])).status_code == 302
    assert not Activity.objects.exists()


def test_what_another_refers_to_is_said_on_the_page(draft, samordnare, client_for):
    ActivityFactory(continues=draft)
    client = client_for(samordnare)
    form = client.get(address(draft)).context["form"]

    page = client.post(address(draft), sent(form)).content.decode()

    assert "Andra uppgifter hänvisar till aktiviteten. Den kan inte tas bort." in page


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        ("proposed", "Aktiviteten är föreslagen. Ta tillbaka förslaget om det ska ändras."),
        (
            "waits_for_lead",
            "Aktiviteten är föreslagen. Lämna tillbaka förslaget och skriv vad som behöver ändras.",
        ),
        ("agreed", "Aktiviteten är beslutad. Samordnaren kan ändra planen."),
    ],
)
def test_what_cannot_be_removed_any_more_is_said_on_the_activitys_page(
    stage, sentence, agreement, huge_rep, client_for
):
    activity = ActivityFactory(**({} if stage == "agreed" else {stage: True}))

    response = client_for(huge_rep).post(address(activity), {"version": "1"}, follow=True)

    assert response.redirect_chain == [(activity.get_absolute_url(), 302)]
    assert sentence in response.content.decode()
    assert Activity.objects.get() == activity


@pytest.mark.parametrize("state", ["cancelled", "on_track"])
def test_removing_what_replaces_another_says_that_the_other_stays_as_it_is(
    state, agreement, samordnare, client_for
):
    old = ActivityFactory(**{state: True})
    draft = ActivityFactory(draft=True, replaces=old, replace_reason="Platsen byggs om.")

    page = client_for(samordnare).get(address(draft)).content.decode()

    assert f"Aktivitet {old.number}</a>, som utkastet skulle ersätta, påverkas inte." in page
