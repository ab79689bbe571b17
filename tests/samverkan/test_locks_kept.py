"""Rows that may change but not be removed: an adopted agreement, a question, and all that follow-ups refer to.

Foreign keys play no part, since the databases check them at the commit only.
"""

import pytest

from samverkan.locks import LOCKS
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    MatterFactory,
    PartyFactory,
    RoundFactory,
    UserFactory,
)
from tests.support.locked_rows import Row, open_world, refused
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.django_db
STAYS = {lock.model: lock for lock in LOCKS if lock.when_updated}
ANOTHER_KEY = "id = id + 1000"
ALLOWED = {
    "priorities.Agreement": ["status = 'archived'", "status = 'adopted'", "version = version + 1"],
    "priorities.PriorityArea": ["name = name"],
    "priorities.FocusArea": ["place_id = place_id"],
    "activities.Question": ["taken_back_at = '2024-09-20 10:00:00'"],
    "activities.Activity": ["title = 'Ny rubrik'", "lead_yes_on = '2024-02-01'"],
    "activities.Round": ["label = 'Nytt namn'", "closed_on = '2024-09-20'"],
    "parties.Party": ["name = 'Nytt namn'"],
    "parties.User": ["display_name = 'Borttaget konto'", "is_active = FALSE"],
    "parties.AuditSegment": ["removed_at = CURRENT_TIMESTAMP"],
    "priorities.AgreementParty": ["title = 'VD'", "signed_on = '2024-05-01'", "left_on = '2024-05-01'"],
    "priorities.AgreementAttachment": ["title = 'Ny rubrik'", "file = 'bilagor/annan.pdf'"],
    "parties.DeclarationAttachment": ["title = 'Ny rubrik'"],
    "parties.Signatory": ["title = 'VD'", "signed_on = NULL"],
    "parties.Matter": ["section = '§ 7'", "title = 'Ny rubrik'"],
    "parties.MatterPoint": ["text = 'En annan punkt.'"],
}
REFUSED = {model: [ANOTHER_KEY] for model in ALLOWED}
REFUSED["activities.Question"] += [
    "text = 'En annan fråga?'",
    "asked_at = '2024-09-20 10:00:00'",
    "asked_by_title = 'En annan'",
]
REFUSED["parties.AuditSegment"] += ["digest = ''", "removed_at = CURRENT_TIMESTAMP, entries = entries + 1"]
REFUSED["priorities.Agreement"] += [
    "status = 'draft'",
    "title = 'Ny rubrik'",
    "purposes = 'Andra syften.'",
    "purposes = 'Texten är maskerad.'",  # no mask says so
    "starts_on = '2022-12-01'",
    "ends_on = '2025-01-31'",
    "matter_id = NULL",
    "slug = 'annan'",
]
REFUSED["priorities.PriorityArea"] += ["name = 'Annat'", "effect_goal = 'Annat.'", '"order" = "order" + 7']
REFUSED["priorities.FocusArea"] += ['"order" = "order" + 7']
REFUSED["priorities.AgreementParty"] += ["party_id = party_id + 1000", "agreement_id = agreement_id + 1000"]
REFUSED["priorities.AgreementAttachment"] += ["agreement_id = agreement_id + 1000"]
REFUSED["parties.Signatory"] += ["party_id = party_id + 1000", "declaration_id = declaration_id + 1000"]
REFUSED["parties.MatterPoint"] += ["matter_id = matter_id + 1000"]
FREE = {
    "priorities.Agreement": lambda: AgreementFactory(next_period=True, draft=True),
    "activities.Activity": ActivityFactory,
    "activities.Round": lambda: RoundFactory(planned=True),
    "parties.Party": PartyFactory,
    "parties.User": UserFactory,
}
# What goes must be kept in the history, but it may go.
GOES = {"parties.MatterPoint"}
each = pytest.mark.parametrize("model", sorted(ALLOWED.keys() - GOES))


def each_change(table):
    return pytest.mark.parametrize(
        ("model", "change"), [(model, change) for model, changes in table.items() for change in changes]
    )


@pytest.fixture(autouse=True, scope="module")
def world(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        open_world()
        yield


def free(model):
    """A row that the lock does not hold."""
    return Row.of(model, where=f"id = {FREE[model]().pk}")


def test_every_such_lock_is_tried():
    assert set(STAYS) == set(ALLOWED)


@each
def test_it_does_not_go(model):
    refused(Row.held_by(STAYS[model]).delete, STAYS[model].sentence)


@pytest.mark.parametrize("model", FREE)
def test_what_nothing_depends_on_can_go(model):
    row = free(model)
    row.delete()
    assert row.pk is None


@each_change(ALLOWED)
def test_it_can_change(model, change):
    Row.held_by(STAYS[model]).update(change)


@each_change(REFUSED)
def test_it_does_not_change_so(model, change):
    refused(lambda: Row.held_by(STAYS[model]).update(change), STAYS[model].sentence)


@each_change({model: REFUSED[model] for model in FREE})
def test_what_nothing_depends_on_can_change_so(model, change):
    row = free(model)
    row.update(change)
    assert (row.pk is None) is (change == ANOTHER_KEY)


def test_a_matter_is_registered_later_where_there_was_none():
    agreement = AgreementFactory(next_period=True, matter=None)
    row = Row.of("priorities.Agreement", where=f"id = {agreement.pk}")
    matter = MatterFactory()

    row.update(f"matter_id = {matter.pk}")

    refused(lambda: row.update("matter_id = NULL"), STAYS["priorities.Agreement"].sentence)
