"""Unsaved text in a follow-up form comes back to its author only, and is deleted when the form is saved."""

from datetime import date

import pytest
from django.urls import reverse

from activities.follow_ups.unsaved import MAX_LENGTH
from activities.models import FollowUp, Question, Round, UnsavedAnswer
from activities.rounds.actions import close_round
from tests.factories import FollowUpFactory, QuestionFactory
from tests.support.unsaved import TEXT, opened_by, shown, unsaved_answers

pytestmark = pytest.mark.one_database


# --- Keeping and coming back ----------------------------------------------------------------------------------
def test_what_is_typed_stands_in_the_form_wherever_it_is_opened(
    browser, belysning, opened, address, client_for, huge_rep
):
    milestone = belysning.milestones.get()
    typed = {"state": "at_risk", "what_happened": TEXT, "needed": "En kabel", "actual": "12,"}

    answer = browser.post(address, opened() | typed | {"milestones": [milestone.pk]}).json()

    assert (answer["who"], answer["is_saved"], len(answer["kept_at"])) == ("author", False, 5)
    elsewhere = client_for(huge_rep)
    for page in ("/mitt-arbete/", belysning.get_absolute_url(), f"{belysning.get_absolute_url()}folj-upp/"):
        assert shown(elsewhere, page) == typed
        body = elsewhere.get(page).content.decode()
        assert f"Osparat utkast från 30 september 2024 kl. {answer['kept_at']}." in body
        assert body.count(" checked") == 3  # the state, the milestone and the day


@pytest.mark.parametrize("typed", ["1.200", "142"])
def test_an_earlier_outcome_is_never_told_as_how_the_typed_one_was_saved(
    typed, browser, belysning, opened, address
):
    FollowUpFactory(activity=belysning, on_track=True, refers_on=date(2024, 8, 1), actual=142)
    page = belysning.get_absolute_url()
    assert "Senaste utfall 142</p>" in browser.get(page).content.decode()

    browser.post(address, opened() | {"state": "on_track", "actual": typed})

    body = browser.get(page).content.decode()
    assert f'value="{typed}"' in body
    assert "Senaste utfall 142</p>" in body
    assert "Sparat som" not in body


def test_a_draft_is_one_and_the_newest_typed(browser, opened, address):
    form = opened()
    for text in ("Sju", "Sju lyktor", TEXT):
        browser.post(address, form | {"what_happened": text})
    first = UnsavedAnswer.objects.get().saved_at

    browser.post(address, form | {"what_happened": TEXT})

    assert unsaved_answers() == [("huge@example.com", TEXT)]
    assert UnsavedAnswer.objects.get().saved_at == first  # when it was typed, not when it was last sent


def test_only_the_forms_own_fields_are_kept_and_no_nul(browser, opened, address):
    sent = opened() | {"what_happened": f"{TEXT}\x00", "milestones": ["7", "x"], "password": "hemligt"}

    browser.post(address, sent)

    assert UnsavedAnswer.objects.get().answers == {
        "state": "on_track",
        "what_happened": TEXT,
        "milestones": ["7"],
        "refers_on": "2024-08-31",
        "newest_id": int(sent["newest_id"]),
        "corrects": 0,
    }


@pytest.mark.parametrize("field", ["what_happened", "needed", "actual", "state"])
def test_too_long_a_text_is_refused_and_what_was_kept_stays(field, browser, opened, address):
    browser.post(address, opened() | {"what_happened": TEXT})

    refused = browser.post(address, opened() | {field: "a" * (MAX_LENGTH + 1)})

    assert refused.json() == {"fault": "Texten är för lång för att sparas som utkast."}
    assert unsaved_answers() == [("huge@example.com", TEXT)]


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "x", "\u00b2", ""])
def test_a_number_that_is_none_of_ours_keeps_the_draft(number, browser, opened, address, follow_up_address):
    answer = browser.post(address, opened() | {"what_happened": TEXT, "newest_id": number})

    assert answer.status_code == 200
    assert shown(browser, follow_up_address)["what_happened"] == TEXT


def test_what_no_choice_offers_comes_back_as_no_choice(browser, opened, address, follow_up_address):
    browser.post(address, opened() | {"state": "finns inte", "decision_by": "x", "milestones": ["999999"]})

    page = browser.get(follow_up_address)

    assert page.status_code == 200
    assert 'value="on_track" required' not in page.content.decode()
    assert page.content.decode().count(" checked") == 1  # the day


def test_a_form_as_it_was_is_no_draft_and_takes_the_draft_away(browser, opened, address):
    untouched = opened()
    browser.post(address, untouched)
    assert unsaved_answers() == []

    browser.post(address, untouched | {"what_happened": TEXT})
    answer = browser.post(address, untouched | {"what_happened": " \r\n"}).json()

    assert unsaved_answers() == []
    assert answer["kept_at"] == ""


