"""*Följ upp*: a follow-up is saved once, or the text is kept with an error."""

from uuid import uuid4

from django.urls import reverse

from activities.models import FollowUp
from tests.factories import ActivityFactory, FollowUpFactory, MilestoneFactory
from tests.support.follow_ups import new_follow_ups

LONG = "a" * 5000


def test_what_is_saved_stands_in_the_log_and_on_the_activity(send, browser, belysning, huge_rep):
    response = send(
        state="off_track",
        what_happened="Kabeln är av.",
        needed="En ny kabel.",
        decision_by="board",
        actual="18,5",
    )

    assert response.status_code == 302
    saved = new_follow_ups(belysning)[0]
    assert (saved.state.label, saved.what_happened, saved.needed) == (
        "Avviker",
        "Kabeln är av.",
        "En ny kabel.",
    )
    assert (saved.decision_by, float(saved.actual), str(saved.refers_on)) == ("board", 18.5, "2024-08-31")
    assert (saved.author, saved.party, saved.on_behalf) == (huge_rep, belysning.lead, False)
    page = browser.get(response["Location"]).content.decode()
    assert "Uppföljningen är sparad." in page
    assert "Kabeln är av." in page
    assert "18,5" in page


def test_a_measure_and_a_goal_that_end_in_a_full_stop_get_no_second_one(browser, huge_rep):
    facts = {"measure": "Lyktor som lyser.", "measure_unit": "tusen st.", "target": 5}
    activity = ActivityFactory(reporters=[huge_rep], **facts)

    page = browser.get(activity.get_absolute_url()).content.decode()

    assert "Lyktor som lyser (tusen st.). Målet är 5\xa0tusen st.</div>" in page
    assert ">Lyktor som lyser, tusen st.</p>" in page


def test_ten_bare_digits_are_asked_about_and_pass_when_they_are_something_else(send, belysning):
    asked = send(what_happened="Ring växeln på 8507099805.")

    assert "Är 8507099805 ett personnummer?" in asked.context["form"].errors["what_happened"][0]
    assert "Det är inte ett personnummer" in asked.content.decode()
    assert new_follow_ups(belysning) == []

    assert send(what_happened="Ring växeln på 8507099805.", not_identity_numbers="on").status_code == 302
    assert new_follow_ups(belysning)[0].what_happened == "Ring växeln på 8507099805."


def test_the_longest_text_is_saved_whole_whatever_the_line_breaks(send, belysning):
    send(what_happened="rad\r\n" * 1000)

    assert new_follow_ups(belysning)[0].what_happened == ("rad\n" * 1000).strip()
    assert send(what_happened=LONG).status_code == 302


