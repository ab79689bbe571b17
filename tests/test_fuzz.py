"""A sample of what hostile clients send gets an answer that is no server error; `make bench ARGS=fuzz` sends everything."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from tests.support.access_world import ROWS, everything, one_of_each_role, session_keys
from tests.support.fuzzing import Form, Fuzz, Page
from tests.support.hostile_values import VALUES

SAMPLE = {
    "account_login",
    "activity_list",
    "follow_up",
    "admin:parties_unit_changelist",
    "admin:parties_user_import",
}


@pytest.mark.django_db
def test_hostile_values_meet_no_server_error():
    fuzz = Fuzz(session_keys(people := one_of_each_role()))
    rows = [row for row in ROWS if row[0] in SAMPLE and row[1] in {"-", "own", "agreement", "enheter"}]

    targets = fuzz.targets(everything(people), rows)
    fuzz.run(targets, each=1)

    assert len([form for target in targets for form in target.forms]) > 3
    assert fuzz.requests > 50
    assert fuzz.errors == []
    assert fuzz.slow == []


@login_not_required
def broken(request):
    raise ZeroDivisionError


urlpatterns = [path("", broken)]


@pytest.mark.django_db
def test_a_server_error_is_seen(settings):
    settings.ROOT_URLCONF = __name__
    fuzz = Fuzz({})

    fuzz.ask("nobody", "/?a=1")

    assert len(fuzz.errors) == 1
    assert "ZeroDivisionError" in fuzz.errors[0]


def test_the_fields_of_a_form_are_found_with_what_a_browser_would_send():
    page = Page(
        '<a href="?sida=2">2</a><form method="post" action="/spara/"><input type="hidden" name="nyckel" value="7">'
        '<input type="radio" name="svar" value="ja"><input type="radio" name="svar" value="nej" checked>'
        '<select name="part"><option value="">Välj</option><option value="3">Huge</option></select>'
        '<input name="dag" type="date"><textarea name="text"></textarea><input type="file" name="fil">'
        '<button name="utan" value="1">Spara</button></form>'
    )

    assert page.links == ["?sida=2"]
    fields = (("nyckel", "7"), ("svar", "nej"), ("part", "3"), ("dag", "2024-09-30"), ("text", "Ljus"))
    assert page.forms == [Form("/spara/", "post", fields, ("utan",), ("fil",))]


def test_sixty_values_are_sent_to_each_field():
    assert len(set(VALUES)) == len(VALUES) >= 60
