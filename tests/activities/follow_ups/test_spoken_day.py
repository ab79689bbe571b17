"""The day that a follow-up speaks of: said above the question, chosen by its author, and kept as its author saw it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from activities.models import Activity, FollowUp, Round
from activities.rounds.actions import close_round
from tests.factories import (
    ContributionFactory,
    FollowUpFactory,
    QuestionFactory,
)
from tests.support.follow_ups import answers, days, words

TODAY, AUGUST = date(2024, 9, 30), date(2024, 8, 31)
IN_AUGUST, IN_WORDS = (
    "Svaret gäller läget den 31 augusti 2024",
    "Svaret gäller läget i dag, den 30 september 2024",
)
TEXT = "Tjugo lyktor är uppe."


# --- Which day it begins with ------------------------------------------------------------------------------
@pytest.mark.parametrize("where", ["activity", "follow_up", "my_work"])
def test_the_first_answer_begins_with_the_rounds_day_and_today_can_be_chosen(where, belysning, browser):
    page = browser.get(
        {
            "activity": belysning.get_absolute_url(),
            "follow_up": f"{belysning.get_absolute_url()}folj-upp/",
            "my_work": "/mitt-arbete/",
        }[where]
    )

    assert days(page) == [("2024-08-31", True), ("2024-09-30", False)]
    text = words(page)
    assert text.index("Svaret gäller läget") < text.index("Hur går det?")
    assert "den 31 augusti 2024</label>" in text
    assert "i dag, den 30 september 2024</label>" in text


def test_an_answer_is_of_the_rounds_day_and_the_receipt_says_so(belysning, send):
    page = send(refers_on="2024-08-31")

    assert answers(belysning) == [(AUGUST, Round.objects.get())]
    assert "Den gäller läget den 31 augusti 2024." in words(page.client.get(page["Location"]))


def test_once_it_has_answered_the_next_begins_with_today(belysning, browser, follow_up_address, send):
    send()
    assert days(browser.get(follow_up_address)) == [("2024-08-31", False), ("2024-09-30", True)]

    send(state="at_risk", what_happened=TEXT)
    assert answers(belysning) == [(TODAY, None), (AUGUST, Round.objects.get())]


def test_a_first_answer_of_today_leaves_the_rounds_day_waiting_and_the_receipt_says_so(
    belysning, send, browser
):
    page = browser.get(send(refers_on="2024-09-30")["Location"])

    assert answers(belysning) == [(TODAY, None)]
    assert "Den gäller läget i dag. Läget den 31 augusti 2024 är inte besvarat än." in words(page)
    assert list(Activity.objects.missing_in(Round.objects.get(), today=TODAY)) == [belysning]

    mine = browser.get("/mitt-arbete/")
    hidden = {field.name: field.value() for field in mine.context["form"].hidden_fields()}
    sent = {"aktivitet": belysning.pk, "state": "on_track", "refers_on": "2024-09-30"}
    assert "i dag. Läget den 31 augusti 2024 är inte besvarat än. 1 aktivitet kvar." in words(
        browser.post("/mitt-arbete/", hidden | sent, follow=True)
    )


def test_between_rounds_it_is_about_today(belysning, browser, follow_up_address):
    Round.objects.update(closed_on=date(2024, 9, 20))

    assert IN_WORDS in words(browser.get(follow_up_address))


def test_in_a_round_that_is_open_before_its_day_today_is_the_answer(
    belysning, browser, follow_up_address, send
):
    Round.objects.update(as_of=date(2024, 10, 5), due_on=date(2024, 10, 20))

    assert days(browser.get(follow_up_address)) == [("2024-09-30", True)]
    send(refers_on="2024-09-30")
    assert answers(belysning) == [(TODAY, Round.objects.get())]


def test_nothing_new_is_of_the_chosen_day_too(belysning, send):
    send(unchanged="1", refers_on="2024-09-30")

    assert answers(belysning) == [(TODAY, None)]


def test_a_reply_without_a_day_is_of_the_day_that_a_form_begins_with(belysning, send):
    send()

    assert answers(belysning) == [(AUGUST, Round.objects.get())]


# --- A form that was opened before something happened -------------------------------------------------------
def test_one_opened_before_midnight_comes_back_with_the_text_and_what_it_is_about_now(
    belysning, browser, send, settings
):
    settings.SAMVERKAN_TODAY = TODAY + timedelta(days=1)
    page = send(refers_on="2024-09-30", what_happened=TEXT)

    assert answers(belysning) == []
    assert days(page) == [("2024-08-31", False), ("2024-10-01", True)]
    text = words(page)
    assert (
        "Formuläret visade läget den 30 september 2024, och svaret kan inte gälla den dagen längre." in text
    )
    assert "Nu gäller det läget i dag, den 1 oktober 2024." in text
    assert TEXT in text


@pytest.mark.parametrize("chosen", ["2024-08-31", "2024-09-30"])
def test_one_opened_before_the_round_was_closed_says_what_it_is_about_now(
    chosen, belysning, browser, follow_up_address, samordnare
):
    form = browser.get(follow_up_address).context["form"]
    sent = {field.name: field.value() for field in form.hidden_fields()}
    sent |= {"state": "on_track", "what_happened": TEXT, "refers_on": chosen}
    close_round(by=samordnare, round=Round.objects.get(), today=TODAY)

    page = browser.post(follow_up_address, sent)

    assert answers(belysning) == []
    assert "Det du skriver gäller nu läget i dag, den 30 september 2024." in words(page)
    assert (days(page), TEXT in words(page)) == ([("2024-09-30", True)], True)
    again = {field.name: field.value() for field in page.context["form"].hidden_fields()}
    browser.post(follow_up_address, sent | again | {"refers_on": "2024-09-30"})
    assert answers(belysning) == [(TODAY, None)]


def test_one_opened_before_another_answered_keeps_the_day_that_its_author_chose(
    belysning, browser, follow_up_address
):
    form = browser.get(follow_up_address).context["form"]
    sent = {field.name: field.value() for field in form.hidden_fields()}
    FollowUpFactory(activity=belysning, round=Round.objects.get(), what_happened="Någon hann före.")

    page = browser.post(follow_up_address, sent | {"state": "on_track", "refers_on": "2024-08-31"})

    assert "Någon hann före." in words(page)
    assert days(page) == [("2024-08-31", True), ("2024-09-30", False)]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2024-10-01", "Svaret kan inte gälla 1 oktober 2024, som inte har varit än."),
        ("2022-01-01", "Formuläret visade läget den 1 januari 2022"),
        ("2024-09-15", "Formuläret visade läget den 15 september 2024"),
        ("igår", "Välj vilken dag svaret gäller."),
        ("2024-02-30", "Välj vilken dag svaret gäller."),
    ],
)
def test_a_day_that_cannot_be_chosen_saves_nothing(day, sentence, belysning, send):
    page = send(refers_on=day, what_happened=TEXT)

    assert (page.status_code, answers(belysning)) == (200, [])
    assert sentence in words(page)
    assert TEXT in words(page)


def test_the_same_form_sent_again_with_another_day_is_told(belysning, browser, follow_up_address):
    form = browser.get(follow_up_address).context["form"]
    sent = {field.name: field.value() for field in form.hidden_fields()} | {"state": "on_track"}
    browser.post(follow_up_address, sent | {"refers_on": "2024-08-31"})

    again = browser.post(follow_up_address, sent | {"refers_on": "2024-08-31"})
    other = browser.post(follow_up_address, sent | {"refers_on": "2024-09-30"})

    assert (again.status_code, other.status_code) == (302, 200)
    assert "Du har redan sparat en uppföljning sedan formuläret öppnades." in words(other)
    assert answers(belysning) == [(AUGUST, Round.objects.get())]


def test_the_chosen_day_comes_back_with_what_was_typed(belysning, browser, follow_up_address, settings):
    form = browser.get(follow_up_address).context["form"]
    typed = {"author": form.author, "state": "on_track", "what_happened": TEXT, "refers_on": "2024-09-30"}
    browser.post(reverse("unsaved_answer", args=[belysning.pk]), typed)

    assert days(browser.get(follow_up_address)) == [("2024-08-31", False), ("2024-09-30", True)]
    settings.SAMVERKAN_TODAY = TODAY + timedelta(days=1)
    assert days(browser.get(follow_up_address)) == [("2024-08-31", False), ("2024-10-01", True)]


# --- Corrections -----------------------------------------------------------------------------------------------
def test_a_correction_is_of_the_same_day_and_says_so(belysning, browser, send):
    send()
    first = FollowUp.objects.latest("pk")
    send(state="at_risk", what_happened="Nu dröjer leveransen.", refers_on="2024-09-30")
    address = reverse("correct_follow_up", args=[first.pk])

    page = browser.get(address)
    assert IN_AUGUST in words(page)
    assert days(page) == []
    hidden = {field.name: field.value() for field in page.context["form"].hidden_fields()}
    browser.post(address, hidden | {"state": "at_risk", "what_happened": TEXT, "refers_on": "2024-09-30"})

    assert answers(belysning)[-1] == (AUGUST, Round.objects.get())
    correction = first.replaced_by.get()
    assert (correction.refers_on, correction.round, correction.what_happened) == (AUGUST, first.round, TEXT)


def test_a_question_about_the_rounds_answer_waits_though_something_newer_is_said_of_today(
    belysning, browser, send
):
    send()
    asked = FollowUp.objects.latest("pk")
    send(state="at_risk", what_happened="Nu dröjer leveransen.", refers_on="2024-09-30")
    QuestionFactory(follow_up=asked)

    for address in ("/mitt-arbete/", belysning.get_absolute_url()):
        assert browser.get(address).context["form"].follow_up == asked


# --- Others that follow up ---------------------------------------------------------------------------------------
def test_a_contributor_chooses_the_day_in_the_same_way(belysning, client_for, polis_rep):
    ContributionFactory(activity=belysning, confirmed_on=date(2024, 3, 1))
    client = client_for(polis_rep)
    address = f"{belysning.get_absolute_url()}medverkan/polisen/"

    def tell(text, **day):
        form = client.get(address).context["page"].done
        sent = {"gjort": "1", "what_happened": text, "submission_key": form["submission_key"].value()}
        return client.post(address, sent | day, follow=True)

    assert [day.value for day in client.get(address).context["page"].done.day_choices if day.is_chosen] == [
        "2024-08-31"
    ]
    assert "Det gäller läget den 31 augusti 2024." in words(
        tell("Vi patrullerade i augusti.", refers_on="2024-08-31")
    )
    assert [day.value for day in client.get(address).context["page"].done.day_choices if day.is_chosen] == [
        "2024-09-30"
    ]
    assert "Det gäller läget i dag." in words(tell("Vi patrullerar nu.", refers_on="2024-09-30"))
    gone = tell("Vi patrullerade i går.", refers_on="2024-09-29")

    said = FollowUp.objects.filter(voice="contributor").order_by("pk")
    assert list(said.values_list("refers_on", "round")) == [(AUGUST, Round.objects.get().pk), (TODAY, None)]
    assert "Formuläret visade läget den 29 september 2024" in words(gone)
    assert "Vi patrullerade i går." in words(gone)
