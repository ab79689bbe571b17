"""The headline of *Översikt* says how it goes, and leaves out nothing that is late or unanswered."""

from datetime import date

import pytest

from tests.factories import ActivityFactory

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("states", "headline"),
    [
        (["on_track"], "Den enda aktiviteten går enligt plan."),
        (["at_risk"], "Den enda aktiviteten riskerar att avvika."),
        (["on_track", "done"], "Båda aktiviteterna är klara eller går enligt plan."),
        (["on_track", "done", "done"], "Alla 3 aktiviteter är klara eller går enligt plan."),
        (["at_risk", "done"], "1 av 2 aktiviteter är klar eller går enligt plan. 1 riskerar att avvika."),
        (
            ["off_track", "off_track", "cancelled", "cancelled"],
            "Ingen av 4 aktiviteter är klar eller går enligt plan. 2 avviker och 2 är avbrutna.",
        ),
    ],
)
def test_the_headline_is_right_of_few(states, headline, agreement, client_for, samordnare):
    for state in states:
        ActivityFactory(**{state: True})

    assert client_for(samordnare).get("/2023-2024/oversikt/").context["overview"].headline == headline


@pytest.mark.parametrize(
    ("count", "headline"),
    [
        (1, "Den enda aktiviteten går enligt plan. Den är försenad."),
        (2, "Båda aktiviteterna är klara eller går enligt plan. 2 är försenade."),
    ],
)
def test_what_goes_according_to_plan_and_has_passed_its_end_is_not_called_well_alone(
    count, headline, agreement, client_for, samordnare
):
    for _ in range(count):
        ActivityFactory(on_track=True, ends_on=date(2024, 9, 10))

    assert client_for(samordnare).get("/2023-2024/oversikt/").context["overview"].headline == headline
