"""A form that is sent twice is saved once, and both answers lead to the same page, which shows no fault."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parties.models import Party, Submission, User
from priorities.models import Agreement
from samverkan.sent_twice import SAVED_ONCE
from tests.support.kinds_of_forms import KINDS, address_of, stored
from tests.support.queries import beyond_the_visit
from tests.support.sent_forms import form_of
from tests.support.source import files
from tests.support.stored import rows

PARTIES = "/administration/parter/"


@rows
def people(db):
    return stored()


@pytest.fixture
def desk(people, client_for):
    """The administrator's browser."""
    return client_for(people["administrator"])


def opened(client, address, **typed):
    """The page's form as the browser sends it, with what is typed in it."""
    return form_of(client.get(address).content.decode(), **typed)


def party(client, **typed):
    return opened(client, f"{PARTIES}ny/", **KINDS["a party"].typed() | typed)


def statuses(client, form, times=2, address=f"{PARTIES}ny/"):
    return [client.post(address, form).status_code for _ in range(times)]


MAILED = pytest.mark.django_db(transaction=True)  # the mail is sent after the commit


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, id=name, marks=[MAILED] if kind.model is User else [])
        for name, kind in KINDS.items()
    ],
)
def test_a_form_sent_again_leads_where_the_first_led_and_adds_nothing(kind, people, client_for):
    client, address = client_for(people[kind.who]), address_of(kind)
    before = kind.model.objects.count()
    form = opened(client, address)

    first = client.post(address, form | kind.typed())
    added = kind.model.objects.count()
    second = client.post(address, form | kind.typed())

    assert (first.status_code, second.status_code) == (302, 303)
    assert second["Location"] == first["Location"]
    assert before < added == kind.model.objects.count()
    page = client.get(second["Location"]).content.decode()
    assert SAVED_ONCE in page
    assert "error-summary" not in page


def test_the_receipt_of_the_first_is_shown_too_when_the_browser_did_not_show_it(desk):
    form = party(desk)
    statuses(desk, form)

    page = desk.get(PARTIES).content.decode()
    assert page.index("Statens institutionsstyrelse är sparad.") < page.index(SAVED_ONCE)


@MAILED
def test_nobody_is_invited_twice(people, client_for):
    client, kind = client_for(people["coordinator"]), KINDS["an invitation"]
    form = opened(client, kind.address, **kind.typed())

    assert statuses(client, form, 3, kind.address) == [302, 303, 303]
    assert [message.to for message in mail.outbox] == [["ny@example.com"]]


# --- What was not saved ---------------------------------------------------------------------------------------------
def test_a_redirect_with_an_error_is_no_first_result(people, client_for):
    """The agreement is archived: each time the answer says so, and never that something came through."""
    client, form = client_for(people["coordinator"]), {"submission": str(uuid4()), "lagg": "undan"}
    Agreement.objects.update(status=Agreement.Status.ARCHIVED)

    for _ in range(2):
        answer = client.post("/2023-2024/kom-igang/behov/", form)
        page = client.get(answer["Location"]).content.decode()
        assert answer.status_code == 302
        assert "ändras inte." in page
        assert SAVED_ONCE not in page
    assert not Submission.objects.exists()


def resending(people) -> tuple[User, str, dict[str, str]]:
    """A closed account without a password, and the button that sends its invitation again."""
    user = User.objects.create(email="stangd@example.com", is_active=False)
    user.set_unusable_password()
    user.save()
    return user, f"/administration/konton/{user.pk}/bjud-in/", {"submission": str(uuid4())}


@MAILED
def test_what_was_refused_first_and_can_be_done_later_is_done_then(people, desk):
    user, address, form = resending(people)

    assert statuses(desk, form, 2, address) == [302, 302]
    assert mail.outbox == []
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert statuses(desk, form, 2, address) == [302, 303]
    assert [message.to for message in mail.outbox] == [["stangd@example.com"]]


def test_an_error_that_an_earlier_request_left_says_nothing_of_this_one(people, desk):
    address, refused = resending(people)[1:]
    form = party(desk)
    assert statuses(desk, refused, 1, address) == [302]

    assert statuses(desk, form) == [302, 303]


