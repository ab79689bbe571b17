"""Changing and removing a round: the rules, the error messages, and what was typed stays."""

from dataclasses import replace
from datetime import date

import pytest

from activities.models import Round
from activities.periods import Rounds
from activities.reminders.actions import pause_mail
from activities.rounds import RoundPlan
from activities.rounds.actions import change_round, close_round
from tests.factories import ActivityFactory, FollowUpFactory, MailReasonFactory, RoundFactory, UserFactory
from tests.factories.activities import at_ten
from tests.support.rounds import GOOD, LIST, NEW

AUGUST, WINTER = "/2023-2024/omgangar/2024-08-31/", "/2023-2024/omgangar/2024-12-31/"


@pytest.fixture
def client(client_for, samordnare, agreement):
    return client_for(samordnare)


def typed(client, address, **changes) -> dict[str, str]:
    """The fields as a browser would send them, with the changes."""
    form = client.get(address).context["form"]
    fields = {field.html_name: field.value() for field in form if field.name != "not_identity_numbers"}
    return {name: str(value) for name, value in fields.items()} | changes


def stored() -> list[tuple[str, str, str, str]]:
    return [
        (round.label, *(day.isoformat() for day in (round.as_of, round.opens_on, round.due_on)))
        for round in Round.objects.order_by("as_of")
    ]


def another_changes(round, **fields):
    """Another coordinator saves the round meanwhile."""
    other = UserFactory(coordinator=True, email="annan.samordnare@example.com")
    plan = replace(RoundPlan.of(round), **fields)
    change_round(by=other, round=round, today=date(2024, 9, 30), version=round.version, plan=plan)


# --- Changed -----------------------------------------------------------------------------------------------
def test_a_planned_round_is_changed_and_its_address_follows(client, winter):
    sent = typed(client, f"{WINTER}redigera/", label="Året", as_of="2024-12-15", opens_on="2024-12-16")
    response = client.post(f"{WINTER}redigera/", sent, follow=True)

    assert stored() == [("Året", "2024-12-15", "2024-12-16", "2025-01-24")]
    assert response.redirect_chain == [("/2023-2024/omgangar/2024-12-15/", 302)]


def test_of_one_that_somebody_has_followed_up_in_the_name_and_the_last_day_change(client, open_round):
    FollowUpFactory(round=open_round)
    form = client.get(f"{AUGUST}redigera/").context["form"]
    assert [field.name for field in form.shown] == ["label", "due_on"]

    client.post(
        f"{AUGUST}redigera/", typed(client, f"{AUGUST}redigera/", label="Augusti", due_on="2024-10-04")
    )
    assert stored() == [("Augusti", "2024-08-31", "2024-09-01", "2024-10-04")]


def test_the_name_changes_though_the_last_day_is_past(client, open_round):
    client.post(f"{AUGUST}redigera/", typed(client, f"{AUGUST}redigera/", label="Augusti"))

    assert stored() == [("Augusti", "2024-08-31", "2024-09-01", "2024-09-13")]


def test_a_last_day_that_has_been_is_not_chosen(client, open_round):
    response = client.post(f"{AUGUST}redigera/", typed(client, f"{AUGUST}redigera/", due_on="2024-09-27"))

    assert response.context["form"]["due_on"].errors == [
        "Sista dagen har redan varit. Välj i dag eller en senare dag."
    ]


def test_an_open_round_that_nobody_knows_of_is_moved(client, open_round):
    sent = typed(client, f"{AUGUST}redigera/", as_of="2024-09-15", opens_on="2024-09-16", due_on="2024-10-04")
    client.post(f"{AUGUST}redigera/", sent)

    assert stored()[0][1:] == ("2024-09-15", "2024-09-16", "2024-10-04")


@pytest.mark.parametrize("sort", ["follow-up", "mail"])
def test_who_moves_a_round_as_somebody_follows_up_in_it_is_told(sort, client, open_round, huge_rep):
    sent = typed(client, f"{AUGUST}redigera/", as_of="2024-09-15", opens_on="2024-09-16")
    if sort == "follow-up":
        FollowUpFactory(round=open_round, author=huge_rep)
    else:
        MailReasonFactory(round=open_round)

    response = client.post(f"{AUGUST}redigera/", sent)

    assert response.context["form"].non_field_errors() == [
        "Någon har redan följt upp eller fått mejl om omgången. Dagen som den gäller och dagen då den öppnade ligger fast."
    ]
    assert response.context["form"]["as_of"].value() == "2024-09-15"
    assert stored()[0][1] == "2024-08-31"


