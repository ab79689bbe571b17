"""*Föreslå ändring*: a proposal is returned with a reason; the text is kept when it cannot be returned."""

import pytest
from django.urls import reverse

from activities.models import Activity
from activities.planning.actions import propose_activity, return_activity
from tests.factories import ActivityFactory, NeedFactory

pytestmark = pytest.mark.one_database


@pytest.fixture
def make(agreement, huge_rep):
    return lambda **traits: ActivityFactory(needs=[NeedFactory()], **traits)


@pytest.fixture
def client(client_for, samordnare):
    return client_for(samordnare)


def test_a_proposal_goes_back_with_a_reason_and_says_who_sent_it(
    make, huge_rep, samordnare, client, client_for, now
):
    draft = make(draft=True)
    proposal = propose_activity(activity=draft, by=huge_rep, at=now, version=draft.version)
    address = reverse("return_activity", args=["2023-2024", draft.number])

    empty = client.post(address, {"version": proposal.version, "reason": " "})
    assert "Skriv vad som behöver ändras." in empty.content.decode()
    assert "Fel: " in empty.content.decode()

    data = {"version": proposal.version, "reason": "Det saknas\r\nett mål."}
    assert "Förslaget är återlämnat" in client.post(address, data, follow=True).content.decode()

    page = client_for(huge_rep).get(draft.get_absolute_url()).content.decode()
    who = samordnare.title or samordnare.display_name
    assert f"Återlämnat 30 september 2024 av {who}, {samordnare.party.short_name}." in page
    assert Activity.objects.get(pk=draft.pk).return_reason == "Det saknas\nett mål."


@pytest.mark.parametrize("reason", ["Ring 19811218-9876", "NUL \x00 här", "a" * 5001, "a" * 100_000])
def test_a_reason_that_cannot_be_saved_is_kept_with_a_sentence(reason, make, client):
    proposal = make(proposed=True)
    address = reverse("return_activity", args=["2023-2024", proposal.number])

    answer = client.post(address, {"version": proposal.version, "reason": reason})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["reason"]
    assert Activity.objects.get(pk=proposal.pk).is_proposed


def test_a_reason_written_too_late_is_kept(make, samordnare, client, now):
    proposal = make(proposed=True)
    address = reverse("return_activity", args=["2023-2024", proposal.number])
    return_activity(activity=proposal, by=samordnare, at=now, version=proposal.version, reason="Kollegans.")

    data = {"version": proposal.version, "reason": "Min text."}
    page = client.post(address, data)
    assert "ändrade beredningen till återlämnad" in page.content.decode()
    again = client.post(address, data | {"version": page.context["form"]["version"].value()})

    assert "Det finns inget förslag att svara på just nu." in again.content.decode()
    assert "Min text." in again.content.decode()
    assert Activity.objects.get(pk=proposal.pk).return_reason == "Kollegans."
    assert client.get(address)["Location"] == proposal.get_absolute_url()
