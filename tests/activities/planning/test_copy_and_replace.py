"""A new activity that begins as a copy of another, or replaces an agreed one."""

from datetime import date

import pytest
from django.urls import reverse

from activities.models import Activity, FollowUp
from tests.factories import (
    ActivityFactory,
    FollowUpFactory,
    MilestoneFactory,
)
from tests.support.plans import sent

pytestmark = pytest.mark.django_db
NEW = reverse("new_activity", args=["2023-2024"])
WHY = "Platsen byggs om."


def begin(client, **asked):
    return sent(client.get(NEW, asked).context["form"]) | asked


# --- Copies ------------------------------------------------------------------------------------------------------
def test_a_copy_has_fields_contributors_and_milestones_and_none_of_the_follow_up(
    old, samordnare, huge_rep, polisen, client_for
):
    client = client_for(samordnare)
    page = client.get(NEW, {"kopiera": old.number})
    assert f"Kopia av aktivitet {old.number}" in page.content.decode()
    assert page.context["form"]["starts_on"].value() == "1 januari 2023"

    client.post(NEW, begin(client, kopiera=old.number) | {"title": "I tunneln", "starts_on": "2024-10-01"})

    copy = Activity.objects.get(title="I tunneln")
    assert (copy.goal, copy.target, copy.unit, copy.lead, copy.is_recurring) == (
        "Alla lyktor lyser.",
        40,
        old.unit,
        old.lead,
        True,
    )
    lists = ("needs", "focus_areas", "reporters", "contributors")
    assert all(list(getattr(copy, name).all()) == list(getattr(old, name).all()) for name in lists)
    assert list(copy.contributions.values_list("what", "confirmed_on")) == [("Patrullerar.", None)]
    assert list(copy.milestones.values_list("title", "due_on", "done_on")) == [
        ("Alla uppe", date(2024, 10, 31), None)
    ]
    assert (copy.preparation, copy.version, copy.replaces, copy.follow_ups.count()) == ("draft", 1, None, 0)
    assert copy.starts_on == date(2024, 10, 1)


def test_a_representative_copies_anothers_for_the_own_party(old, polisen, polis_rep, client_for):
    client = client_for(polis_rep)
    client.post(NEW, begin(client, kopiera=old.number) | {"title": "I tunneln"})

    copy = Activity.objects.get(title="I tunneln")
    assert (copy.lead, copy.unit, list(copy.contributors.all()), list(copy.reporters.all())) == (
        polisen,
        None,
        [],
        [],
    )


def test_what_cannot_be_seen_cannot_be_copied(agreement, polisen, huge_rep, client_for):
    hidden = ActivityFactory(lead=polisen, draft=True)
    client = client_for(huge_rep)
    assert client.get(NEW, {"kopiera": hidden.number}).status_code == 404


def test_the_copy_survives_faults(old, samordnare, client_for):
    client = client_for(samordnare)
    faulty = client.post(NEW, begin(client, kopiera=old.number) | {"title": ""})

    assert f'<input type="hidden" name="kopiera" value="{old.number}">' in faulty.content.decode()
    again = sent(faulty.context["form"]) | {"title": "I tunneln", "kopiera": old.number}
    assert client.post(NEW, again).status_code == 302
    assert Activity.objects.get(title="I tunneln").milestones.count() == 1


def test_a_copy_of_a_draft_that_has_been_removed_loses_no_text(agreement, samordnare, client_for):
    gone = ActivityFactory(draft=True)
    client = client_for(samordnare)
    data = begin(client, kopiera=gone.number) | {"title": "I tunneln"}
    gone.delete()

    response = client.post(NEW, data)

    assert "Aktiviteten som du utgick från finns inte längre" in response.content.decode()
    assert response.context["form"]["title"].value() == "I tunneln"
    assert client.post(NEW, sent(response.context["form"])).status_code == 302


# --- Milestones ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("how", ["kopiera", "ersatter"])
def test_nothing_begins_late_and_the_form_says_what_does_not_follow(how, old, samordnare, client_for):
    """On 30 September: one is done, one has passed, one is due on that very day, and one next month."""
    MilestoneFactory(activity=old, title="Upphandlat", due_on=date(2024, 9, 29))
    MilestoneFactory(activity=old, title="Tänt", due_on=date(2024, 9, 30))
    client = client_for(samordnare)
    page = client.get(NEW, {how: old.number}).content.decode()
    assert "Två delmål följer inte med, eftersom de är klara eller deras dag har passerat." in page

    client.post(NEW, begin(client, **{how: old.number}) | {"title": "I tunneln", "reason": WHY})

    new = Activity.objects.get(title="I tunneln")
    assert [each.title for each in new.milestones.all()] == ["Tänt", "Alla uppe"]


