"""*Följ upp*: what a representative writes is saved once, or kept with a clear sentence."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from activities.models import FollowUp
from tests.factories import ActivityFactory, FollowUpFactory, MilestoneFactory, RoundFactory

LONG = "a" * 5000


@pytest.fixture
def activity(agreement, huge, huge_rep):
    """Huge's, on track since 31 March, with one milestone left, in the round that is open."""
    activity = ActivityFactory(
        title="Belysning längs stråket", measure="Lyktor", measure_unit="antal", target=40
    )
    FollowUpFactory(
        activity=activity, on_track=True, refers_on=date(2024, 3, 31), what_happened="Tolv lyktor är uppe."
    )
    MilestoneFactory(activity=activity, title="Alla lyktor uppe")
    RoundFactory()
    return activity


@pytest.fixture
def address(activity):
    return reverse("follow_up", args=["2023-2024", activity.number])


@pytest.fixture
def browser(client_for, huge_rep):
    return client_for(huge_rep)


@pytest.fixture
def send(browser, address):
    """Opens the form and sends it with the fields given, as a browser would."""
    client = browser

    def send(**fields):
        form = client.get(address).context["form"]
        hidden = {name: form[name].value() for name in ("version", "newest_id", "submission_key")}
        return client.post(address, {**hidden, "state": "on_track", **fields})

    return send


def new_words(activity) -> list[FollowUp]:
    return list(activity.follow_ups.exclude(refers_on=date(2024, 3, 31)))


def test_what_is_saved_stands_in_the_log_and_on_the_activity(send, browser, activity, huge_rep):
    response = send(
        state="off_track",
        what_happened="Kabeln är av.",
        needed="En ny kabel.",
        decision_by="board",
        actual="18,5",
    )

    assert response.status_code == 302
    saved = new_words(activity)[0]
    assert (saved.state.label, saved.what_happened, saved.needed) == (
        "Avviker",
        "Kabeln är av.",
        "En ny kabel.",
    )
    assert (saved.decision_by, float(saved.actual), str(saved.refers_on)) == ("board", 18.5, "2024-08-31")
    assert (saved.author, saved.party, saved.on_behalf) == (huge_rep, activity.lead, False)
    page = browser.get(response["Location"]).content.decode()
    assert "Uppföljningen är sparad." in page
    assert "Kabeln är av." in page
    assert "18,5" in page


