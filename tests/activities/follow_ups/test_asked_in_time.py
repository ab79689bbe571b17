"""A question that was asked before its round ended can be answered after it."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ActivityFactory, FollowUpFactory, QuestionFactory, RoundFactory

WORK = "/mitt-arbete/"
TEXT = "Hur många trapphus är klara?"


def test_what_was_asked_before_the_round_ended_can_be_answered_afterwards(agreement, huge_rep, client_for):
    round = RoundFactory(closed_on=date(2024, 9, 20))
    follow_up = FollowUpFactory(activity=ActivityFactory(), round=round)
    QuestionFactory(follow_up=follow_up, text=TEXT)
    browser, address = client_for(huge_rep), follow_up.activity.get_absolute_url()

    correct = reverse("correct_follow_up", args=[follow_up.pk])
    page = browser.get(address)
    assert not hasattr(page.context["form"], "follow_up")
    assert TEXT in page.content.decode()
    assert correct in page.content.decode()
    hidden = {field.name: field.value() for field in browser.get(correct).context["form"].hidden_fields()}
    saved = browser.post(
        correct, hidden | {"state": "on_track", "what_happened": "Tjugo är klara."}, follow=True
    )

    answer = follow_up.replaced_by.get()
    assert "Rättelsen är sparad." in saved.content.decode()
    assert "/angra/" not in saved.content.decode()  # the round has ended, and what is said in it stands
    assert (answer.refers_on, answer.round) == (follow_up.refers_on, round)
    assert correct not in browser.get(address).content.decode()


def test_it_stands_on_mitt_arbete_of_whoever_is_asked_until_it_is_answered(
    agreement, huge_rep, polis_rep, samordnare, client_for
):
    follow_up = FollowUpFactory(
        activity=ActivityFactory(title="Belysning"), round=RoundFactory(closed_on=date(2024, 9, 20))
    )
    QuestionFactory(follow_up=follow_up, text=TEXT)
    correct = reverse("correct_follow_up", args=[follow_up.pk])

    page = client_for(huge_rep).get(WORK)
    assert page.context["work"].headline == "1 fråga väntar på svar"
    assert (TEXT in page.content.decode(), f'href="{correct}"' in page.content.decode()) == (True, True)
    for other in (polis_rep, samordnare):
        assert TEXT not in client_for(other).get(WORK).content.decode()

    FollowUpFactory(activity=follow_up.activity, round=follow_up.round, replaces=follow_up)
    assert TEXT not in client_for(huge_rep).get(WORK).content.decode()


def test_one_of_the_open_round_stands_there_once(agreement, huge_rep, client_for):
    follow_up = FollowUpFactory(activity=ActivityFactory(), round=RoundFactory())
    QuestionFactory(follow_up=follow_up, text=TEXT)

    page = client_for(huge_rep).get(WORK)

    assert page.context["work"].late_questions == []
    assert page.content.decode().count(TEXT) == 1


@pytest.mark.parametrize("has_ended", [False, True])
def test_what_the_coordinator_answers_is_undone_only_while_the_round_is_open(
    has_ended, agreement, samordnare, client_for
):
    round = RoundFactory(closed_on=date(2024, 9, 20) if has_ended else None)
    follow_up = FollowUpFactory(activity=ActivityFactory(), round=round)
    QuestionFactory(follow_up=follow_up, text=TEXT)
    address = reverse("answer_question", args=[follow_up.pk])

    page = client_for(samordnare).post(address, {"answer": "Tjugo."}, follow=True).content.decode()

    assert "Svaret är sparat åt Huge." in page
    assert ("/angra/" in page) is not has_ended
