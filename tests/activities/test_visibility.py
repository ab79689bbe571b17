"""The activities that each role sees: each kind of activity for each role."""

import pytest
from django.contrib.auth.models import AnonymousUser

from activities.models import Activity, FollowUp
from activities.policies import can_follow_up
from parties.roles import Role
from priorities.models import Agreement
from tests.factories import ActivityFactory, AgreementFactory, FollowUpFactory, PartyFactory, UserFactory
from tests.support.stored import kept_for_the_module
from tests.support.tables import rows

pytestmark = pytest.mark.django_db

SEEN = rows("""
    role            own_party    draft  proposed  returned  agreed  internal  archived
    reader          leads        –      –         –         yes     –         yes
    reader          contributes  –      –         –         yes     –         yes
    reader          neither      –      –         –         yes     –         yes
    representative  leads        yes    yes       yes       yes     yes       yes
    representative  contributes  yes    yes       yes       yes     yes       yes
    representative  neither      –      –         –         yes     –         yes
    official        leads        –      –         –         yes     yes       yes
    official        contributes  –      –         –         yes     yes       yes
    official        neither      –      –         –         yes     yes       yes
    coordinator     leads        yes    yes       yes       yes     yes       yes
    coordinator     contributes  yes    yes       yes       yes     yes       yes
    coordinator     neither      yes    yes       yes       yes     yes       yes
    administrator   leads        –      –         –         yes     yes       yes
    administrator   contributes  –      –         –         yes     yes       yes
    administrator   neither      –      –         –         yes     yes       yes
""")
FOLLOWED_UP = rows("""
    role            own_party    draft  proposed  returned  agreed  internal  archived
    reader          leads        –      –         –         –       –         –
    reader          contributes  –      –         –         –       –         –
    reader          neither      –      –         –         –       –         –
    representative  leads        –      –         –         yes     yes       –
    representative  contributes  –      –         –         –       –         –
    representative  neither      –      –         –         –       –         –
    official        leads        –      –         –         –       –         –
    official        contributes  –      –         –         –       –         –
    official        neither      –      –         –         –       –         –
    coordinator     leads        –      –         –         yes     yes       –
    coordinator     contributes  –      –         –         yes     yes       –
    coordinator     neither      –      –         –         yes     yes       –
    administrator   leads        –      –         –         –       –         –
    administrator   contributes  –      –         –         –       –         –
    administrator   neither      –      –         –         –       –         –
""")
KINDS = ["draft", "proposed", "returned", "agreed", "internal", "archived"]


@pytest.fixture(scope="module")
def activities(django_db_setup, django_db_blocker):
    """One activity of each kind, led by Huge with Polisen contributing, each with one follow-up."""
    with kept_for_the_module(django_db_blocker):
        parties = {"lead": PartyFactory(huge=True), "contributors": [PartyFactory(polisen=True)]}
        kinds = ("draft", "proposed", "returned", "internal")
        made = {kind: ActivityFactory(**{kind: True}, **parties) for kind in kinds}
        made["agreed"] = ActivityFactory(**parties)
        past = AgreementFactory(slug="2021-2022", title="Samverkansöverenskommelse 2021–2022")
        made["archived"] = ActivityFactory(agreement=past, **parties)
        for activity in made.values():
            FollowUpFactory(activity=activity)
        Agreement.objects.filter(pk=past.pk).update(status=Agreement.Status.ARCHIVED)
        yield {kind: Activity.objects.select_related("agreement").get(pk=made[kind].pk) for kind in KINDS}


def somebody(role, own_party):
    party = {
        "leads": {"huge": True},
        "contributes": {"polisen": True},
        "neither": {"slug": "kriminalvarden", "name": "Kriminalvården"},
    }[own_party]
    return UserFactory(role=role, party=PartyFactory(**party))


def kinds_of(found, activities):
    """The kinds of the activities, in the table's order."""
    return [kind for kind in KINDS if activities[kind] in set(found)]


def said_yes(row):
    return [kind for kind in KINDS if row[kind] == "yes"]


@pytest.mark.parametrize("table", [SEEN, FOLLOWED_UP], ids=["seen", "followed up"])
def test_the_table_names_every_role_with_every_relation(table):
    relations = ["leads", "contributes", "neither"]
    assert [(row["role"], row["own_party"]) for row in table] == [
        (role, relation) for role in Role.values for relation in relations
    ]


