"""An unsaved answer belongs to its author, whoever is signed in, while they may follow up the activity."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from activities.follow_ups.unsaved import MAX_AGE, SALT
from activities.models import UnsavedAnswer
from parties.models import User
from tests.factories import ActivityFactory, PartyFactory, UnsavedAnswerFactory, UserFactory
from tests.support.stored import rows
from tests.support.unsaved import TEXT, unsaved_answers

pytestmark = pytest.mark.one_database


def test_without_a_session_it_becomes_the_authors_and_nothing_is_shown(opened, address):
    answer = Client().post(address, opened() | {"what_happened": TEXT})

    assert unsaved_answers() == [("huge@example.com", TEXT)]
    assert answer.json().keys() == {"is_saved", "kept_at", "who"}
    assert answer.json()["who"] == "nobody"


def test_when_somebody_else_is_signed_in_it_is_still_the_authors(
    opened, address, samordnare, client_for, follow_up_address
):
    theirs = client_for(samordnare)

    answer = theirs.post(address, opened() | {"what_happened": TEXT}).json()

    assert (answer["who"], "token" in answer) == ("another", False)
    assert unsaved_answers() == [("huge@example.com", TEXT)]
    assert TEXT not in theirs.get(follow_up_address).content.decode()


def test_the_token_in_the_answer_saves_the_form(huge_rep, opened, address, follow_up_address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(huge_rep)
    form = opened(client) | {"what_happened": TEXT}

    token = client.post(address, form).json()["token"]

    assert client.post(follow_up_address, form | {"csrfmiddlewaretoken": token}).status_code == 302
    assert unsaved_answers() == []


def forged(sent, **_):
    return sent | {"author": sent["author"][:-3] + "abc"}


def of_another_version(sent, *, author, **_):
    return sent | {"author": signing.dumps({"author": author.pk}, salt=SALT)}


def absent(sent, **_):
    return {name: value for name, value in sent.items() if name != "author"}


def after_the_right_ended(sent, *, author, activity, **_):
    User.objects.filter(pk=author.pk).update(party=PartyFactory(polisen=True))
    return sent


def after_the_account_was_closed(sent, *, author, **_):
    User.objects.filter(pk=author.pk).update(is_active=False)
    return sent


def after_the_account_was_removed(sent, *, author, **_):
    author.delete()
    return sent


def after_the_agreement_was_archived(sent, *, activity, **_):
    type(activity.agreement).objects.update(status="archived")
    return sent


@pytest.mark.parametrize(
    "how",
    [
        absent,
        forged,
        of_another_version,
        after_the_right_ended,
        after_the_account_was_closed,
        after_the_account_was_removed,
        after_the_agreement_was_archived,
    ],
)
def test_without_proof_or_right_nothing_is_kept(how, opened, address, belysning, client_for):
    author = UserFactory(representative=True, party=belysning.lead, email="huge2@example.com")
    sent = opened(client_for(author)) | {"what_happened": TEXT}

    refused = Client().post(address, how(sent, author=author, activity=belysning))

    assert refused.status_code == 403
    assert unsaved_answers() == []


def test_a_proof_is_for_one_activity_and_for_some_days(opened, address, monkeypatch):
    sent = opened() | {"what_happened": TEXT}
    elsewhere = reverse("unsaved_answer", args=[ActivityFactory().pk])
    assert Client().post(elsewhere, sent).status_code == 403

    later = signing.time.time() + MAX_AGE.total_seconds() + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert Client().post(address, sent).status_code == 403
    assert unsaved_answers() == []


def test_a_proof_signed_for_something_else_is_none(opened, address):
    sent = opened() | {"what_happened": TEXT}
    content = signing.loads(sent["author"], salt=SALT)

    refused = Client().post(address, sent | {"author": signing.dumps(content, salt="another")})

    assert refused.status_code == 403


def test_who_may_no_longer_follow_up_does_not_see_the_draft(huge_rep, belysning, browser):
    UnsavedAnswerFactory(activity=belysning, author=huge_rep, answers={"what_happened": TEXT})
    assert TEXT in browser.get(belysning.get_absolute_url()).content.decode()

    User.objects.filter(pk=huge_rep.pk).update(party=PartyFactory(polisen=True))

    assert TEXT not in browser.get(belysning.get_absolute_url()).content.decode()
    assert browser.post(reverse("discard_unsaved", args=[belysning.pk])).status_code == 403
    assert UnsavedAnswer.objects.count() == 1


@rows
def everybody(samordnare, handlaggare, admin, lasare, polis_rep, huge) -> list[User]:
    colleague = UserFactory(representative=True, party=huge, email="huge2@example.com")
    return [samordnare, handlaggare, admin, lasare, polis_rep, colleague]


EVERYWHERE = (
    "/mitt-arbete/",
    "/2023-2024/aktiviteter/1/",
    "/2023-2024/aktiviteter/1/folj-upp/",
    "/2023-2024/aktiviteter/1/historik/",
    "/2023-2024/aktiviteter/?sok=lyktor",
    "/2023-2024/aktiviteter/export.csv",
    "/2023-2024/oversikt/",
    "/2023-2024/parter/huge/",
    "/2023-2024/rapporter/forhandsvisning/?per=2024-09-30",
)


def test_nobody_else_sees_it_anywhere(everybody, belysning, huge_rep, client_for):
    UnsavedAnswerFactory(activity=belysning, author=huge_rep, answers={"what_happened": TEXT})

    for user in everybody:
        client = client_for(user)
        for page in EVERYWHERE:
            assert TEXT not in client.get(page).content.decode()
        assert list(UnsavedAnswer.objects.visible_to(user)) == []

    assert TEXT in client_for(huge_rep).get(EVERYWHERE[0]).content.decode()


def test_it_is_no_follow_up_and_changes_no_figure(belysning, huge_rep, samordnare, client_for):
    client = client_for(samordnare)

    def everything() -> list[str]:
        return [
            line
            for page in (
                "/2023-2024/oversikt/",
                "/2023-2024/aktiviteter/export.csv",
                "/2023-2024/parter/huge/",
            )
            for line in client.get(page).content.decode().splitlines()
            if "csrf" not in line and 'name="submission"' not in line  # new with every page
        ]

    before = everything()
    UnsavedAnswerFactory(activity=belysning, author=huge_rep)

    assert everything() == before
    assert client_for(huge_rep).get("/mitt-arbete/").context["work"].waiting_count == 1