@MAILED
def test_an_account_whose_invitation_could_not_be_mailed_is_saved_once(people, client_for, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing answers there
    for who, address in (
        ("coordinator", KINDS["an invitation"].address),
        ("administrator", "/administration/konton/ny/"),
    ):
        client = client_for(people[who])
        form = opened(client, address, **KINDS["an invitation"].typed() | {"email": f"{who}@example.com"})
        assert statuses(client, form, 2, address) == [302, 303]


# --- What is another form ------------------------------------------------------------------------------------------
def test_a_form_with_faults_is_sent_again_when_they_are_mended(desk):
    form = party(desk, name="")

    assert statuses(desk, form) == [200, 200]
    assert statuses(desk, form | {"name": "Statens institutionsstyrelse"}) == [302, 303]
    assert Submission.objects.exclude(leads_to=f"{PARTIES}").count() == 0


def test_other_content_with_the_same_key_is_judged_by_the_forms_own_rules(desk):
    form = party(desk)

    assert statuses(desk, form, 1) == [302]
    assert statuses(desk, form | {"name": "En annan"}, 1) == [200]
    assert statuses(desk, form | {"name": "En annan", "short_name": "Annan"}) == [302, 303]
    assert Party.objects.filter(name="En annan").count() == 1


def test_another_accounts_key_does_nothing(desk, client_for):
    form = party(desk)
    other = client_for(User.objects.create(email="b@example.com", role="administrator"))

    assert statuses(desk, form, 1) == [302]
    answer = other.post(f"{PARTIES}ny/", form)
    assert answer.status_code == 200
    assert "En annan part har den adressdelen." in answer.content.decode()


def test_a_page_that_is_opened_anew_has_a_key_of_its_own(desk):
    first, second = party(desk), party(desk)

    assert first["submission"] != second["submission"]
    assert [statuses(desk, form, 1) for form in (first, second)] == [[302], [200]]


@pytest.mark.parametrize("key", [None, "", "x", "\x00", "1" * 5000])
def test_without_a_proper_key_the_forms_own_rules_decide(key, desk):
    form = party(desk) | {"submission": key}

    assert statuses(desk, {name: value for name, value in form.items() if value is not None}) == [302, 200]
    assert not Submission.objects.exists()


def test_a_refused_form_keeps_nothing(people, client_for, desk):
    form = party(desk)
    assert statuses(client_for(people["representative"]), form) == [403, 403]
    assert statuses(Client(), form) == [403, 403]
    assert statuses(desk, form, 1, f"{PARTIES}999/") == [404]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people["administrator"])
    assert statuses(desk, form, 1) == [302]
    assert statuses(strict, form | {"csrfmiddlewaretoken": ["x"]}, 1) == [403]
    assert Submission.objects.count() == 1


def test_nothing_of_what_was_sent_lies_in_the_table(desk):
    statuses(desk, party(desk))

    assert re.fullmatch(r"[0-9a-f]{64}", Submission.objects.get().mark)
    assert str(Submission.objects.get()) == PARTIES


# --- What it costs -------------------------------------------------------------------------------------------------
def test_a_form_that_is_saved_costs_two_queries_more_and_a_page_none(desk, monkeypatch):
    monkeypatch.setattr("parties.submissions.store.SWEEP_EVERY", 2**300)
    costs = {}
    for name in ("key", "no key"):
        form = opened(desk, "/administration/platser/ny/", name=f"Plats, {name}")
        if name == "no key":
            del form["submission"]
        with CaptureQueriesContext(connection) as captured:
            assert desk.post("/administration/platser/ny/", form).status_code == 302
        costs[name] = beyond_the_visit(captured)
    with CaptureQueriesContext(connection) as captured:
        desk.get(f"{PARTIES}ny/")

    assert len(costs["key"]) == len(costs["no key"]) + 2
    assert not any("parties_submission" in query for query in beyond_the_visit(captured))


# --- Every form ----------------------------------------------------------------------------------------------------
# The forms that need no key, with the reason.
EXCEPTIONS = {
    "account/": "nobody has signed in, or the session is renewed",
    "samverkan/profile.html": "signs out",
    "administration/import.html": "only shows the file; the form that saves it has a key",
    "activities/follow_ups/_follow_up_form.html": "the follow-up has a key of its own",
    "activities/contributions/_done_form.html": "the follow-up has a key of its own",
    "activities/planning/new.html": "the plan has a key of its own",
    "activities/follow_ups/_unsaved.html": "what is gone cannot go again, and no fault is told",
    "activities/milestones/_tick.html": "the button says what is wanted, and a second press changes nothing",
    "activities/reminders/_head.html": "the button says what is wanted, and a second press changes nothing",
}


def test_every_form_for_writing_has_a_key():
    without = set()
    for path, text in files(".html").items():
        for form in re.findall(r'<form\b[^>]*method="post".*?</form>', text, re.DOTALL):
            if "{% submission %}" not in form:
                without.add(path.removeprefix("templates/"))

    excepted = {
        name: next((start for start in EXCEPTIONS if name.startswith(start)), None) for name in without
    }
    assert {name for name, start in excepted.items() if start is None} == set()
    assert set(excepted.values()) == EXCEPTIONS.keys()