@pytest.mark.parametrize("row", SEEN, ids=lambda row: f"{row['role']} {row['own_party']}")
def test_each_role_sees_what_the_table_says_and_nothing_else(row, activities):
    user = somebody(row["role"], row["own_party"])
    assert kinds_of(Activity.objects.visible_to(user), activities) == said_yes(row)


@pytest.mark.parametrize("row", SEEN, ids=lambda row: f"{row['role']} {row['own_party']}")
def test_follow_ups_are_seen_with_their_activities(row, activities):
    user = somebody(row["role"], row["own_party"])
    follow_ups = FollowUp.objects.visible_to(user).select_related("activity")
    assert kinds_of([follow_up.activity for follow_up in follow_ups], activities) == said_yes(row)


@pytest.mark.parametrize("row", FOLLOWED_UP, ids=lambda row: f"{row['role']} {row['own_party']}")
def test_each_role_follows_up_what_the_table_says_and_nothing_else(row, activities):
    user = somebody(row["role"], row["own_party"])
    assert [kind for kind in KINDS if can_follow_up(user, activities[kind])] == said_yes(row)


@pytest.mark.parametrize("row", FOLLOWED_UP, ids=lambda row: f"{row['role']} {row['own_party']}")
def test_nobody_follows_up_what_they_cannot_see(row, activities):
    user = somebody(row["role"], row["own_party"])
    seen = set(Activity.objects.visible_to(user))
    assert [
        kind for kind in KINDS if can_follow_up(user, activities[kind]) and activities[kind] not in seen
    ] == []


def test_a_representative_without_a_party_sees_nothing(activities, rep_without_party):
    assert list(Activity.objects.visible_to(rep_without_party)) == []
    assert list(FollowUp.objects.visible_to(rep_without_party)) == []
    assert [kind for kind in KINDS if can_follow_up(rep_without_party, activities[kind])] == []


@pytest.mark.parametrize("role", Role.values)
def test_whoever_has_left_sees_and_does_nothing(role, activities, huge):
    gone = UserFactory(role=role, party=huge, is_active=False)
    assert list(Activity.objects.visible_to(gone)) == []
    assert [kind for kind in KINDS if can_follow_up(gone, activities[kind])] == []


def test_whoever_has_not_signed_in_sees_nothing(activities):
    assert list(Activity.objects.visible_to(AnonymousUser())) == []


def test_a_reader_without_a_party_sees_what_readers_see(activities):
    assert kinds_of(Activity.objects.visible_to(UserFactory(party=None)), activities) == [
        "agreed",
        "archived",
    ]


def test_a_party_that_both_leads_and_contributes_elsewhere_sees_each_activity_once(
    activities, huge, huge_rep
):
    ActivityFactory(internal=True, lead=PartyFactory(polisen=True), contributors=[huge, PartyFactory()])
    assert Activity.objects.visible_to(huge_rep).count() == 7


def test_a_report_tells_what_is_agreed_and_not_internal(activities):
    assert kinds_of(Activity.objects.reportable(), activities) == ["agreed", "archived"]


def test_a_done_activity_can_be_followed_up_again(huge_rep):
    assert can_follow_up(huge_rep, ActivityFactory(done=True)) is True


def test_nothing_is_followed_up_before_its_agreement_is_adopted(huge_rep, samordnare):
    activity = ActivityFactory(agreement=AgreementFactory(next_period=True, draft=True))
    assert [can_follow_up(user, activity) for user in (huge_rep, samordnare)] == [False, False]


def test_what_a_party_leads_and_what_it_contributes_to(activities, huge, polisen):
    assert kinds_of(Activity.objects.led_by(huge), activities) == KINDS
    assert kinds_of(Activity.objects.contributed_by(polisen), activities) == KINDS
    assert list(Activity.objects.led_by(polisen)) == list(Activity.objects.contributed_by(huge)) == []


def test_nobodys_party_leads_and_contributes_to_nothing(activities):
    assert list(Activity.objects.led_by(None)) == list(Activity.objects.contributed_by(None)) == []


@pytest.mark.parametrize("role", ["lasare", "huge_rep", "handlaggare"])
def test_what_is_agreed_in_a_draft_agreement_shows_to_those_who_see_the_draft_only(role, request, samordnare):
    draft = AgreementFactory(slug="2025-2026", status="draft")
    ActivityFactory(agreement=draft)

    assert list(Activity.objects.visible_to(request.getfixturevalue(role)).in_agreement(draft)) == []
    assert Activity.objects.visible_to(samordnare).in_agreement(draft).count() == 1
