"""A question that was asked before its round ended can be answered after it."""

from datetime import date

from django.urls import reverse

from tests.factories import ActivityFactory, FollowUpFactory, QuestionFactory, RoundFactory

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
    browser.post(correct, hidden | {"state": "on_track", "what_happened": "Tjugo är klara."})

    answer = follow_up.replaced_by.get()
    assert (answer.refers_on, answer.round) == (follow_up.refers_on, round)
    assert correct not in browser.get(address).content.decode()
