"""The coordinator's answer desk: on the round's page a question is asked, answered and taken back in place."""

import pytest

from activities.models import FollowUp, Question
from activities.reminders.actions import remind_party
from tests.factories import ActivityFactory, FollowUpFactory, QuestionFactory, RoundFactory
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ROUND = "/2023-2024/omgangar/2024-08-31/"
ASKED, ANSWER = "Hur många lyktor?", "Tolv lyktor, enligt Huge på telefon."


@rows
def follow_up(agreement, huge_rep, samordnare):
    """Huge's follow-up in the open round."""
    activity = ActivityFactory(title="Ljusa stråk")
    return FollowUpFactory(activity=activity, round=RoundFactory(), at_risk=True, author=huge_rep)


@pytest.fixture
def desk(samordnare, client_for):
    return client_for(samordnare)


def shown(client) -> str:
    return " ".join(client.get(ROUND).content.decode().split())


def test_a_question_is_asked_in_place(follow_up, desk):
    answer = desk.post(f"/uppfoljningar/{follow_up.pk}/fraga/", {"text": ASKED, "from_round": "1"})

    assert answer["Location"] == f"{ROUND}#uppfoljning-{follow_up.activity.number}"
    assert ASKED in shown(desk)
    assert "Svara åt Huge" in shown(desk)


def test_an_answer_is_written_in_place_and_stands_beside_its_question(follow_up, desk, samordnare):
    QuestionFactory(follow_up=follow_up, text=ASKED, asked_by=samordnare)

    answer = desk.post(f"/uppfoljningar/{follow_up.pk}/fraga/svara/", {"answer": ANSWER, "from_round": "1"})

    saved = FollowUp.objects.get(replaces=follow_up)
    assert answer["Location"] == f"{ROUND}#uppfoljning-{saved.activity.number}"
    assert (saved.author, saved.on_behalf, saved.state) == (samordnare, True, follow_up.state)
    assert saved.what_happened == f"{follow_up.what_happened}\n\n{ANSWER}"
    assert (saved.round, saved.refers_on) == (follow_up.round, follow_up.refers_on)
    page = shown(desk)
    assert "fråga är obesvarad" not in page
    order = [follow_up.what_happened, ASKED, "<b>Svar</b>", saved.speaker, ANSWER]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert page.count(follow_up.what_happened) == 1


def test_the_partys_own_answer_stands_beside_the_question_too(follow_up, desk, samordnare):
    QuestionFactory(follow_up=follow_up, text=ASKED, asked_by=samordnare)
    FollowUpFactory(
        activity=follow_up.activity,
        round=follow_up.round,
        at_risk=True,
        replaces=follow_up,
        what_happened="Tolv.",
    )

    page = shown(desk)

    order = [follow_up.speaker, follow_up.what_happened, ASKED, "<b>Svar</b>", "Tolv."]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)


@pytest.mark.parametrize(
    "text", ["", "Fråga 19121212-1212.", "å" * 5000], ids=["nothing", "a number", "long"]
)
def test_an_answer_that_cannot_be_saved_keeps_its_text(text, follow_up, desk, samordnare):
    QuestionFactory(follow_up=follow_up, text=ASKED, asked_by=samordnare)

    page = desk.post(f"/uppfoljningar/{follow_up.pk}/fraga/svara/", {"answer": text, "from_round": "1"})

    assert page.status_code == 200
    assert page.context["form"].errors
    assert page.context["form"]["answer"].value() == text
    assert not FollowUp.objects.filter(replaces=follow_up).exists()


def test_a_question_that_is_answered_meanwhile_is_told(follow_up, desk, samordnare):
    QuestionFactory(follow_up=follow_up, text=ASKED, asked_by=samordnare)
    address, sent = f"/uppfoljningar/{follow_up.pk}/fraga/svara/", {"answer": ANSWER, "from_round": "1"}
    desk.post(address, sent)

    page = desk.post(address, sent | {"answer": "Elva."})

    assert page.context["form"].errors["__all__"]
    assert FollowUp.objects.filter(replaces=follow_up).count() == 1


def test_a_question_that_needs_no_answer_is_taken_back_in_place(follow_up, desk, samordnare):
    question = QuestionFactory(follow_up=follow_up, text=ASKED, asked_by=samordnare)

    answer = desk.post(f"/uppfoljningar/{follow_up.pk}/fraga/ta-tillbaka/", {"from_round": "1"})

    assert answer["Location"] == f"{ROUND}#uppfoljning-{follow_up.activity.number}"
    assert Question.objects.get(pk=question.pk).is_taken_back
    assert ASKED not in shown(desk)


def test_a_party_that_has_been_reminded_shows_when(follow_up, desk, samordnare, now, today):
    ActivityFactory(title="Aldrig uppföljd")
    assert "Påmind" not in shown(desk)

    remind_party(by=samordnare, round=follow_up.round, party=follow_up.party, at=now, day=today)

    assert "Påmind 30 september<" in shown(desk)
