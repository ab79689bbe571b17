"""The database refuses what nobody may change: each lock in the list, tried with raw SQL.

test_locks_kept.py has the locks that allow changes but no removal.
"""

import pytest

from priorities.models import Agreement, PriorityArea
from samverkan.locks import LOCKS
from tests.factories import AgreementFactory, PriorityAreaFactory
from tests.support.locked_rows import Row, close, open_world, refused, sentence_of
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.django_db
LOCKED = [lock for lock in LOCKS if not lock.only_inserts and not lock.when_updated and not lock.refers_to]
WHOLE = "Parter och områden läggs inte till i en fastställd överenskommelse."
PARTS = [lock.model for lock in LOCKS if lock.sentence == WHOLE]
CLOSED = [lock for lock in LOCKS if (lock.inserts or lock.only_inserts) and lock.sentence != WHOLE]
each_lock = pytest.mark.parametrize("lock", LOCKED, ids=lambda lock: lock.model)


@pytest.fixture(autouse=True, scope="module")
def closed(django_db_setup, django_db_blocker):
    """A row behind every lock."""
    with kept_for_the_module(django_db_blocker):
        open_world()
        close()
        yield


@each_lock
def test_an_update_is_refused(lock):
    refused(Row.of(lock.model).update, lock.sentence)


@each_lock
def test_a_delete_is_refused(lock):
    refused(Row.of(lock.model).delete, lock.sentence)


@each_lock
def test_emptying_the_table_is_refused(lock):
    """Another lock may refuse first, since PostgreSQL empties the tables that refer to it too."""
    assert sentence_of(Row.of(lock.model).empty) in {lock.sentence for lock in LOCKS}
    assert Row.of(lock.model).pk


@pytest.mark.parametrize("lock", CLOSED, ids=lambda lock: lock.model)
def test_nothing_is_added_to_what_is_closed(lock):
    refused(Row.of(lock.model).copy, lock.sentence)


@pytest.mark.parametrize("model", PARTS)
def test_nothing_is_added_to_an_agreement_that_was_drafted_and_adopted(model, kommunen):
    parts = {"parties": [kommunen], "areas": ["andts"], "places": ["varby"]}
    agreement = AgreementFactory(next_period=True, draft=True, **parts)

    Agreement.objects.filter(pk=agreement.pk).update(status=Agreement.Status.ADOPTED)

    refused(Row.of(model, where=f"agreement_id = {agreement.pk}").copy, WHOLE)


@pytest.mark.parametrize("model", PARTS)
def test_nothing_is_moved_into_an_agreement_that_was_drafted_and_adopted(model, kommunen):
    parts = {"parties": [kommunen], "areas": ["andts"], "places": ["varby"]}
    agreement = AgreementFactory(next_period=True, draft=True)
    other = AgreementFactory(slug="2027-2028", draft=True, **parts)
    Agreement.objects.filter(pk=agreement.pk).update(status=Agreement.Status.ADOPTED)

    row = Row.of(model, where=f"agreement_id = {other.pk}")
    refused(lambda: row.update(f"agreement_id = {agreement.pk}"), WHOLE)


def test_a_row_is_not_moved_into_what_is_closed():
    area = PriorityAreaFactory(agreement=AgreementFactory(next_period=True, draft=True))
    past = Agreement.objects.get(slug="2023-2024")
    (lock,) = [lock for lock in LOCKS if lock.model == "priorities.PriorityArea" and lock.inserts]
    refused(lambda: PriorityArea.objects.filter(pk=area.pk).update(agreement=past), lock.sentence)
