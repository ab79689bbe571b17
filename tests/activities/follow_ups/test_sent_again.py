"""A form that is sent again after going back, with another content or once the first is undone, says so and loses nothing."""

from datetime import date

import pytest
from django.urls import reverse

from activities.models import Activity, FollowUp
from tests.factories import ContributionFactory, FollowUpFactory, MilestoneFactory, QuestionFactory
from tests.support.follow_ups import new_follow_ups
from tests.support.sent_forms import Forms

TEXT = "Tjugo lyktor är uppe."
OTHER_CONTENT = "Formuläret är redan sparat en gång, med annat innehåll."
UNDONE = "Du har ångrat det som sparades från formuläret förra gången."


def form_in(response):
    """The page's form with a key of its own, as a browser sends it, but for the line break that begins a text area."""
    found = [form for _, form in Forms(response.content.decode()).found if "submission_key" in form]
    return {name: [value.lstrip() for value in values] for name, values in max(found, key=len).items()}


@pytest.fixture
def milestone(belysning):
    return belysning.milestones.get()


@pytest.fixture
def filled(browser, follow_up_address):
    """The form as it stays on the page that the person goes back to."""
    return form_in(browser.get(follow_up_address)) | {"state": "on_track", "what_happened": TEXT}


def is_done(milestone):
    milestone.refresh_from_db()
    return milestone.done_on is not None


def test_a_milestone_ticked_after_going_back_is_not_dropped_silently(
    browser, follow_up_address, filled, belysning, milestone
):
    browser.post(follow_up_address, filled)

    again = browser.post(follow_up_address, filled | {"milestones": milestone.pk})

    page = again.content.decode()
    assert again.status_code == 200
    assert OTHER_CONTENT in page
    assert TEXT in page
    assert form_in(again)["milestones"] == [str(milestone.pk)]
    assert not is_done(milestone)
    kept = form_in(again)
    assert browser.post(follow_up_address, kept).status_code == 302
    assert is_done(milestone)
    assert len(new_follow_ups(belysning)) == 2


def test_a_milestone_no_longer_ticked_is_not_left_ticked_silently(
    browser, follow_up_address, filled, milestone
):
    browser.post(follow_up_address, filled | {"milestones": milestone.pk})

    again = browser.post(follow_up_address, filled)

    assert OTHER_CONTENT in again.content.decode()
    assert is_done(milestone)


@pytest.mark.parametrize(
    "changed",
    [
        {"what_happened": "Tjugotvå lyktor är uppe."},
        {"state": "at_risk"},
        {"state": "off_track", "needed": "En ny kabel.", "decision_by": "board"},
        {"actual": "22"},
        {"state": "done", "attainment": "partly"},
    ],
)
def test_any_other_content_is_told(changed, browser, follow_up_address, filled, belysning):
    browser.post(follow_up_address, filled)

    again = browser.post(follow_up_address, filled | changed)

    assert OTHER_CONTENT in again.content.decode()
    kept = form_in(again)
    assert {name: kept[name] for name in changed} == {name: [value] for name, value in changed.items()}
    assert len(new_follow_ups(belysning)) == 1


def test_the_same_form_after_undo_does_not_say_that_it_is_saved(
    browser, follow_up_address, filled, belysning, milestone
):
    filled |= {"milestones": milestone.pk}
    browser.post(follow_up_address, filled)
    browser.post(reverse("undo_follow_up", args=[new_follow_ups(belysning)[0].pk]))

    again = browser.post(follow_up_address, filled)

    page = again.content.decode()
    assert again.status_code == 200
    assert UNDONE in page
    assert TEXT in page
    assert not is_done(milestone)
    assert browser.post(follow_up_address, form_in(again)).status_code == 302
    assert is_done(milestone)
    assert FollowUp.objects.counting().filter(activity=belysning, what_happened=TEXT).count() == 1


def test_my_work_says_it_too(browser, belysning, milestone):
    address = reverse("my_work")
    filled = form_in(browser.get(f"{address}?aktivitet={belysning.pk}")) | {
        "aktivitet": belysning.pk,
        "state": "on_track",
        "what_happened": TEXT,
    }
    browser.post(address, filled)

    again = browser.post(address, filled | {"milestones": milestone.pk})

    assert OTHER_CONTENT in again.content.decode()
    assert not is_done(milestone)


def test_a_correction_with_another_milestone_is_told(browser, belysning, huge_rep, milestone):
    round = belysning.agreement.rounds.get()
    follow_up = FollowUpFactory(
        activity=belysning, at_risk=True, round=round, author=huge_rep, refers_on=round.as_of
    )
    QuestionFactory(follow_up=follow_up)
    address = reverse("correct_follow_up", args=[follow_up.pk])
    filled = form_in(browser.get(address)) | {"state": "on_track", "what_happened": TEXT}
    assert browser.post(address, filled).status_code == 302

    again = browser.post(address, filled | {"milestones": milestone.pk})

    assert OTHER_CONTENT in again.content.decode()
    assert not is_done(milestone)
    assert browser.post(address, filled).status_code == 302


def test_a_contributors_text_after_undo_is_told_and_kept(client_for, belysning, polisen, polis_rep):
    ContributionFactory(activity=belysning, party=polisen, confirmed_on=date(2024, 3, 1))
    client = client_for(polis_rep)
    address = reverse("contribution", args=["2023-2024", belysning.number, polisen.slug])
    filled = form_in(client.get(address)) | {"what_happened": "Vi har gått två kvällar.", "gjort": "1"}
    client.post(address, filled)
    saved = FollowUp.objects.get(what_happened="Vi har gått två kvällar.")
    client.post(reverse("undo_follow_up", args=[saved.pk]))

    again = client.post(address, filled)

    assert UNDONE in again.content.decode()
    assert "Vi har gått två kvällar." in again.content.decode()
    assert client.post(address, form_in(again) | {"gjort": "1"}).status_code == 302


def test_a_replacement_with_another_reason_is_told(client_for, samordnare, old):
    MilestoneFactory(activity=old)
    client = client_for(samordnare)
    address = f"{reverse('new_activity', args=['2023-2024'])}?ersatter={old.number}"
    filled = form_in(client.get(address)) | {"reason": "Platsen byggs om.", "title": "I tunneln"}
    assert client.post(address, filled).status_code == 302
    draft = Activity.objects.get(replaces=old)

    again = client.post(address, filled | {"reason": "Parken stängs."})

    page = again.content.decode()
    assert f"Du har redan ersatt aktiviteten från det här formuläret, med aktivitet {draft.number}." in page
    assert "Parken stängs." in page
    assert Activity.objects.get(replaces=old) == draft
