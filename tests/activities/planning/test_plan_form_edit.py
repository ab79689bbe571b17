"""*Ändra uppgifter*: the form shows what is saved, and no save overwrites another's unseen."""

from datetime import date

import pytest
from django.urls import reverse

from activities.models import Activity
from activities.planning.actions import accept_activity, propose_activity
from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FocusAreaFactory,
    MembershipFactory,
    NeedFactory,
    PartyFactory,
    UserFactory,
)
from tests.support.plans import sent
from tests.support.stored import rows

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def address(activity) -> str:
    return reverse("edit_activity", args=["2023-2024", activity.number])


@rows
def draft(agreement, huge_rep, polisen):
    return ActivityFactory(
        draft=True,
        needs=[NeedFactory()],
        focus_areas=[FocusAreaFactory()],
        contributors=[polisen],
        reporters=[huge_rep],
        target="12600.5",
        is_recurring=True,
    )


@rows
def agreed(agreement, huge_rep):
    return ActivityFactory(needs=[NeedFactory()])


@pytest.fixture
def save(samordnare, client_for):
    """Opens the form and sends it with the given fields, as a browser would."""

    def saved(activity, *, by=samordnare, follow=True, **fields):
        client = client_for(by)
        form = client.get(address(activity)).context["form"]
        return client.post(address(activity), sent(form) | fields, follow=follow)

    return saved


def test_a_form_that_is_sent_as_it_was_opened_changes_nothing(save, draft):
    before = draft.past.count()
    page = save(draft)
    assert page.redirect_chain == [(draft.get_absolute_url(), 302)]
    assert "Inget var ändrat." in page.content.decode()
    assert (Activity.objects.get().version, draft.past.count()) == (1, before)


def test_what_is_changed_is_saved_and_the_rest_stays(save, draft, huge_rep, polisen):
    page = save(draft, by=huge_rep, title="Ljus i tunneln", ends_on="30/6 2024")

    assert "Ändringarna är sparade." in page.content.decode()
    stored = Activity.objects.get()
    assert (stored.title, stored.ends_on, float(stored.target)) == (
        "Ljus i tunneln",
        date(2024, 6, 30),
        12600.5,
    )
    assert (stored.is_recurring, list(stored.contributors.all()), list(stored.reporters.all())) == (
        True,
        [polisen],
        [huge_rep],
    )


def test_a_box_that_is_no_longer_ticked_is_off(samordnare, draft, client_for):
    client = client_for(samordnare)
    data = sent(client.get(address(draft)).context["form"])
    del data["is_recurring"], data["contributors"], data["focus_areas"]

    client.post(address(draft), data)

    stored = Activity.objects.get()
    assert (stored.is_recurring, stored.contributors.count(), stored.focus_areas.count()) == (False, 0, 0)


def test_who_has_left_is_kept_until_somebody_takes_it_away(save, draft, samordnare, client_for):
    gone = PartyFactory(name="Har lämnat")
    MembershipFactory(party=gone, left_on=date(2024, 1, 1))
    ContributionFactory(activity=draft, party=gone)
    left = UserFactory(representative=True, email="slutat@example.com", is_active=False)
    draft.reporters.add(left)

    save(draft, title="Ljus i tunneln")

    stored = Activity.objects.get()
    assert gone in stored.contributors.all()
    assert left in stored.reporters.all()


def test_the_coordinator_may_give_a_draft_another_lead(save, draft, kommunen):
    save(draft, lead=kommunen.pk, reporters=[])
    assert Activity.objects.get().lead == kommunen


# --- What is agreed ---------------------------------------------------------------------------------------------
def test_what_is_agreed_says_who_is_notified_and_shows_its_lead_party(agreed, save, samordnare, client_for):
    page = client_for(samordnare).get(address(agreed))
    html = page.content.decode()
    assert "När du sparar får Huge veta med e-post vad som har ändrats." in html
    assert f'href="/2023-2024/aktiviteter/ny/?ersatter={agreed.number}"' in html
    assert "Spara ändringar" in html
    assert "lead" not in page.context["form"].fields

    said = save(agreed, ends_on="2024-06-30").content.decode()

    assert "Ändringarna är sparade. Huge får veta det med e-post." in said
    assert Activity.objects.get().ends_on == date(2024, 6, 30)


