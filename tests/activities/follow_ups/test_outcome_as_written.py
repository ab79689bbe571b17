"""The outcome of a follow-up is read as people write numbers, asked about when it could be two, and told as it was saved."""

from decimal import Decimal

import pytest
from django.urls import reverse

from activities.models import FollowUp
from tests.factories import ActivityFactory, RoundFactory
from tests.support.follow_ups import new_follow_ups
from tests.support.sent_forms import Forms
from tests.support.stored import rows

pytestmark = pytest.mark.django_db


@rows
def belysning(agreement, huge, huge_rep):
    """Huge's activity, measured in kronor, in an open round. Takes the place of the one that counts lamps."""
    activity = ActivityFactory(
        on_track=True, title="Belysning", measure="Kostnad", measure_unit="kr", target=40000
    )
    RoundFactory()
    return activity


def kept(response):
    """The form on the page that came back, as a browser sends it again."""
    forms = [form for _, form in Forms(response.content.decode()).found if "submission_key" in form]
    return max(forms, key=len)


def shown(response):
    return response.content.decode().replace("\xa0", " ")


def test_a_point_before_three_digits_is_asked_about_and_nothing_is_saved(send, browser, belysning):
    asked = send(actual="12.600", what_happened="Vi har köpt lyktor.")

    page = shown(asked)
    assert "Menar du 12 600 eller 12,6? Välj ett av talen." in page
    assert "Vilket tal menar du?" in page
    assert 'value="12.600"' in page
    assert "Vi har köpt lyktor." in page
    assert not new_follow_ups(belysning)[1:]


@pytest.mark.parametrize(
    ("meant", "number", "said"),
    [("12\xa0600", 12600, "12 600 kr"), ("12,6", Decimal("12.6"), "12,6 kr")],
)
def test_the_number_that_is_chosen_is_saved_and_told(
    meant, number, said, send, browser, follow_up_address, belysning
):
    asked = send(actual="12.600", what_happened="Vi har köpt lyktor.")

    saved = browser.post(follow_up_address, kept(asked) | {"actual_menar": meant}, follow=True)

    assert FollowUp.objects.latest("pk").actual == number
    page = shown(saved)
    assert f"Utfallet är sparat som {said}." in page
    assert f"Senaste utfall {said}</p>" in page  # beside the box for the next one
    assert "Sparat som" not in page


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12 600 kr", 12600),
        ("13.000,78", Decimal("13000.78")),
        ("12\u202f600 kronor", 12600),
        ("1.200.000", 1200000),
    ],
)
def test_a_clear_number_is_saved_whatever_it_is_written_with(typed, number, send, belysning):
    assert send(actual=typed).status_code == 302
    assert FollowUp.objects.latest("pk").actual == number


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("50 %", "Måttet räknas i kr, men du skrev %. Skriv talet i kr."),
        ("12 tkr", "Måttet räknas i kr, men du skrev tkr. Skriv talet i kr."),
        ("ca 50", "Skriv ett bestämt tal, till exempel 50. Är det ungefärligt kan du beskriva det i texten."),
        ("10–15", "Skriv ett enda tal, till exempel 12,5. Är det ett spann kan du beskriva det i texten."),
        ("1e5", "Skriv talet med alla siffror, till exempel 100 000."),
        ("½", "Skriv talet med komma i stället för bråk, till exempel 0,5."),
    ],
)
def test_what_is_no_number_of_the_measure_keeps_everything(typed, sentence, send, belysning):
    before = FollowUp.objects.count()

    refused = send(actual=typed, what_happened="Vi har köpt lyktor.")

    assert refused.context["form"].errors["actual"] == [sentence.replace("100 000", "100\xa0000")]
    assert f'value="{typed}"' in refused.content.decode()
    assert "Vi har köpt lyktor." in refused.content.decode()
    assert FollowUp.objects.count() == before


def test_a_correction_shows_how_the_number_was_understood(send, browser, belysning):
    send(actual="13.000,78")
    saved = FollowUp.objects.latest("pk")

    page = shown(browser.get(reverse("correct_follow_up", args=[saved.pk])))

    assert "Sparat som 13 000,78 kr</p>" in page
    assert 'value="13 000,78"' in page


def test_my_work_tells_it_too(browser, belysning):
    address = f"{reverse('my_work')}?aktivitet={belysning.pk}"
    filled = kept(browser.get(address)) | {
        "aktivitet": belysning.pk,
        "state": "on_track",
        "actual": "12 600 kr",
    }

    page = shown(browser.post(reverse("my_work"), filled, follow=True))

    assert "Utfallet är sparat som 12 600 kr." in page