def test_a_form_sent_twice_saves_once(client_for, huge_rep, follow_up_address, belysning):
    client = client_for(huge_rep)
    form = client.get(follow_up_address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id", "round_id", "submission_key")}
    data |= {
        "state": "on_track",
        "what_happened": "Tjugo lyktor.",
        "milestones": [belysning.milestones.get().pk],
    }

    answers = [client.post(follow_up_address, data).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert [follow_up.what_happened for follow_up in new_follow_ups(belysning)] == ["Tjugo lyktor."]


def test_a_form_sent_again_with_another_text_loses_nothing(
    client_for, huge_rep, follow_up_address, belysning
):
    client = client_for(huge_rep)
    form = client.get(follow_up_address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id", "round_id", "submission_key")} | {
        "state": "on_track"
    }
    client.post(follow_up_address, data | {"what_happened": "Tjugo lyktor."})

    again = client.post(follow_up_address, data | {"what_happened": "Tjugotvå lyktor."})

    assert "Tjugotvå lyktor." in again.content.decode()
    form = again.context["form"]
    fresh = {name: form[name].value() for name in ("version", "newest_id", "round_id", "submission_key")} | {
        "state": "on_track"
    }
    assert client.post(follow_up_address, fresh | {"what_happened": "Tjugotvå lyktor."}).status_code == 302
    assert {follow_up.what_happened for follow_up in new_follow_ups(belysning)} == {
        "Tjugo lyktor.",
        "Tjugotvå lyktor.",
    }


def test_a_stale_save_says_who_and_what_keeps_the_text_and_goes_through_the_second_time(
    client_for, huge_rep, samordnare, follow_up_address, belysning
):
    client = client_for(huge_rep)
    form = client.get(follow_up_address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id", "round_id", "submission_key")}
    data |= {"state": "on_track", "what_happened": "Min text."}
    other = client_for(samordnare)
    theirs = {
        name: other.get(follow_up_address).context["form"][name].value()
        for name in ("version", "newest_id", "round_id", "submission_key")
    }
    other.post(follow_up_address, theirs | {"state": "at_risk", "what_happened": "Samordnarens text."})

    stale = client.post(follow_up_address, data)

    page = stale.content.decode()
    assert "Någon annan har sparat" in page
    assert "Samordnare trygghet åt Huge sparade en uppföljning (Risk för avvikelse)" in page
    assert "Min text." in page
    assert [follow_up.what_happened for follow_up in new_follow_ups(belysning)] == ["Samordnarens text."]
    fresh = {
        name: stale.context["form"][name].value()
        for name in ("version", "newest_id", "round_id", "submission_key")
    }
    assert client.post(follow_up_address, data | fresh).status_code == 302


def test_what_the_coordinator_writes_for_a_party_is_marked_so(
    client_for, samordnare, follow_up_address, belysning
):
    client = client_for(samordnare)
    form = client.get(follow_up_address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id", "round_id", "submission_key")}

    client.post(
        follow_up_address, data | {"state": "cancelled", "what_happened": "Parterna gör något annat."}
    )

    saved = new_follow_ups(belysning)[0]
    assert (saved.state.label, saved.on_behalf, saved.party) == ("Avbruten", True, belysning.lead)
    assert "Samordnare trygghet åt Huge" in client.get(follow_up_address).content.decode()


def test_nothing_new_says_the_last_follow_up_again(send, belysning):
    response = send(state="on_track", unchanged="1")

    assert response.status_code == 302
    saved = new_follow_ups(belysning)[0]
    assert (saved.unchanged, saved.state.label, saved.what_happened) == (True, "Enligt plan", "")


def test_nothing_new_pressed_beside_a_text_does_not_lose_the_text(send, belysning):
    response = send(state="on_track", unchanged="1", what_happened="Fyra lyktor till.")

    assert "Du har skrivit något nytt." in response.content.decode()
    assert "Fyra lyktor till." in response.content.decode()
    assert new_follow_ups(belysning) == []


def test_an_unknown_submission_of_another_activity_is_refused(
    client_for, huge_rep, belysning, follow_up_address
):
    earlier = FollowUpFactory(activity=ActivityFactory(title="En annan"), on_track=True)
    client = client_for(huge_rep)
    form = client.get(follow_up_address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id", "round_id")} | {
        "submission_key": earlier.submission_key
    }

    assert client.post(follow_up_address, data | {"state": "on_track"}).status_code == 403
    assert new_follow_ups(belysning) == []


def test_undo_takes_back_the_follow_up_and_the_milestone(send, client_for, huge_rep, belysning):
    send(what_happened="Allt är uppe.", milestones=[belysning.milestones.get().pk])
    saved = new_follow_ups(belysning)[0]
    assert belysning.milestones.get().done_on is not None

    response = client_for(huge_rep).post(reverse("undo_follow_up", args=[saved.pk]), follow=True)

    assert "är ångrad" in response.content.decode()
    assert "Ångrad 30 september 2024. Räknas inte." in response.content.decode()
    assert belysning.milestones.get().done_on is None
    assert FollowUp.objects.states().filter(activity=belysning).count() == 1


def test_a_key_that_nobody_has_seen_is_fine(client_for, huge_rep, follow_up_address, belysning):
    client = client_for(huge_rep)
    form = client.get(follow_up_address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id", "round_id")} | {
        "submission_key": uuid4()
    }

    assert client.post(follow_up_address, data | {"state": "on_track"}).status_code == 302


def test_after_undo_the_next_save_goes_through(send, browser, belysning):
    send(what_happened="Fel text.")
    browser.post(reverse("undo_follow_up", args=[new_follow_ups(belysning)[0].pk]))

    assert send(what_happened="Rätt text.").status_code == 302
    assert (
        FollowUp.objects.states().filter(activity=belysning).newest_first()[0].what_happened == "Rätt text."
    )


def test_undo_by_its_address_leads_to_the_activity_and_undoes_nothing(send, browser, belysning):
    send(what_happened="Fel text.")

    response = browser.get(reverse("undo_follow_up", args=[new_follow_ups(belysning)[0].pk]))

    assert response["Location"] == belysning.get_absolute_url()
    assert not FollowUp.objects.filter(is_withdrawal=True).exists()


def test_whoever_follows_up_for_another_party_learns_that_before_saving(
    client_for, samordnare, huge_rep, follow_up_address
):
    theirs = client_for(samordnare).get(follow_up_address).content.decode()
    own = client_for(huge_rep).get(follow_up_address).content.decode()

    assert "Du följer upp åt Huge. Det syns i loggen och i rapporten." in theirs
    assert "Spara uppföljning åt Huge" in theirs
    assert "Du följer upp åt" not in own


def test_one_self_in_another_tab_is_not_somebody_else(browser, follow_up_address):
    def opened():
        form = browser.get(follow_up_address).context["form"]
        return {
            name: form[name].value() for name in ("version", "newest_id", "round_id", "submission_key")
        } | {"state": "on_track"}

    one, other = opened(), opened()
    browser.post(follow_up_address, one | {"what_happened": "I den ena fliken."})

    page = browser.post(follow_up_address, other | {"what_happened": "I den andra fliken."}).content.decode()

    assert "Du har redan sparat en uppföljning sedan formuläret öppnades." in page
    assert "Någon annan" not in page
    assert "I den andra fliken." in page


def test_a_look_without_the_body_is_no_error(browser, follow_up_address):
    assert browser.head(follow_up_address).status_code == browser.head("/mitt-arbete/").status_code == 200


def test_a_measure_that_is_yes_or_no_is_answered_so(send, browser, belysning):
    belysning.measure_unit = "ja/nej"
    belysning.save()

    send(actual="1")

    assert new_follow_ups(belysning)[0].actual == 1
    page = browser.get(belysning.get_absolute_url()).content.decode()
    assert "utfall ja" in page
    assert "Nej</label>" in page


def test_a_form_sent_twice_saves_once_when_one_of_several_milestones_was_ticked(
    browser, follow_up_address, belysning
):
    MilestoneFactory(activity=belysning, title="Alla lyktor lyser")
    first = belysning.milestones.earliest("pk")
    form = browser.get(follow_up_address).context["form"]
    data = {name: form[name].value() for name in ("version", "newest_id", "round_id", "submission_key")}
    data |= {"state": "on_track", "what_happened": "Tjugo lyktor.", "milestones": [first.pk]}

    answers = [browser.post(follow_up_address, data).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert [follow_up.what_happened for follow_up in new_follow_ups(belysning)] == ["Tjugo lyktor."]
    assert list(belysning.milestones.exclude(done_on=None)) == [first]


def test_a_milestone_that_somebody_else_has_just_ticked_is_refused_as_stale_and_the_text_is_kept(
    client_for, samordnare, browser, follow_up_address, belysning
):
    MilestoneFactory(activity=belysning, title="Alla lyktor lyser")
    first = belysning.milestones.earliest("pk")
    names = ("version", "newest_id", "round_id", "submission_key")
    form = browser.get(follow_up_address).context["form"]
    mine = {name: form[name].value() for name in names} | {"state": "on_track", "milestones": [first.pk]}
    other = client_for(samordnare)
    form = other.get(follow_up_address).context["form"]
    theirs = {name: form[name].value() for name in names} | {"state": "on_track", "milestones": [first.pk]}
    other.post(follow_up_address, theirs)

    page = browser.post(follow_up_address, mine | {"what_happened": "Min text."}).content.decode()

    assert "Någon annan har sparat medan du skrev." in page
    assert "Välj bland aktivitetens delmål." not in page
    assert "Min text." in page
