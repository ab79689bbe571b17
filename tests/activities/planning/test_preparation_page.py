"""The preparation panel: what remains, whose turn it is and what the user may do."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity
from activities.planning.actions import remove_draft, return_activity
from parties.models import User
from tests.factories import ActivityFactory, ContributionFactory, NeedFactory
from tests.support.queries import beyond_the_visit
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

STEPS = {"propose": "propose_activity", "accept": "accept_activity", "withdraw": "withdraw_activity"}
PANEL = re.compile(r'<section class="card pad preparation.*?</section>', re.DOTALL)
LABELS = (
    "Skicka till Huge", "Skicka till samordnaren", "Godkänn", "Föreslå ändring", "Ta tillbaka förslaget",
    "Ändra utkastet", "Ta bort utkastet", "Ändra uppgifter", "Kopiera", "Ersätt",
)  # fmt: skip


@rows
def people(samordnare, huge_rep, polis_rep, lasare, handlaggare):
    return {
        "coordinator": samordnare,
        "lead": huge_rep,
        "contributor": polis_rep,
        "reader": lasare,
        "official": handlaggare,
    }


@pytest.fixture
def make(agreement, polisen):
    return lambda **traits: ActivityFactory(
        **{"needs": [NeedFactory()], "contributors": [polisen], "measure": "Lyktor", "target": 40} | traits
    )


@pytest.fixture
def opened(client_for):
    """The activity's page as text on one line."""

    def opened(activity, user, follow_up_of=None):
        response = follow_up_of or client_for(user).get(activity.get_absolute_url())
        return " ".join(response.content.decode().split())

    return opened


@pytest.fixture
def take(client_for):
    """Presses a button on the page, and returns the page that follows."""

    def take(step, activity, user, **fields):
        address = reverse(STEPS[step], args=["2023-2024", activity.number])
        data = {"version": activity.version} | fields
        return " ".join(client_for(user).post(address, data, follow=True).content.decode().split())

    return take


def offered(page: str) -> set[str]:
    """The plan's buttons and links on the page."""
    found = re.findall(r"<(?:a|button)[^>]*>(.*?)</(?:a|button)>", page)
    return {re.sub(r"<[^>]*>", "", text).strip() for text in found} & set(LABELS)


DRAFTED = {"Ändra utkastet", "Ta bort utkastet"}
OFFERS = [
    ({"draft": True}, "lead", {"Skicka till samordnaren"} | DRAFTED),
    ({"draft": True}, "coordinator", {"Skicka till Huge"} | DRAFTED),
    ({"draft": True, "needs": []}, "lead", DRAFTED),
    ({"draft": True}, "contributor", set()),
    ({"returned": True}, "lead", {"Skicka till samordnaren"} | DRAFTED),
    ({"proposed": True}, "lead", {"Ta tillbaka förslaget"}),
    ({"proposed": True}, "coordinator", {"Godkänn", "Föreslå ändring"}),
    ({"waits_for_lead": True}, "lead", {"Godkänn", "Föreslå ändring"}),
    ({"waits_for_lead": True}, "coordinator", {"Ta tillbaka förslaget"}),
    ({"waits_for_lead": True}, "contributor", set()),
    ({}, "coordinator", {"Ändra uppgifter", "Kopiera", "Ersätt"}),
    ({}, "lead", {"Kopiera"}),
    ({}, "contributor", {"Kopiera"}),
    ({}, "official", set()),
    ({}, "reader", set()),
]


@pytest.mark.parametrize(("traits", "who", "expected"), OFFERS)
def test_everybody_gets_exactly_the_buttons_that_they_may_press(traits, who, expected, make, people, opened):
    assert offered(opened(make(**traits), people[who])) == expected


STANDINGS = [
    ({"draft": True}, "lead", ["Utkast", "Bara Huge, medverkande parter och samordnaren ser det."]),
    (
        {"proposed": True},
        "lead",
        ["Förslaget väntar på svar från samordnaren", "Föreslagen av Huge den 1 januari 2023."],
    ),
    ({"proposed": True}, "coordinator", ["Förslaget väntar på ditt svar"]),
    (
        {"waits_for_lead": True},
        "lead",
        ["Förslaget väntar på ert svar", "Föreslagen av samordnaren den 1 januari 2023."],
    ),
    ({"waits_for_lead": True}, "contributor", ["Förslaget väntar på svar från Huge"]),
    ({"returned": True}, "lead", ["Förslaget har kommit tillbaka", "Det saknas ett mätbart mål."]),
]


@pytest.mark.parametrize(("traits", "who", "sentences"), STANDINGS)
def test_the_panel_says_where_it_stands_and_whose_turn_it_is(
    traits, who, sentences, make, people, opened, samordnare
):
    panel = PANEL.search(opened(make(**traits), people[who]))[0]

    assert [sentence for sentence in sentences if sentence not in panel] == []


def test_an_agreed_one_has_no_panel(make, opened, huge_rep):
    assert PANEL.search(opened(make(), huge_rep)) is None


def checks_of(client, activity) -> dict[str, tuple[bool, bool]]:
    """For each line of the checklist, whether it is done and whether it is required."""
    page = client.get(activity.get_absolute_url()).context["page"]
    return {check.label: (check.is_done, check.is_required) for check in page.preparation.checks}


