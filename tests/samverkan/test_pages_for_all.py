"""The headers and the request id of every response, and the pages that need no sign-in."""

import logging
import re
from io import StringIO

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from tests.factories import AgreementFactory

pytestmark = pytest.mark.one_database


def test_health_answers_without_signing_in(db):
    response = Client().get("/halsa/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_health_tells_a_missing_migration(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'activities'")

    assert Client().get("/halsa/").status_code == 503


def test_health_tells_a_missing_database(db, monkeypatch):
    def broken(self, *_, **__):
        raise DatabaseError

    monkeypatch.setattr("django.db.migrations.recorder.MigrationRecorder.applied_migrations", broken)

    assert Client().get("/halsa/").status_code == 503


@pytest.mark.parametrize("address", ["/logga-in/", "/tillganglighet/", "/finns-inte/", "/halsa/"])
def test_every_answer_has_a_strict_policy_and_a_request_id(address, db):
    response = Client().get(address)

    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert len(response["X-Request-ID"]) >= 8
    assert (response["X-Frame-Options"], response["X-Content-Type-Options"]) == ("DENY", "nosniff")


@pytest.mark.parametrize(
    ("proxies", "given", "is_believed"),
    [
        (0, "abcdef-123456", False),
        (1, "abcdef-123456", True),
        (1, "abc", False),
        (1, "a" * 65, False),
        (1, "abcdef 123456", False),
        (1, "abcdef-12345\n", False),
        (1, "abcdef-12345å", False),
    ],
)
def test_a_request_id_is_believed_from_a_proxy_only_and_only_if_it_is_one(
    proxies, given, is_believed, db, settings
):
    settings.TRUSTED_PROXIES = proxies
    identity = Client().get("/tillganglighet/", headers={"X-Request-ID": given})["X-Request-ID"]

    assert (identity == given) is is_believed
    assert re.fullmatch(r"[0-9a-zA-Z-]{8,64}", identity)


def test_a_server_error_shows_its_request_id_and_no_detail(agreement, samordnare, client_for, monkeypatch):
    client = client_for(samordnare)
    client.raise_request_exception = False

    def broken(*_, **__):
        raise RuntimeError("hemlig detalj")

    monkeypatch.setattr("activities.activity_page.page.ActivityPage.of", broken)
    response = client.get("/2023-2024/aktiviteter/1/")

    page = response.content.decode()
    assert response.status_code == 500
    assert "Det du skrev finns kvar om du går tillbaka." in page
    assert response["X-Request-ID"] in page
    assert "hemlig detalj" not in page


def test_an_unknown_page_offers_a_search(agreement, samordnare, client_for):
    response = client_for(samordnare).get("/finns-inte/")

    assert response.status_code == 404
    assert 'name="sok"' in response.content.decode()
    assert response["X-Request-ID"] in response.content.decode()


def test_a_request_that_cannot_be_read_gets_a_page_with_its_id(db):
    response = Client().get("/logga-in/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "Vi förstod inte din begäran" in response.content.decode()
    assert response["X-Request-ID"] in response.content.decode()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/2023-2024/aktiviteter/", "private, no-cache"),
        ("/tillganglighet/", "private, no-cache"),
        ("/finns-inte/", "private, no-cache"),
        ("/konto/", "private, no-store"),
        ("/logga-ut/", "private, no-store"),
    ],
)
def test_pages_are_private(address, kept, agreement, huge_rep, client_for):
    assert client_for(huge_rep).get(address)["Cache-Control"] == kept


def test_signing_out_empties_the_browsers_cache_and_nothing_else_does(agreement, huge_rep, client_for):
    client = client_for(huge_rep)

    answers = [client.get("/logga-ut/"), client.post("/logga-ut/"), client.post("/logga-in/")]

    assert [answer.get("Clear-Site-Data") for answer in answers] == [None, '"cache"', None]


REFUSED = {
    "a host that is not ours": ({"headers": {"host": "evil.example"}}, {}),
    "too many fields": ({}, {f"f{number}": "" for number in range(1_001)}),
    "too much": ({}, {"password": "a" * 3_000_000}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_is_one_warning_in_the_log(what, db, monkeypatch):
    handler = next(one for one in logging.getLogger().handlers if one.name == "stderr")
    monkeypatch.setattr(handler, "stream", StringIO())
    named, form = REFUSED[what]

    response = Client().post("/logga-in/", form, **named)

    (line,) = handler.stream.getvalue().splitlines()
    assert response.status_code == 400
    assert " WARNING django.security." in line
    assert f"[{response['X-Request-ID']}]" in line


def test_a_text_beyond_all_measure_gets_a_sentence_of_its_own(db):
    page = Client().post("/logga-in/", {"password": "a" * 3_000_000}).content.decode()

    assert "Texten är för lång för att skickas" in page
    assert "Det du skrev finns kvar om du går tillbaka." in page
    assert "Vi förstod inte" not in page


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_a_number_beyond_any_activity_is_not_found(number, agreement, samordnare, client_for):
    assert client_for(samordnare).get(f"/2023-2024/aktiviteter/{number}/").status_code == 404


def test_a_representative_without_a_party_is_told_so(agreement, rep_without_party, samordnare, client_for):
    page = client_for(rep_without_party).get("/").content.decode()

    assert "inte kopplat till någon part" in page
    assert samordnare.email in page


def test_a_draft_agreement_is_for_those_who_prepare_it(samordnare, huge_rep, lasare, client_for):
    AgreementFactory(slug="2025-2026", status="draft")

    answers = [
        client_for(user).get("/2025-2026/aktiviteter/").status_code for user in (samordnare, huge_rep, lasare)
    ]

    assert answers == [200, 404, 404]


def test_the_account_page_tells_the_role_in_words(huge_rep, client_for):
    page = client_for(huge_rep).get("/konto/").content.decode()

    assert "Partsrepresentant" in page
    assert "Du följer upp aktiviteter som din part ansvarar för" in page
