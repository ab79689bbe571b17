"""Which of two saves a form, what the other gets, and how long that holds."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection
from django.db.models import F

from parties import submissions
from parties.models import Party, Submission
from parties.submissions import StillSaving, claim, settle, store
from tests.support.at_once import People
from tests.support.kinds_of_forms import KINDS
from tests.support.sent_forms import form_of

MARK = sha256(b"a form").hexdigest()
NEW = "/administration/parter/ny/"
PLACE = "/administration/parter/"


@pytest.fixture
def hurried(monkeypatch):
    """Nobody waits for more than a moment."""
    monkeypatch.setattr(submissions, "LOOKS", 2)
    monkeypatch.setattr(submissions, "PAUSE_SECONDS", 0.01)


def passed(time: timedelta) -> None:
    Submission.objects.update(taken_at=F("taken_at") - time)


def test_the_first_saves_and_all_others_get_where_it_led(db):
    assert claim(MARK) == ""
    settle(MARK, leads_to=PLACE)

    assert [claim(MARK), claim(MARK)] == [PLACE, PLACE]


def test_a_form_that_was_not_saved_may_be_sent_again(db):
    claim(MARK)
    settle(MARK, leads_to="")

    assert claim(MARK) == ""


def test_while_the_first_is_being_saved_nobody_else_saves_it(db, hurried):
    claim(MARK)
    passed(store.LOST - timedelta(seconds=5))

    with pytest.raises(StillSaving):
        claim(MARK)


def test_a_form_whose_first_save_died_is_saved_by_the_next(db, hurried):
    claim(MARK)
    passed(store.LOST)

    assert claim(MARK) == ""
    with pytest.raises(StillSaving):
        claim(MARK)


def test_after_a_day_it_is_another_form(db):
    claim(MARK)
    settle(MARK, leads_to=PLACE)
    passed(store.KEPT - timedelta(minutes=1))
    assert claim(MARK) == PLACE
    passed(timedelta(minutes=1))
    assert claim(MARK) == ""


def test_old_rows_are_removed_a_few_at_a_time_and_no_others(db, monkeypatch):
    monkeypatch.setattr(store, "SWEPT", 5)
    for number in range(8):
        claim(sha256(str(number).encode()).hexdigest())
    passed(store.KEPT)
    claim(MARK[:-1] + "1")
    assert Submission.objects.count() == 9

    claim(MARK[:-1] + "0")  # one form in sixteen
    assert Submission.objects.count() == 5
    claim(sha256(b"more").hexdigest()[:-1] + "0")
    assert Submission.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_saves_it_when_the_first_had_faults(tmp_path):
    claim(MARK)
    people = People(tmp_path)

    answers = people.do(lambda: claim(MARK), lambda: settle(MARK, leads_to=""))

    assert answers == ["", None]


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_one_saves(tmp_path):
    people = People(tmp_path)

    def send() -> str:
        address = claim(MARK)
        if not address:
            settle(MARK, leads_to=PLACE)
        return address

    assert sorted(people.do(*[send] * 20)) == ["", *[PLACE] * 19]


# --- The page ------------------------------------------------------------------------------------------------------
def test_a_form_that_is_still_being_saved_says_so_and_loses_nothing(admin, agreement, client_for, hurried):
    client, form = party(client_for(admin))
    client.post(NEW, form)
    Submission.objects.update(leads_to="")

    answer = client.post(NEW, form)

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Det du skickade sparas fortfarande" in page
    assert "Inget är sparat" not in page
    passed(store.LOST)
    assert client.post(NEW, form).status_code == 200  # the form's own rules decide
    assert Party.objects.filter(slug="sis").count() == 1


def party(client):
    return client, form_of(client.get(NEW).content.decode(), **KINDS["a party"].typed())


@pytest.mark.django_db(transaction=True)
def test_a_database_that_fails_after_the_save_leaves_the_answer_as_it_was(admin, agreement, client_for):
    client, form = party(client_for(admin))

    def fail(execute, sql, *arguments):
        if sql.startswith('UPDATE "parties_submission"'):
            raise DatabaseError("gone")
        return execute(sql, *arguments)

    with connection.execute_wrapper(fail):
        answer = client.post(NEW, form)

    assert (answer.status_code, answer["Location"]) == (302, PLACE)
    assert Party.objects.filter(slug="sis").exists()