def test_the_checklist_tells_what_is_required_from_what_is_recommended(make, client_for, huge_rep):
    bare = make(draft=True, needs=[], goal="", milestones=["Upphandling"])
    whole = make(draft=True, milestones=["Upphandling", "Utvärdering"])
    whole.contributions.update(confirmed_on="2024-09-01")
    alone = make(draft=True, contributors=[])
    client = client_for(huge_rep)

    labels = ("Minst ett behov som aktiviteten svarar mot", "Ett mätbart mål", "Minst två delmål")
    need, goal, milestones, parties = *labels, "Medverkande parter har bekräftat"
    assert checks_of(client, bare) == {
        need: (False, True),
        goal: (False, False),
        milestones: (False, False),
        parties: (False, False),
    }
    assert all(done for done, _ in checks_of(client, whole).values())
    assert parties not in checks_of(client, alone)


def test_both_orders_end_in_a_decision_and_each_receipt_says_what_happens_next(make, people, take):
    draft = make(draft=True)
    assert "Förslaget är skickat till samordnaren, som får ett mejl" in take("propose", draft, people["lead"])
    draft.refresh_from_db()
    page = take("accept", draft, people["coordinator"])
    assert "Aktiviteten är beslutad: både Huge och samordnaren har sagt ja. Nu följer Huge upp den." in page

    draft = make(draft=True)
    page = take("propose", draft, people["coordinator"])
    assert "Förslaget är skickat till Huge. De får ett mejl och svarar här." in page
    draft.refresh_from_db()
    assert "Aktiviteten är beslutad" in take("accept", draft, people["lead"])
    assert set(Activity.objects.values_list("preparation", flat=True)) == {"agreed"}


def test_who_has_no_account_gets_no_mail_and_the_coordinator_sees_it_and_can_invite(make, samordnare, take):
    page = take("propose", make(draft=True), samordnare)

    assert "Huge har ingen partsrepresentant med konto än, så ingen har fått ett mejl." in page
    assert "De får ett mejl" not in page
    assert f'href="{reverse("invite", args=["2023-2024", "huge"])}"' in page


def test_without_a_coordinator_the_party_learns_that_nobody_has_read_it(make, huge_rep, take):
    assert not User.objects.filter(role="coordinator").exists()

    assert "Ingen samordnare har ett konto än" in take("propose", make(draft=True), huge_rep)


def test_what_stands_in_the_way_is_a_sentence_on_the_page(make, people, take):
    proposal, agreed, bare = make(proposed=True), make(), make(draft=True, needs=[])

    assert "Förslaget väntar på svar från samordnaren. Du kan inte besluta det ensam." in take(
        "accept", proposal, people["lead"]
    )
    assert "Aktiviteten är redan föreslagen." in take("propose", proposal, people["lead"])
    assert "Aktiviteten är redan beslutad." in take("accept", agreed, people["coordinator"])
    assert "Välj minst ett behov" in take("propose", bare, people["lead"])
    assert "Läs igenom det som gäller nu." in take("accept", proposal, people["coordinator"], version=99)
    assert "Det finns inget förslag att svara på" in take("withdraw", bare, people["lead"])


@pytest.mark.parametrize("version", ["", "två", "9" * 400, "\x00", "1.5"])
def test_a_version_that_cannot_be_read_changes_nothing(version, make, people, take):
    proposal = make(proposed=True)

    page = take("accept", proposal, people["coordinator"], version=version)

    assert "Sidan kunde inte läsas." in page or "Läs igenom det som gäller nu." in page
    assert Activity.objects.get(pk=proposal.pk).is_proposed


def test_a_draft_that_was_removed_between_look_and_press_leads_nowhere(make, people, take, now):
    draft = make(draft=True)
    remove_draft(activity=draft, by=people["coordinator"], at=now, version=draft.version)

    assert "Sidan finns inte" in take("propose", draft, people["lead"])


def test_a_replacement_is_named_to_those_who_see_it(make, people, opened):
    old = make(title="Den gamla")
    new = make(
        title="Den nya", draft=True, replaces=old, replace_reason="Vi byter arbetssätt.", contributors=[]
    )

    assert (
        f'Den ska ersättas av <a href="{new.get_absolute_url()}">aktivitet {new.number}, Den nya</a> (utkast)'
        in opened(old, people["lead"])
    )
    for page in (opened(old, people["reader"]), opened(old, people["contributor"])):
        assert "Den nya" not in page
        assert "Vi byter arbetssätt." not in page
    assert f'Ersätter <a href="{old.get_absolute_url()}">' in opened(new, people["coordinator"])


def test_what_replaces_something_that_one_may_not_know_of_tells_neither_its_name_nor_why(
    make, people, opened
):
    secret = make(title="Den hemliga", internal=True, contributors=[])
    new = make(title="Den öppna", replaces=secret, replace_reason="Vi byter arbetssätt.")

    page = opened(new, people["reader"])

    assert "Ersätter en annan aktivitet." in page
    assert "Den hemliga" not in page
    assert "Vi byter arbetssätt." not in page
    assert "Vi byter arbetssätt." in opened(new, people["coordinator"])


@pytest.mark.parametrize("who", ["lead", "coordinator"])
def test_no_stage_costs_more_than_twelve_queries(who, make, people, client_for, now):
    proposal = make(proposed=True)
    returned = return_activity(
        activity=proposal, by=people["coordinator"], at=now, version=proposal.version, reason="Igen."
    )
    made = [make(draft=True), make(proposed=True), make(waits_for_lead=True), returned, make()]
    client, costs = client_for(people[who]), []
    for activity in made:
        ContributionFactory(activity=activity, party=people["coordinator"].party)
        with CaptureQueriesContext(connection) as captured:
            client.get(activity.get_absolute_url())
        costs.append(len(beyond_the_visit(captured)))

    assert max(costs) <= 12, costs