def test_another_lead_is_not_taken_for_what_is_agreed(agreed, save, polisen, huge):
    save(agreed, lead=polisen.pk, title="Ljus i tunneln")
    assert Activity.objects.get().lead == huge


def test_what_is_agreed_keeps_a_need(agreed, samordnare, client_for):
    client = client_for(samordnare)
    data = sent(client.get(address(agreed)).context["form"])
    del data["needs"]

    form = client.post(address(agreed), data).context["form"]

    assert dict(form.errors.items()) == {"needs": ["En beslutad aktivitet svarar mot minst ett behov."]}
    assert Activity.objects.get().needs.count() == 1


# --- Two editors --------------------------------------------------------------------------------------------------
def test_a_stale_save_says_who_changed_what_keeps_the_text_and_goes_through_the_second_time(
    draft, save, samordnare, huge_rep, client_for
):
    client = client_for(huge_rep)
    mine = sent(client.get(address(draft)).context["form"]) | {"title": "Min titel"}
    save(draft, ends_on="2024-06-30")

    stale = client.post(address(draft), mine)

    page = stale.content.decode()
    assert "Samordnare trygghet ändrade slut den" in page
    assert "Inget är sparat</h2>" in page
    assert len(stale.context["form"].non_field_errors()) == 1
    assert Activity.objects.get().title == "Belysning längs stråket"
    assert client.post(address(draft), sent(stale.context["form"])).status_code == 302
    saved = Activity.objects.get()
    assert (saved.title, saved.ends_on.isoformat()) == ("Min titel", "2024-06-30")


def test_a_fault_of_ones_own_is_shown_together_with_what_another_has_saved(draft, save, huge_rep, client_for):
    client = client_for(huge_rep)
    mine = sent(client.get(address(draft)).context["form"]) | {"goal": "x" * 5001}
    save(draft, ends_on="2024-06-30")

    faulty = client.post(address(draft), mine)

    assert list(faulty.context["form"].errors) == ["goal", "__all__"]
    assert faulty.context["form"]["ends_on"].value() == "30 juni 2024"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 5000, "1\x00"])
def test_a_version_that_cannot_be_the_forms_own_saves_nothing_and_loses_nothing(version, draft, save):
    refused = save(draft, title="Min titel", version=version)
    assert len(refused.context["form"].non_field_errors()) == 1
    assert refused.context["form"]["title"].value() == "Min titel"
    assert Activity.objects.get().title == "Belysning längs stråket"


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        (["samordnare"], "Lämna tillbaka förslaget och skriv vad som behöver ändras."),
        (["huge_rep"], "Ta tillbaka förslaget om det ska ändras."),
        (["samordnare", "huge_rep"], "Aktiviteten är beslutad. Samordnaren kan ändra planen."),
    ],
)
def test_what_somebody_has_just_said_yes_to_is_shown_and_the_text_is_kept_to_copy(
    steps, sentence, draft, huge_rep, now, client_for, request
):
    client = client_for(huge_rep)
    mine = sent(client.get(address(draft)).context["form"]) | {"title": "Min titel", "ends_on": "aldrig"}
    for version, (who, act) in enumerate(zip(steps, (propose_activity, accept_activity), strict=False), 1):
        act(activity=draft, by=request.getfixturevalue(who), at=now, version=version)

    response = client.post(address(draft), mine)

    page, form = response.content.decode(), response.context["form"]
    assert response.status_code == 200
    assert list(form.errors) == ["__all__"]
    assert sentence in page
    assert "Inget av det du skrev är sparat." in page
    assert form["title"].value() == "Min titel"
    assert "Spara utkast" not in page
    assert Activity.objects.get().title == "Belysning längs stråket"


def test_whoever_comes_too_late_by_an_address_is_led_to_the_activity(agreement, huge_rep, client_for):
    proposal = ActivityFactory(proposed=True)
    page = client_for(huge_rep).get(address(proposal), follow=True)
    assert page.redirect_chain == [(proposal.get_absolute_url(), 302)]
    assert "Aktiviteten är föreslagen. Ta tillbaka förslaget om det ska ändras." in page.content.decode()
