"""A follow-up sent after the session has ended, or with an old CSRF token, becomes its author's unsaved answer."""

import pytest
from django.conf import settings
from django.test import Client

from activities.follow_ups.unsaved import MAX_LENGTH
from activities.models import FollowUp, UnsavedAnswer
from tests.factories import PASSWORD, ActivityFactory, RoundFactory
from tests.support.stored import rows
from tests.support.unsaved import TEXT, opened_by

pytestmark = pytest.mark.one_database

KEPT = "Det du skrev finns kvar. Logga in så står det i formuläret."
READ_ANEW = (
    "Sidan behövde läsas in på nytt. Inget är sparat än. Det du skrev finns kvar: kontrollera det och spara."
)


@rows
def activity(agreement, huge_rep):
    return ActivityFactory(on_track=True)


@pytest.fixture
def address(activity):
    return f"{activity.get_absolute_url()}folj-upp/"


@pytest.fixture
def strict(huge_rep):
    """A browser that Huge's representative has signed in with, with CSRF checks on."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(huge_rep)
    return client


def written(client, address) -> dict[str, object]:
    """The form with a text, as the browser sends it, CSRF token included."""
    token = client.get(address).context["csrf_token"]
    return opened_by(client, address) | {"what_happened": TEXT, "csrfmiddlewaretoken": str(token)}


def end_session(client) -> None:
    del client.cookies[settings.SESSION_COOKIE_NAME]


def renew_token(client, user) -> None:
    """Renews the CSRF token, as signing in again in another tab does."""
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    client.force_login(user)


def kept() -> list[tuple[str, str]]:
    return [(each.author.email, each.answers["what_happened"]) for each in UnsavedAnswer.objects.all()]


def test_after_the_session_has_ended_the_sign_in_leads_to_the_form_with_the_text(strict, address):
    sent = written(strict, address)
    end_session(strict)

    response = strict.post(address, sent)

    page = response.content.decode()
    assert response.status_code == 403
    assert KEPT in page
    assert TEXT not in page  # the next person at the screen must not read it
    assert "<textarea" not in page
    assert 'href="/logga-in/?next=%2F2023-2024%2Faktiviteter%2F1%2Ffolj-upp%2F"' in page
    assert kept() == [("huge@example.com", TEXT)]
    assert FollowUp.objects.filter(what_happened=TEXT).count() == 0

    client = Client()
    signed_in = {"login": "huge@example.com", "password": PASSWORD, "next": address}
    form = client.get(client.post("/logga-in/", signed_in)["Location"]).context["form"]
    assert form["what_happened"].value() == TEXT


def test_on_my_work_the_sign_in_leads_to_the_same_activity(strict, activity, huge):
    RoundFactory()
    ActivityFactory(title="Städade gårdar", lead=huge)
    sent = written(strict, f"/mitt-arbete/?aktivitet={activity.pk}") | {"aktivitet": activity.pk}
    end_session(strict)

    page = strict.post("/mitt-arbete/", sent).content.decode()

    assert f'href="/logga-in/?next=%2Fmitt-arbete%2F%3Faktivitet%3D{activity.pk}"' in page


def test_with_a_renewed_token_the_form_comes_back_with_the_text(strict, address, huge_rep):
    sent = written(strict, address)
    renew_token(strict, huge_rep)

    response = strict.post(address, sent)

    assert (response.status_code, response["Location"]) == (303, address)
    page = strict.get(address)
    assert READ_ANEW in page.content.decode()
    assert page.context["form"]["what_happened"].value() == TEXT
    assert FollowUp.objects.filter(what_happened=TEXT).count() == 0


def test_without_cookies_the_sign_in_leads_to_the_form(strict, address):
    sent = written(strict, address)

    response = Client(enforce_csrf_checks=True).post(address, sent)

    assert response.status_code == 403
    assert KEPT in response.content.decode()
    assert kept() == [("huge@example.com", TEXT)]


def test_when_another_has_signed_in_it_is_kept_for_its_author_and_not_shown(strict, address, samordnare):
    sent = written(strict, address)
    renew_token(strict, samordnare)

    response = strict.post(address, sent)

    page = response.content.decode()
    assert response.status_code == 403
    assert "Någon annan är inloggad" in page
    assert TEXT not in page
    assert TEXT not in strict.get(address).content.decode()
    assert kept() == [("huge@example.com", TEXT)]


def test_a_text_too_long_to_be_kept_is_shown_to_be_copied(strict, address):
    text = "Två ord " * (MAX_LENGTH // 8 + 1)
    sent = written(strict, address) | {"what_happened": text}
    end_session(strict)

    page = strict.post(address, sent).content.decode()

    assert "Inget är sparat, men här är det du skrev." in page
    assert text in page
    assert kept() == []


@pytest.mark.parametrize("author", [None, "", "påhittat", "a:b:c"])
def test_without_a_proof_nothing_is_kept_and_the_page_says_how_to_keep_it(author, strict, address, huge_rep):
    sent = written(strict, address) | ({} if author is None else {"author": author})
    if author is None:
        del sent["author"]
    renew_token(strict, huge_rep)

    response = strict.post(address, sent)

    assert response.status_code == 403
    assert "Det du skrev finns kvar om du går tillbaka." in response.content.decode()
    assert kept() == []


def test_a_form_in_which_nothing_was_typed_shows_the_choice_in_it_and_keeps_nothing(strict, address):
    sent = written(strict, address) | {"what_happened": ""}
    end_session(strict)

    response = strict.post(address, sent)

    assert response.context["texts"] == [("state", "Hur går det?", "Enligt plan")]
    assert "Inget är sparat, men här är det du skrev." in response.content.decode()
    assert kept() == []