def test_asking_how_it_stands_changes_nothing(browser, opened, address):
    untouched = opened()
    browser.post(address, untouched | {"what_happened": TEXT})

    answer = browser.post(address, untouched | {"ping": "1"}).json()

    assert (len(answer["kept_at"]), answer["is_saved"]) == (5, False)
    assert unsaved_answers() == [("huge@example.com", TEXT)]


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_the_draft_says_what_has_been_said_since(
    is_withdrawn, browser, opened, address, belysning, samordnare, now, client_for, follow_up_address
):
    theirs = client_for(samordnare)
    if is_withdrawn:
        theirs.post(follow_up_address, opened(theirs) | {"what_happened": "Nytt."})
    browser.post(address, opened() | {"what_happened": TEXT})
    if is_withdrawn:
        theirs.post(reverse("undo_follow_up", args=[FollowUp.objects.latest("saved_at").pk]))
    else:
        theirs.post(follow_up_address, opened(theirs) | {"what_happened": "Nytt."})

    page = browser.get(follow_up_address).content.decode()

    said = "en uppföljning tagits tillbaka." if is_withdrawn else "Samordnare trygghet åt Huge följt upp, "
    assert f"Sedan dess har {said}" in page
    assert f"{TEXT}</textarea>" in page


def test_a_correction_is_a_draft_of_its_own(belysning, browser, address, huge_rep):
    follow_up = FollowUpFactory(activity=belysning, author=huge_rep, on_track=True, round=Round.objects.get())
    QuestionFactory(follow_up=follow_up)
    correct = reverse("correct_follow_up", args=[follow_up.pk])
    sent = opened_by(browser, correct)

    browser.post(address, sent | {"what_happened": TEXT})

    for page in (correct, "/mitt-arbete/"):
        assert shown(browser, page)["what_happened"] == TEXT
    Question.objects.update(taken_back_at=follow_up.saved_at)
    assert shown(browser, belysning.get_absolute_url())["what_happened"] in {"", None}
    assert browser.post(correct, sent | {"what_happened": TEXT}).status_code == 302
    assert unsaved_answers() == []


def test_a_correction_of_what_was_said_beside_the_round_is_a_draft_of_its_own_too(
    belysning, browser, address, huge_rep, today
):
    follow_up = FollowUpFactory(activity=belysning, author=huge_rep, on_track=True, refers_on=today)
    correct = reverse("correct_follow_up", args=[follow_up.pk])

    browser.post(address, opened_by(browser, correct) | {"what_happened": TEXT})

    assert shown(browser, correct)["what_happened"] == TEXT
    for page in ("/mitt-arbete/", belysning.get_absolute_url()):
        assert shown(browser, page)["what_happened"] in {"", None}


@pytest.mark.parametrize("how", ["closed", "another has corrected it"])
def test_a_correction_that_cannot_be_made_any_more_stands_in_the_ordinary_form(
    how, belysning, browser, address, huge_rep, samordnare, today, now
):
    round = Round.objects.get()
    follow_up = FollowUpFactory(activity=belysning, author=huge_rep, on_track=True, round=round)
    correct = reverse("correct_follow_up", args=[follow_up.pk])
    browser.post(address, opened_by(browser, correct) | {"what_happened": TEXT})
    if how == "closed":  # what a question asks for can be corrected afterwards too
        close_round(by=samordnare, round=round, today=today)
    else:
        QuestionFactory(follow_up=follow_up)
        FollowUpFactory(activity=belysning, at_risk=True, round=round, replaces=follow_up, saved_at=now)

    page = browser.get(correct, follow=True)

    assert page.redirect_chain == [(belysning.get_absolute_url(), 302)]
    assert page.context["form"]["what_happened"].value() == TEXT
    assert f"{TEXT}</textarea>" in page.content.decode()


def test_what_was_typed_before_the_question_came_stands_in_the_form_that_answers_it(
    belysning, browser, opened, address, huge_rep
):
    """It is the only form then; saving it deletes the unsaved answer."""
    follow_up = FollowUpFactory(activity=belysning, author=huge_rep, on_track=True, round=Round.objects.get())
    correct = reverse("correct_follow_up", args=[follow_up.pk])
    browser.post(address, opened() | {"what_happened": TEXT})
    assert shown(browser, correct)["what_happened"] == follow_up.what_happened  # without a question
    QuestionFactory(follow_up=follow_up)

    for page in (correct, "/mitt-arbete/", belysning.get_absolute_url()):
        assert shown(browser, page)["what_happened"] == TEXT
