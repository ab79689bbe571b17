"""Two people plan at the same moment: neither overwrites the other, and a form sent twice makes one draft."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activities.models import Activity, FollowUp
from activities.planning.actions import edit_plan, propose_activity, remove_draft
from samverkan.lib.editing.stale import Stale
from tests.factories import ActivityFactory, NeedFactory, PriorityAreaFactory
from tests.support.at_once import People
from tests.support.plans import plan_of, sent

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_edit_at_once_one_saves_and_the_other_is_refused(
    agreement, samordnare, huge_rep, now, tmp_path
):
    draft = ActivityFactory(draft=True)
    plans = {user: plan_of(draft, title=user.email) for user in (samordnare, huge_rep)}

    def saves(user):
        return lambda: edit_plan(activity=draft, by=user, at=now, version=1, plan=plans[user])

    people = People(tmp_path)
    answers = people.do(saves(samordnare), saves(huge_rep))

    assert sorted(type(answer).__name__ for answer in answers) == ["Stale", "bool"]
    assert people.see(lambda: Activity.objects.get().version) == 2


def test_what_is_agreed_at_the_same_moment_is_not_edited_by_its_party(
    agreement, samordnare, huge_rep, now, tmp_path
):
    draft = ActivityFactory(draft=True, needs=[NeedFactory()])
    mine = plan_of(draft, title="Mitt namn")

    def proposes():
        return propose_activity(activity=draft, by=samordnare, at=now, version=1, notify=False)

    def saves():
        return edit_plan(activity=draft, by=huge_rep, at=now + timedelta(seconds=1), version=1, plan=mine)

    people = People(tmp_path)
    proposed, saved = people.do(proposes, saves)

    if saved is True:
        assert isinstance(proposed, Stale)
    else:
        assert isinstance(saved, PermissionDenied | Stale)
        assert people.see(lambda: Activity.objects.get().title) == "Belysning längs stråket"


def test_a_draft_that_is_removed_at_the_same_moment_is_refused_as_removed(
    agreement, samordnare, huge_rep, now, tmp_path
):
    draft = ActivityFactory(draft=True)
    mine = plan_of(draft, title="Mitt namn")

    def removes():
        return remove_draft(activity=draft, by=samordnare, at=now, version=1)

    def saves():
        return edit_plan(activity=draft, by=huge_rep, at=now, version=1, plan=mine)

    people = People(tmp_path)
    removed, saved = people.do(removes, saves)

    assert [type(removed).__name__, saved] in (["Stale", True], ["NoneType", saved])
    assert people.see(Activity.objects.count) == (1 if saved is True else 0)
    if saved is not True:
        assert str(saved) == "Utkastet har tagits bort."


@pytest.fixture
def plain(agreement, huge):
    """The fields of a new form."""
    return {
        "title": "Ljus längs stråket",
        "priority_area": PriorityAreaFactory().pk,
        "lead": huge.pk,
        "starts_on": "2024-01-01",
        "ends_on": "2024-12-31",
    }


def test_a_new_form_that_is_sent_twice_at_once_makes_one_draft(plain, samordnare, client_for, tmp_path):
    address = reverse("new_activity", args=["2023-2024"])
    clients = [client_for(samordnare) for _ in range(2)]
    data = sent(clients[0].get(address).context["form"]) | plain

    people = People(tmp_path)
    answers = people.do(*[lambda client=client: client.post(address, data)["Location"] for client in clients])

    assert answers == ["/2023-2024/aktiviteter/1/"] * 2
    assert people.see(Activity.objects.count) == 1


def test_a_replacement_that_is_sent_twice_at_once_makes_one_draft_and_the_old_one_goes_on(
    plain, samordnare, client_for, tmp_path
):
    old = ActivityFactory(on_track=True)
    address = reverse("new_activity", args=["2023-2024"])
    clients = [client_for(samordnare) for _ in range(2)]
    data = sent(clients[0].get(f"{address}?ersatter={old.number}").context["form"]) | plain
    data |= {"ersatter": old.number, "reason": "Platsen byggs om."}

    people = People(tmp_path)
    answers = people.do(*[lambda client=client: client.post(address, data)["Location"] for client in clients])

    assert answers == ["/2023-2024/aktiviteter/2/"] * 2
    assert people.see(Activity.objects.count) == 2
    assert people.see(FollowUp.objects.filter(status="cancelled").count) == 0