def test_a_round_that_ended_as_the_next_one_opened_never_opens_again(client, open_round, samordnare):
    """Though nobody has followed up in the next one or got mail about it."""
    following = RoundFactory(
        label="September", as_of=date(2024, 9, 20), opens_on=date(2024, 9, 21), due_on=date(2024, 10, 10)
    )
    address = "/2023-2024/omgangar/2024-09-20/"
    form = client.get(f"{address}redigera/")
    assert "Omgången före avslutades när den här öppnade. Därför ligger det fast." in form.content.decode()
    sent = typed(client, f"{address}redigera/", as_of="2024-10-20", opens_on="2024-10-21")
    refused = client.post(f"{address}redigera/", sent).context["form"].non_field_errors()
    client.post(f"{address}ta-bort/", typed(client, f"{address}ta-bort/"))

    assert refused == [
        "Omgången före avslutades när den här öppnade. Dagen som den gäller och dagen då den öppnade ligger fast."
    ]
    rounds = Rounds.of(open_round.agreement)
    assert rounds.open_on(date(2024, 9, 30)) == following
    assert rounds.phase_of(open_round, date(2024, 9, 30)).ended_on == date(2024, 9, 21)


def test_who_was_slower_reads_what_has_changed_and_can_save_again(client, winter):
    sent = typed(client, f"{WINTER}redigera/", label="Året")
    another_changes(winter, due_on=date(2025, 1, 31))

    response = client.post(f"{WINTER}redigera/", sent)
    form = response.context["form"]
    assert form.non_field_errors()[0].startswith(
        "Omgången har ändrats: sista dagen är nu 31 januari 2025. Inget av ditt är sparat än"
    )
    assert form["label"].value() == "Året"
    assert stored()[0][0] == "Helår 2024"

    client.post(f"{WINTER}redigera/", sent | {"version": form["version"].value()})
    assert stored()[0][0] == "Året"


def test_a_round_whose_day_another_has_changed_is_found_again(client, winter):
    sent = typed(client, f"{WINTER}redigera/", label="Året")
    another_changes(winter, as_of=date(2024, 12, 15), opens_on=date(2024, 12, 16))

    response = client.post(f"{WINTER}redigera/", sent)
    form = response.context["form"]
    assert form.non_field_errors()[0].startswith(
        "Omgången har ändrats: den gäller nu 15 december 2024, den öppnar nu 16 december 2024."
    )
    assert form["label"].value() == "Året"

    again = {field.html_name: field.value() for field in form if field.name != "not_identity_numbers"}
    client.post(f"{WINTER}redigera/", again)
    assert stored() == [("Året", "2024-12-15", "2024-12-16", "2025-01-24")]


def test_what_was_typed_is_there_to_copy_when_the_round_is_removed_meanwhile(client, winter):
    sent = typed(client, f"{WINTER}redigera/", label="Året", due_on="2025-01-31")
    winter.delete()

    response = client.post(f"{WINTER}redigera/", sent)

    assert response.status_code == 404
    assert [(label, text) for _, label, text in response.context["texts"]] == [
        ("Namn", "Året"),
        ("Läget per", "31 december 2024"),
        ("Öppnar", "1 januari 2025"),
        ("Sista dag", "2025-01-31"),
    ]


def test_pausing_the_mail_meanwhile_is_no_change_of_the_round(client, winter, samordnare):
    sent = typed(client, f"{WINTER}redigera/", label="Året")
    pause_mail(by=samordnare, round=winter, paused=True)

    client.post(f"{WINTER}redigera/", sent)
    assert stored()[0][0] == "Året"
    assert Round.objects.get().is_mail_paused


def test_what_only_another_has_changed_is_not_put_back_by_who_saves_again(client, winter):
    mine = typed(client, f"{WINTER}redigera/", due_on="31 januari 2025")
    another_changes(winter, label="Året 2024", opens_on=date(2024, 12, 20))

    form = client.post(f"{WINTER}redigera/", mine).context["form"]
    shown = {name: str(form[name].value()) for name in mine}
    assert (shown["label"], shown["opens_on"], shown["due_on"]) == (
        "Året 2024",
        "20 december 2024",
        "31 januari 2025",
    )

    client.post(f"{WINTER}redigera/", shown)
    assert stored() == [("Året 2024", "2024-12-31", "2024-12-20", "2025-01-31")]