BAD = {
    "no answer to how it goes": ({"state": ""}, "state", "Välj hur det går."),
    "an unknown state": ({"state": "sideways"}, "state", "Välj hur det går."),
    "cancelling is the coordinator's": (
        {"state": "cancelled", "what_happened": "Nej"},
        "state",
        "Välj hur det går.",
    ),
    "off track without what is needed": (
        {"state": "off_track", "what_happened": "Stopp", "decision_by": "party"},
        "needed",
        "Beskriv vad som behövs när läget är Avviker.",
    ),
    "off track without who decides": (
        {"state": "off_track", "what_happened": "Stopp", "needed": "Hjälp"},
        "decision_by",
        "Välj vem som behöver besluta när läget är Avviker.",
    ),
    "off track for nobody to decide": (
        {"state": "off_track", "what_happened": "Stopp", "needed": "Hjälp", "decision_by": "kungen"},
        "decision_by",
        "Välj vem som behöver besluta.",
    ),
    "at risk without words": (
        {"state": "at_risk"},
        "what_happened",
        "Beskriv vad som har hänt när läget är Risk för avvikelse.",
    ),
    "done without attainment": (
        {"state": "done", "what_happened": "Klart"},
        "attainment",
        "Välj om målet nåddes.",
    ),
    "done without a result": (
        {"state": "done", "attainment": "achieved"},
        "what_happened",
        "Beskriv resultatet när aktiviteten är genomförd.",
    ),
    "a text of 100,000 characters": (
        {"what_happened": "a" * 100_000},
        "what_happened",
        "Texten får vara högst 5\u00a0000 tecken. Den är 100\u00a0000.",
    ),
    "a NUL byte": ({"what_happened": "Hej\x00då"}, "what_happened", "Null-tecken är inte tillåtna."),
    "an identity number": ({"what_happened": "Ringde 850709-9805 i går."}, "what_happened", "personnummer"),
    "an identity number in what is needed": (
        {"state": "at_risk", "what_happened": "Se", "needed": "Träffa 19850709-9805"},
        "needed",
        "personnummer",
    ),
    "an outcome that is no number": ({"actual": "många"}, "actual", "Skriv ett tal, till exempel 12,5."),
    "an outcome too large": ({"actual": "9" * 30}, "actual", "Talet är för stort."),
    "somebody else's milestone": (
        {"milestones": ["999999"]},
        "milestones",
        "Välj bland aktivitetens delmål.",
    ),
    "a milestone beyond any number": (
        {"milestones": ["9" * 40]},
        "milestones",
        "Välj bland aktivitetens delmål.",
    ),
    "no submission key": ({"submission_key": "x"}, "submission_key", "Formuläret kunde inte läsas"),
    "no version": ({"version": ""}, "version", "Formuläret kunde inte läsas"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_a_sentence_keeps_the_text_and_saves_nothing(case, send, activity):
    fields, field, sentence = BAD[case]

    response = send(**fields)

    assert response.status_code == 200
    assert sentence in " ".join(response.context["form"].errors[field])
    page = response.content.decode()
    assert "Det finns fel att rätta" in page
    assert "<title>Fel: " in page
    for name, value in fields.items():
        if name in {"what_happened", "needed", "actual"} and "\x00" not in value:
            assert value in page
    assert new_words(activity) == []
    assert activity.milestones.filter(done_on=None).count() == 1


def test_ten_bare_digits_are_asked_about_and_pass_when_they_are_something_else(send, activity):
    asked = send(what_happened="Ring växeln på 8507099805.")

    assert "Är 8507099805 ett personnummer?" in asked.context["form"].errors["what_happened"][0]
    assert "Det är inte ett personnummer" in asked.content.decode()
    assert new_words(activity) == []

    assert send(what_happened="Ring växeln på 8507099805.", not_identity_numbers="on").status_code == 302
    assert new_words(activity)[0].what_happened == "Ring växeln på 8507099805."


def test_the_longest_text_is_saved_whole_whatever_the_line_breaks(send, activity):
    send(what_happened="rad\r\n" * 1000)

    assert new_words(activity)[0].what_happened == ("rad\n" * 1000).strip()
    assert send(what_happened=LONG).status_code == 302


def test_a_form_sent_twice_saves_once(client_for, huge_rep, address, activity):
    client = client_for(huge_rep)
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id", "submission_key")}
    data |= {
        "state": "on_track",
        "what_happened": "Tjugo lyktor.",
        "milestones": [activity.milestones.get().pk],
    }

    answers = [client.post(address, data).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert [word.what_happened for word in new_words(activity)] == ["Tjugo lyktor."]


def test_a_form_sent_again_with_other_words_loses_nothing(client_for, huge_rep, address, activity):
    client = client_for(huge_rep)
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id", "submission_key")} | {
        "state": "on_track"
    }
    client.post(address, data | {"what_happened": "Tjugo lyktor."})

    again = client.post(address, data | {"what_happened": "Tjugotvå lyktor."})

    assert "Tjugotvå lyktor." in again.content.decode()
    form = again.context["form"]
    fresh = {name: form[name].value() for name in ("version", "newest_id", "submission_key")} | {
        "state": "on_track"
    }
    assert client.post(address, fresh | {"what_happened": "Tjugotvå lyktor."}).status_code == 302
    assert {word.what_happened for word in new_words(activity)} == {"Tjugo lyktor.", "Tjugotvå lyktor."}


def test_a_stale_save_says_who_and_what_keeps_the_text_and_goes_through_the_second_time(
    client_for, huge_rep, samordnare, address, activity
):
    client = client_for(huge_rep)
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id", "submission_key")}
    data |= {"state": "on_track", "what_happened": "Min text."}
    other = client_for(samordnare)
    theirs = {
        name: other.get(address).context["form"][name].value()
        for name in ("version", "newest_id", "submission_key")
    }
    other.post(address, theirs | {"state": "at_risk", "what_happened": "Samordnarens text."})

    stale = client.post(address, data)

    page = stale.content.decode()
    assert "Någon annan har sparat" in page
    assert "Samordnare trygghet åt Huge sparade en uppföljning (Risk för avvikelse)" in page
    assert "Min text." in page
    assert [word.what_happened for word in new_words(activity)] == ["Samordnarens text."]
    fresh = {name: stale.context["form"][name].value() for name in ("version", "newest_id", "submission_key")}
    assert client.post(address, data | fresh).status_code == 302


def test_what_the_coordinator_writes_for_a_party_is_marked_so(client_for, samordnare, address, activity):
    client = client_for(samordnare)
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id", "submission_key")}

    client.post(address, data | {"state": "cancelled", "what_happened": "Parterna gör något annat."})

    saved = new_words(activity)[0]
    assert (saved.state.label, saved.on_behalf, saved.party) == ("Avbruten", True, activity.lead)
    assert "Samordnare trygghet åt Huge" in client.get(address).content.decode()


def test_nothing_new_says_the_last_word_again(send, activity):
    response = send(state="on_track", unchanged="1")

    assert response.status_code == 302
    saved = new_words(activity)[0]
    assert (saved.unchanged, saved.state.label, saved.what_happened) == (True, "Enligt plan", "")


def test_nothing_new_pressed_beside_a_text_does_not_lose_the_text(send, activity):
    response = send(state="on_track", unchanged="1", what_happened="Fyra lyktor till.")

    assert "Du har skrivit något nytt." in response.content.decode()
    assert "Fyra lyktor till." in response.content.decode()
    assert new_words(activity) == []


def test_an_unknown_submission_of_another_activity_is_refused(client_for, huge_rep, activity, address):
    earlier = FollowUpFactory(activity=ActivityFactory(title="En annan"), on_track=True)
    client = client_for(huge_rep)
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id")} | {
        "submission_key": earlier.submission_key
    }

    assert client.post(address, data | {"state": "on_track"}).status_code == 403
    assert new_words(activity) == []


def test_undo_takes_back_the_word_and_the_milestone(send, client_for, huge_rep, activity):
    send(what_happened="Allt är uppe.", milestones=[activity.milestones.get().pk])
    saved = new_words(activity)[0]
    assert activity.milestones.get().done_on is not None

    response = client_for(huge_rep).post(reverse("undo_follow_up", args=[saved.pk]), follow=True)

    assert "är ångrad" in response.content.decode()
    assert "Ångrad eller rättad. Räknas inte." in response.content.decode()
    assert activity.milestones.get().done_on is None
    assert FollowUp.objects.states().filter(activity=activity).count() == 1


def test_a_key_that_nobody_has_seen_is_fine(client_for, huge_rep, address, activity):
    client = client_for(huge_rep)
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id")} | {"submission_key": uuid4()}

    assert client.post(address, data | {"state": "on_track"}).status_code == 302