def test_one_that_does_not_follow_is_said_as_one_and_none_is_not_said(old, samordnare, client_for):
    client = client_for(samordnare)
    one = "Ett delmål följer inte med, eftersom det är klart eller dess dag har passerat."
    assert one in client.get(NEW, {"kopiera": old.number}).content.decode()
    old.milestones.filter(title="Kartlagt").delete()
    assert "följer inte med" not in client.get(NEW, {"kopiera": old.number}).content.decode()


# --- Replacements, the page -------------------------------------------------------------------------------------------
def test_the_page_says_what_happens_asks_why_and_does_it(old, samordnare, client_for):
    client = client_for(samordnare)
    page = client.get(NEW, {"ersatter": old.number})
    assert f"Till dess fortsätter aktivitet {old.number} som förut." in page.content.decode()
    assert [each.title for each in page.context["start"].milestones] == ["Alla uppe"]

    data = begin(client, ersatter=old.number)
    unexplained = client.post(NEW, data)
    assert dict(unexplained.context["form"].errors.items()) == {
        "reason": ["Beskriv varför aktiviteten ersätts."]
    }
    assert client.post(NEW, data | {"reason": "å" * 4901}).context["form"].errors["reason"] == [
        "Skälet får vara högst 4\u00a0900 tecken. Det är 4\u00a0901."
    ]
    assert client.post(NEW, data | {"reason": "å" * 4900, "title": "I tunneln"}).status_code == 302

    new = Activity.objects.get(title="I tunneln")
    assert (new.replaces, new.replace_reason) == (old, "å" * 4900)
    assert [each.title for each in new.milestones.all()] == ["Alla uppe"]
    assert not FollowUp.objects.filter(status="cancelled").exists()
    assert "Gäller tills den nya är beslutad. Den ska ersättas av" in read(client, old)


def test_one_that_has_ended_is_not_said_to_go_on_until_the_new_one_is_agreed(old, samordnare, client_for):
    client = client_for(samordnare)
    FollowUpFactory(activity=old, done=True, refers_on=date(2024, 9, 1))
    client.post(NEW, begin(client, ersatter=old.number) | {"reason": WHY, "title": "I tunneln"})

    page = read(client, old)

    assert "Ska ersättas av" in page
    assert "Gäller tills" not in page


def read(client, activity: Activity) -> str:
    return " ".join(client.get(activity.get_absolute_url()).content.decode().split())


def test_a_follow_up_that_was_saved_meanwhile_is_shown_and_the_second_save_goes_through(
    old, samordnare, client_for
):
    client = client_for(samordnare)
    data = begin(client, ersatter=old.number) | {"reason": WHY, "title": "I tunneln"}
    FollowUpFactory(activity=old, at_risk=True, refers_on=date(2024, 9, 1))

    stale = client.post(NEW, data)

    assert "sparade en uppföljning (Risk för avvikelse)" in stale.context["form"].non_field_errors()[0]
    assert Activity.objects.get() == old
    again = sent(stale.context["form"]) | {"ersatter": old.number}
    assert client.post(NEW, again).status_code == 302
    assert Activity.objects.get(title="I tunneln").replaces == old


def test_a_replacement_that_is_sent_twice_makes_one_draft(old, samordnare, client_for):
    client = client_for(samordnare)
    data = begin(client, ersatter=old.number) | {"reason": WHY}

    answers = [client.post(NEW, data)["Location"] for _ in range(2)]

    assert answers == ["/2023-2024/aktiviteter/2/"] * 2
    assert old.replaced_by.count() == 1


def test_whoever_was_slower_reads_what_has_replaced_it(old, samordnare, client_for):
    client = client_for(samordnare)
    first, second = (begin(client, ersatter=old.number) | {"reason": WHY} for _ in range(2))
    client.post(NEW, first)

    slower = client.post(NEW, second).context["form"].non_field_errors()
    later = client.get(NEW, {"ersatter": old.number}, follow=True)

    sentence = f"Aktivitet {old.number} ersätts redan av aktivitet 2."
    assert slower == [sentence]
    assert later.redirect_chain == [(old.get_absolute_url(), 302)]
    assert sentence in later.content.decode()
    assert "?ersatter=" not in client.get(f"{old.get_absolute_url()}redigera/").content.decode()
    assert old.replaced_by.count() == 1


def test_one_that_has_ended_is_said_to_keep_its_status(agreement, samordnare, client_for):
    done = ActivityFactory(done=True)
    page = client_for(samordnare).get(NEW, {"ersatter": done.number}).content.decode()
    assert f"Aktivitet {done.number} är avslutad och behåller sin status." in page


def test_others_do_not_replace_and_nobody_a_draft(old, huge_rep, samordnare, client_for):
    draft = ActivityFactory(draft=True)
    assert client_for(huge_rep).get(NEW, {"ersatter": old.number}).status_code == 403
    assert client_for(samordnare).get(NEW, {"ersatter": draft.number}).status_code == 403
