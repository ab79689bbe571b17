"""A contributing party confirms its part and reports what it has done; the coordinator's text on its behalf is marked."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from activities.contributions.actions import record_contribution, write_contribution
from activities.models import Contribution, FollowUp
from priorities.models import Agreement
from samverkan.lib.editing.stale import Stale
from tests.factories import ActivityFactory, ContributionFactory, RoundFactory
from tests.support.stored import rows

WHAT = "Patrullerar stråket."


@rows
def part(agreement, huge, polisen):
    """Polisen's unconfirmed part in Huge's activity."""
    return ContributionFactory(activity=ActivityFactory(), party=polisen)


@pytest.fixture
def address(part):
    return reverse("contribution", args=["2023-2024", part.activity.number, "polisen"])


def fresh(part) -> Contribution:
    return Contribution.objects.get(pk=part.pk)


def send(client, address, **fields):
    """Opens the page and sends one of its forms, as a browser would."""
    page = client.get(address).context["page"]
    form = page.done if "gjort" in fields else page.part
    hidden = {name: form[name].value() for name in form.carried}
    return client.post(address, hidden | fields, follow=True)


# --- The actions --------------------------------------------------------------------------------------------------
def test_the_partys_own_text_confirms_its_part(part, polis_rep, now):
    write_contribution(contribution=part, by=polis_rep, at=now, what=WHAT)

    assert str(fresh(part).confirmed_on) == "2024-09-30"


def test_the_coordinators_text_is_not_confirmed_and_asks_again(part, polis_rep, samordnare, now):
    write_contribution(contribution=part, by=samordnare, at=now, what=WHAT)
    assert fresh(part).confirmed_on is None

    write_contribution(contribution=part, by=polis_rep, at=now, what=WHAT)
    write_contribution(contribution=part, by=samordnare, at=now, what=WHAT)
    assert fresh(part).confirmed_on is not None

    write_contribution(contribution=part, by=samordnare, at=now, what="Något annat.")
    assert (fresh(part).what, fresh(part).confirmed_on) == ("Något annat.", None)


def test_to_confirm_anew_keeps_the_first_day_unless_the_text_differs(part, polis_rep, now):
    write_contribution(contribution=part, by=polis_rep, at=now, what=WHAT)
    write_contribution(contribution=part, by=polis_rep, at=now + timedelta(days=1), what=WHAT)
    assert str(fresh(part).confirmed_on) == "2024-09-30"

    write_contribution(contribution=part, by=polis_rep, at=now + timedelta(days=2), what="Något annat.")
    assert str(fresh(part).confirmed_on) == "2024-10-02"


@pytest.mark.parametrize("who", ["huge_rep", "handlaggare", "lasare", "admin", "rep_without_party"])
def test_nobody_else_writes_or_tells_for_the_party(who, part, request, now):
    by = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied):
        write_contribution(contribution=part, by=by, at=now, what="Annat.")
    with pytest.raises(PermissionDenied):
        record_contribution(
            activity=part.activity,
            contribution=part,
            by=by,
            at=now,
            what_happened="Annat.",
            submission_key=uuid4(),
        )

    assert fresh(part).what == WHAT
    assert not FollowUp.objects.exists()


def test_what_another_has_written_since_is_not_overwritten(part, polis_rep, samordnare, now):
    seen = part.past.latest("history_id").history_id
    write_contribution(contribution=part, by=samordnare, at=now, what="Samordnarens.")

    with pytest.raises(Stale, match=r"ändrade vad Polisen gör den 30 september 2024 kl\. 10\.00"):
        write_contribution(contribution=part, by=polis_rep, at=now, what="Mitt.", seen=seen)

    assert fresh(part).what == "Samordnarens."


def test_a_party_that_no_longer_contributes_learns_that(part, polis_rep, now):
    Contribution.objects.filter(pk=part.pk).delete()

    with pytest.raises(Stale, match="Polisen är inte längre medverkande"):
        write_contribution(contribution=part, by=polis_rep, at=now, what="Mitt.")


def test_what_has_been_done_is_a_follow_up_without_a_status_in_the_open_round(part, polis_rep, now):
    round = RoundFactory()
    done = record_contribution(
        activity=part.activity,
        contribution=part,
        by=polis_rep,
        at=now,
        what_happened="Tolv kvällar.",
        submission_key=uuid4(),
    )

    saved = (done.voice, done.status, done.round, str(done.refers_on), done.on_behalf, done.party.short_name)
    assert saved == ("contributor", "", round, "2024-08-31", False, "Polisen")


@pytest.mark.parametrize("fault", ["draft", "archived", "empty"])
def test_nothing_is_reported_of_a_draft_an_archived_or_empty(fault, agreement, polisen, polis_rep, now):
    part = ContributionFactory(activity=ActivityFactory(draft=fault == "draft"), party=polisen)
    if fault == "archived":
        Agreement.objects.update(status="archived")

    with pytest.raises(ValidationError if fault == "empty" else PermissionDenied):
        record_contribution(
            activity=part.activity,
            contribution=part,
            by=polis_rep,
            at=now,
            what_happened="" if fault == "empty" else "Tolv kvällar.",
            submission_key=uuid4(),
        )

    assert not FollowUp.objects.exists()


# --- The page -----------------------------------------------------------------------------------------------------
def test_the_representative_confirms_and_everybody_sees_it(part, address, polis_rep, lasare, client_for):
    client = client_for(polis_rep)
    assert "Bekräfta vår medverkan" in client.get(address).content.decode()

    page = send(client, address, what="Patrullerar fredag och lördag.").content.decode()

    assert "Er medverkan är bekräftad." in page
    read = client_for(lasare).get(part.activity.get_absolute_url()).content.decode()
    assert "Patrullerar fredag och lördag." in read
    assert "Bekräftad 30 september 2024" in read
    assert address not in read


@pytest.mark.parametrize(
    ("draft", "when"), [(True, "När aktiviteten är beslutad"), (False, "När ni har gjort något")]
)
def test_the_receipt_says_what_can_be_reported_when(draft, when, agreement, polisen, polis_rep, client_for):
    part = ContributionFactory(activity=ActivityFactory(draft=draft), party=polisen)
    address = reverse("contribution", args=["2023-2024", part.activity.number, "polisen"])

    page = send(client_for(polis_rep), address, what="Patrullerar.").content.decode()

    assert f"Er medverkan är bekräftad. {when} kan ni berätta" in page


def test_the_coordinator_saves_for_the_party_without_confirming(part, address, samordnare, client_for):
    client = client_for(samordnare)
    assert "Spara åt Polisen" in client.get(address).content.decode()

    page = send(client, address, what="Samordnarens ord.").content.decode()

    assert "Polisen ser det på Mitt arbete och bekräftar det själv." in page
    assert "Inte bekräftad än" in page
    assert (fresh(part).what, fresh(part).confirmed_on) == ("Samordnarens ord.", None)


def test_what_has_been_done_stands_in_the_log_and_can_be_undone(part, address, polis_rep, client_for):
    client = client_for(polis_rep)

    page = send(client, address, gjort="1", what_happened="Tolv kvällar i september.").content.decode()

    follow_up = FollowUp.objects.get()
    assert "är sparat i loggen. Det gäller läget" in page
    assert "Medverkande part" in page
    assert "Tolv kvällar i september." in page
    assert reverse("undo_follow_up", args=[follow_up.pk]) in page
    page = client.post(reverse("undo_follow_up", args=[follow_up.pk]), follow=True).content.decode()
    assert "Ångrad 30 september 2024. Räknas inte." in page


def test_the_coordinators_follow_up_for_the_party_is_marked_so(part, address, samordnare, client_for):
    page = send(client_for(samordnare), address, gjort="1", what_happened="Tolv kvällar.").content.decode()

    assert FollowUp.objects.get().on_behalf
    assert "Det Polisen har gjort är sparat i loggen." in page
    assert "åt Polisen" in page


def test_the_form_sent_twice_is_one_follow_up_and_another_text_is_kept(part, address, polis_rep, client_for):
    client = client_for(polis_rep)
    form = client.get(address).context["page"].done
    data = {"gjort": "1", "submission_key": form["submission_key"].value()}

    for _ in range(2):
        client.post(address, data | {"what_happened": "Tolv kvällar."})
    again = client.post(address, data | {"what_happened": "Tretton kvällar."})

    assert FollowUp.objects.count() == 1
    assert "redan sparat en gång, med annat innehåll" in again.content.decode()
    assert "Tretton kvällar." in again.content.decode()


def test_a_stale_part_keeps_the_text_and_goes_through_the_second_time(
    part, address, polis_rep, samordnare, client_for, now
):
    client = client_for(polis_rep)
    form = client.get(address).context["page"].part
    write_contribution(contribution=part, by=samordnare, at=now, what="Samordnarens.")

    stale = client.post(address, {"seen": form["seen"].value(), "what": "Min text."})

    assert "Inget är sparat</h2>" in stale.content.decode()
    assert "ändrade vad Polisen gör" in stale.content.decode()
    assert "Min text." in stale.content.decode()
    assert fresh(part).what == "Samordnarens."
    client.post(address, {"seen": stale.context["form"]["seen"].value(), "what": "Min text."})
    assert fresh(part).what == "Min text."


@pytest.mark.parametrize("text", ["", "   ", "Ring 19811218-9876", "NUL \x00", "a" * 100_000])
@pytest.mark.parametrize("form", ["what", "what_happened"])
def test_what_cannot_be_saved_is_a_sentence_at_its_field(text, form, part, address, polis_rep, client_for):
    button = {"gjort": "1"} if form == "what_happened" else {}

    answer = send(client_for(polis_rep), address, **button, **{form: text})

    assert list(answer.context["form"].errors) == [form]
    assert not FollowUp.objects.exists()
    assert fresh(part).confirmed_on is None


def test_hidden_fields_that_cannot_be_read_lose_no_text(part, address, polis_rep, client_for):
    client = client_for(polis_rep)
    for data in (
        {"what": "Min.", "seen": "x"},
        {"gjort": "1", "what_happened": "Min.", "submission_key": "x"},
    ):
        answer = client.post(address, data)
        assert "Formuläret kunde inte läsas." in answer.content.decode()
        assert "Min." in answer.content.decode()


# --- Mitt arbete ----------------------------------------------------------------------------------------------------
def test_mitt_arbete_asks_to_confirm_first_and_then_to_tell_and_nothing_of_what_has_ended(
    agreement, kommunen, polisen, polis_rep, client_for
):
    made = {
        "confirmed": ActivityFactory(title="Bekräftad"),
        "ended": ActivityFactory(title="Slutförd", done=True),
        "open": ActivityFactory(title="Obekräftad"),
        "draft": ActivityFactory(title="Utkastet", draft=True),
    }
    for activity in made.values():
        ContributionFactory(activity=activity, party=polisen)
    made["confirmed"].contributions.update(confirmed_on="2024-09-01")
    ContributionFactory(activity=ActivityFactory(title="Andras"), party=kommunen)

    response = client_for(polis_rep).get("/mitt-arbete/")

    parts = {part.activity.title: part.prompt for part in response.context["work"].contributions}
    assert list(parts) == ["Obekräftad", "Utkastet", "Bekräftad", "Slutförd"]
    assert parts["Obekräftad"] == parts["Utkastet"] == "Bekräfta er medverkan"
    assert parts["Bekräftad"] == "Berätta vad ni har gjort"
    page = response.content.decode()
    assert page.count("Bekräfta er medverkan") == 1  # the draft's; what waits stands in the middle
    assert [part.activity.title for part in response.context["work"].parts_asked] == ["Obekräftad"]
    assert f"{made['ended'].number}/medverkan/" not in page


def test_mitt_arbete_begins_with_the_proposals_that_wait_for_ones_own_side(
    agreement, huge_rep, samordnare, polisen, client_for
):
    ActivityFactory(title="Huges förslag", proposed=True)
    ActivityFactory(title="Till Huge", waits_for_lead=True)
    ActivityFactory(title="Till Polisen", waits_for_lead=True, lead=polisen)
    ActivityFactory(title="Utkastet", draft=True)

    def proposals(user):
        response = client_for(user).get("/mitt-arbete/")
        work = response.context["work"]
        page = response.content.decode()
        assert page.index("Förslag att ta ställning till") < page.index("Behöver du hjälp?")
        return [activity.title for activity in work.proposals], response.context["menu"]

    (theirs, menu), (ours, _) = proposals(huge_rep), proposals(samordnare)

    assert (theirs, ours) == (["Till Huge"], ["Huges förslag"])
    assert [item.count for item in menu if item.label == "Mitt arbete"] == [1]
