"""A round asks about what both had agreed and what was due to have started on its day: its figures are the report's."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings

from activities.periods import Rounds
from priorities.models import Agreement
from samverkan import demo
from tests.support.round_figures import differing
from tests.support.round_histories import MOVED, days, differing_after, histories

TODAY = date(2024, 9, 30)

pytestmark = pytest.mark.django_db


def test_every_round_of_the_demo_says_what_the_report_as_of_its_day_says():
    demo.load()
    agreement = Agreement.objects.get()

    assert differing(agreement, TODAY) == []
    assert len([phase for phase in Rounds.of(agreement).phases(TODAY) if not phase.is_planned]) == 5


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories, today=days)
@example(history=MOVED, today=TODAY)
def test_whatever_happens_a_round_says_what_the_report_as_of_its_day_says(
    history, today, agreement, huge, polisen, samordnare
):
    assert differing_after(history, agreement, [huge, polisen], samordnare, today=today) == []
