"""Unsaved text is gone once the form is saved, or its author throws it away, and nobody else does that."""

from uuid import uuid4

import pytest
from django.urls import reverse

from activities.follow_ups.actions import Answer, keep_unsaved, record_follow_up
from activities.models import FollowUp, UnsavedAnswer
from activities.states import State
from tests.factories import ActivityFactory, UnsavedAnswerFactory
from tests.support.at_once import People
from tests.support.unsaved import TEXT, shown, unsaved_answers

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("how", [{"what_happened": TEXT}, {"unchanged": "1"}])
def test_what_is_saved_is_no_draft_any_more_and_undoing_does_not_bring_it_back(
    how, browser, opened, address, follow_up_address
):
    form = opened()
    browser.post(address, form | {"what_happened": TEXT})

    assert browser.post(follow_up_address, form | how).status_code == 302
    assert unsaved_answers() == []

    browser.post(reverse("undo_follow_up", args=[FollowUp.objects.latest("saved_at").pk]))
    assert unsaved_answers() == []
    assert shown(browser, follow_up_address)["what_happened"] in {"", None}


def test_a_save_that_is_refused_leaves_the_draft(browser, opened, address, follow_up_address):
    form = opened() | {"what_happened": "Samtal med 19811228-9874."}
    browser.post(address, form)

    assert browser.post(follow_up_address, form).status_code == 200

    assert unsaved_answers() == [("huge@example.com", "Samtal med 19811228-XXXX.")]


def test_anothers_save_leaves_the_draft(browser, opened, address, follow_up_address, samordnare, client_for):
    browser.post(address, opened() | {"what_happened": TEXT})
    theirs = client_for(samordnare)

    theirs.post(follow_up_address, opened(theirs) | {"what_happened": "Nytt."})

    assert unsaved_answers() == [("huge@example.com", TEXT)]


def test_a_draft_that_arrives_after_the_save_is_none_but_what_is_typed_on_is(
    browser, opened, address, follow_up_address
):
    form = opened()
    browser.post(follow_up_address, form | {"what_happened": TEXT})

    late = browser.post(address, form | {"what_happened": "Sju"}).json()
    assert (late["is_saved"], unsaved_answers()) == (True, [])
    assert browser.post(address, form | {"ping": "1"}).json()["is_saved"] is True

    news = browser.post(address, form | {"what_happened": "Åtta", "again": "1"}).json()
    assert (news["is_saved"], unsaved_answers()) == (False, [("huge@example.com", "Åtta")])


def test_throwing_it_away_leads_back_to_the_form_without_it(browser, opened, address, belysning):
    browser.post(address, opened() | {"what_happened": TEXT})
    discard = reverse("discard_unsaved", args=[belysning.pk])

    response = browser.post(discard, {"aktivitet": belysning.pk})

    assert response["Location"] == f"/mitt-arbete/?aktivitet={belysning.pk}"
    assert unsaved_answers() == []
    page = browser.get(response["Location"]).content.decode()
    assert "Utkastet är slängt." in page
    assert TEXT not in page
    assert browser.post(discard)["Location"] == belysning.get_absolute_url()


def test_nobody_throws_away_anothers(belysning, huge_rep, samordnare, client_for):
    UnsavedAnswerFactory(activity=belysning, author=huge_rep)

    client_for(samordnare).post(reverse("discard_unsaved", args=[belysning.pk]))

    assert UnsavedAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_a_save_and_its_draft_at_once_only_the_follow_up_is_left(huge_rep, agreement, now, tmp_path):
    activity, key = ActivityFactory(), uuid4()
    people, answer = People(tmp_path), Answer(State.ON_TRACK, what_happened=TEXT)
    common = {"activity": activity, "by": huge_rep, "at": now, "submission_key": key}

    people.do(
        lambda: keep_unsaved(answers={"what_happened": "Sju"}, **common),
        lambda: record_follow_up(answer=answer, **common),
        lambda: keep_unsaved(answers={"what_happened": "Sju lyktor"}, **common),
    )

    assert people.see(FollowUp.objects.count) == 1
    assert people.see(UnsavedAnswer.objects.count) == 0