@pytest.mark.parametrize("version", ["", "x", "-1", "2", "\0", "9" * 100_000])
def test_the_version_that_a_form_has_seen_may_be_anything(version, client, winter):
    response = client.post(
        f"{WINTER}redigera/", typed(client, f"{WINTER}redigera/", label="Året", version=version)
    )

    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert stored()[0][0] == "Helår 2024"


def test_who_closed_it_meanwhile_is_told_by_function(client, open_round, samordnare):
    samordnare.title = "Trygghetssamordnare"
    samordnare.save()
    sent = typed(client, f"{AUGUST}redigera/", label="Augusti")
    close_round(by=samordnare, round=open_round, today=date(2024, 9, 30))

    first = client.post(f"{AUGUST}redigera/", sent).context["form"]
    assert first.non_field_errors()[0].startswith("Trygghetssamordnare stängde omgången 30 september 2024.")

    again = client.post(f"{AUGUST}redigera/", sent | {"version": first["version"].value()}).context["form"]
    assert again.non_field_errors() == ["Omgången är avslutad och ändras inte."]
    assert stored()[0][0] == "Delår per 31 augusti 2024"


def test_a_closed_round_has_no_form(client, agreement):
    RoundFactory(closed=True)
    response = client.get(f"{AUGUST}redigera/", follow=True)

    assert response.redirect_chain == [(AUGUST, 302)]
    assert "Omgången är avslutad och ändras inte." in response.content.decode()


# --- Removed -----------------------------------------------------------------------------------------------
def test_a_planned_round_is_removed(client, winter):
    response = client.post(f"{WINTER}ta-bort/", typed(client, f"{WINTER}ta-bort/"), follow=True)

    assert stored() == []
    assert "Helår 2024 är borttagen." in response.content.decode()


def test_one_that_has_opened_stays(client, open_round):
    page = client.get(f"{AUGUST}ta-bort/")
    assert "Omgången har öppnat och tas inte bort. Stäng den i stället." in page.content.decode()

    response = client.post(f"{AUGUST}ta-bort/", typed(client, f"{AUGUST}ta-bort/"))
    assert response.context["form"].non_field_errors() == [
        "Omgången har öppnat och tas inte bort. Stäng den i stället."
    ]
    assert Round.objects.count() == 1


def test_one_with_follow_ups_stays(client, winter):
    FollowUpFactory(activity=ActivityFactory(), round=winter, saved_at=at_ten(date(2024, 9, 30)))

    response = client.post(f"{WINTER}ta-bort/", typed(client, f"{WINTER}ta-bort/"))
    assert response.context["form"].non_field_errors() == [
        "Det finns uppföljningar i omgången. Den tas inte bort."
    ]


def test_one_that_was_changed_meanwhile_is_shown_again(client, winter):
    sent = typed(client, f"{WINTER}ta-bort/")
    another_changes(winter, label="Året")

    form = client.post(f"{WINTER}ta-bort/", sent).context["form"]
    assert form.non_field_errors() == [
        "Omgången har ändrats: den heter nu ”Året”. Inget är ändrat av dig än. Läs igenom det som gäller nu."
    ]

    client.post(f"{WINTER}ta-bort/", {"version": form["version"].value()})
    assert not Round.objects.exists()


# --- Archived ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", [NEW, f"{AUGUST}redigera/", f"{AUGUST}ta-bort/", f"{AUGUST}stang/"])
def test_nothing_is_changed_in_an_archived_agreement(address, client, open_round, agreement):
    agreement.status = "archived"
    agreement.save()

    for response in (client.get(address, follow=True), client.post(address, GOOD, follow=True)):
        assert response.redirect_chain == [(LIST, 302)]
        assert "arkiverad" in response.content.decode()
    page = client.get(LIST)
    assert (page.context["may_keep"], page.context["page"].suggestions) == (False, [])
    assert stored() == [("Delår per 31 augusti 2024", "2024-08-31", "2024-09-01", "2024-09-13")]
