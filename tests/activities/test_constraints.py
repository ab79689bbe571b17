"""Each constraint of activities, rounds and follow-ups, with a row that keeps it and one that breaks it."""

from datetime import date
from uuid import uuid4

import pytest

from activities.models import Activity, Contribution, FollowUp, Question
from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FollowUpFactory,
    MilestoneFactory,
    PartyFactory,
    QuestionFactory,
)
from tests.support.promises import Promise, assert_kept, constraints_of, limits
from tests.support.round_promises import NEW_QUESTION, ROUND_PROMISES


def another_key(_):
    return uuid4()


def another_party(_):
    return PartyFactory()


def the_row(row):
    return row


NEW_ACTIVITY = {"number": 99}
NEW_PART = {"party": another_party}
DECLINED = {"declined_on": date(2024, 9, 30), "decline_reason": "Vi hinner inte."}
NOBODY = {"lead_yes_on": None, "coordinator_yes_on": None}
WORD = {"submission_key": another_key}
ON_TRACK = WORD | {"status": "ongoing", "assessment": "on_track"}
AT_RISK = ON_TRACK | {"assessment": "at_risk", "what_happened": "Leveransen dröjer."}
OFF_TRACK = AT_RISK | {"assessment": "off_track", "needed": "Ett beslut.", "decision_by": "board"}
DONE = WORD | {"status": "done", "assessment": "", "what_happened": "Klart.", "attainment": "achieved"}
CANCELLED = DONE | {"status": "cancelled", "attainment": ""}
CONTRIBUTOR = WORD | {
    "voice": "contributor",
    "status": "",
    "assessment": "",
    "what_happened": "Vi har patrullerat.",
}
WITHDRAWAL = WORD | {"status": "", "assessment": "", "is_withdrawal": True, "replaces": the_row}

FOLLOW_UP_PROMISES = [
    Promise(
        "follow_up_speaks_as_responsible_or_contributor",
        FollowUpFactory,
        CONTRIBUTOR,
        [ON_TRACK | {"voice": "observer"}],
    ),
    Promise(
        "follow_up_of_the_responsible_party_has_a_status",
        FollowUpFactory,
        WORD | {"status": "not_started", "assessment": ""},
        [WORD | {"status": "", "assessment": ""}, WORD | {"status": "paused", "assessment": ""}],
    ),
    Promise(
        "follow_up_of_a_contributor_has_no_status",
        FollowUpFactory,
        CONTRIBUTOR,
        [CONTRIBUTOR | {"status": "not_started"}, CONTRIBUTOR | {"actual": 3}],
    ),
    Promise(
        "follow_up_has_an_assessment_only_while_ongoing",
        FollowUpFactory,
        AT_RISK,
        [
            ON_TRACK | {"assessment": ""},
            ON_TRACK | {"assessment": "green"},
            ON_TRACK | {"status": "not_started"},
        ],
    ),
    Promise(
        "follow_up_off_track_says_what_is_needed_and_who_decides",
        FollowUpFactory,
        OFF_TRACK,
        [OFF_TRACK | {"needed": ""}, OFF_TRACK | {"decision_by": ""}, OFF_TRACK | {"decision_by": "mayor"}],
    ),
    Promise(
        "follow_up_asks_for_a_decision_only_off_track",
        FollowUpFactory,
        AT_RISK | {"needed": "Fler händer."},
        [AT_RISK | {"decision_by": "party"}, DONE | {"decision_by": "party"}],
    ),
    Promise(
        "follow_up_that_leaves_the_plan_or_ends_says_what_has_happened",
        FollowUpFactory,
        AT_RISK | {"what_happened": "", "unchanged": True},
        [follow_up | {"what_happened": ""} for follow_up in (AT_RISK, OFF_TRACK, DONE, CANCELLED)],
    ),
    Promise(
        "follow_up_has_an_attainment_only_once_done",
        FollowUpFactory,
        DONE,
        [
            DONE | {"attainment": ""},
            DONE | {"attainment": "mostly"},
            CANCELLED | {"attainment": "partly"},
            ON_TRACK | {"attainment": "achieved"},
        ],
    ),
    Promise(
        "follow_up_that_is_withdrawn_replaces_one_and_says_nothing",
        FollowUpFactory,
        WITHDRAWAL,
        [
            WITHDRAWAL | {"replaces": None},
            WITHDRAWAL | {"status": "not_started"},
            WITHDRAWAL | {"what_happened": "Det var fel."},
            WITHDRAWAL | {"needed": "Mer tid."},
            WITHDRAWAL | {"unchanged": True},
            WITHDRAWAL | {"actual": 3},
        ],
    ),
    Promise(
        "follow_up_of_a_contributor_says_something",
        FollowUpFactory,
        CONTRIBUTOR,
        [CONTRIBUTOR | {"what_happened": ""}],
    ),
    Promise(
        "follow_up_is_withdrawn_once",
        lambda: FollowUpFactory(withdrawal=True, replaces=FollowUpFactory()),
        WITHDRAWAL | {"replaces": lambda _: FollowUpFactory()},
        [WORD],
    ),
]
PROMISES = [
    *FOLLOW_UP_PROMISES,
    Promise("activity_has_a_number_of_its_own_within_its_agreement", ActivityFactory, NEW_ACTIVITY, [{}]),
    Promise(
        "activity_ends_no_earlier_than_it_starts",
        ActivityFactory,
        NEW_ACTIVITY | {"ends_on": date(2023, 1, 1)},
        [NEW_ACTIVITY | {"ends_on": date(2022, 12, 31)}],
    ),
    Promise("activity_has_a_title", ActivityFactory, NEW_ACTIVITY, [NEW_ACTIVITY | {"title": ""}]),
    Promise(
        "activity_is_agreed_once_both_have_said_yes",
        ActivityFactory,
        NEW_ACTIVITY | {"preparation": "draft"} | NOBODY,
        [
            NEW_ACTIVITY | {"lead_yes_on": None},
            NEW_ACTIVITY | {"coordinator_yes_on": None},
            NEW_ACTIVITY | NOBODY,
            NEW_ACTIVITY | {"preparation": "proposed"},
            NEW_ACTIVITY | {"preparation": "proposed"} | NOBODY,
            NEW_ACTIVITY | {"preparation": "draft", "coordinator_yes_on": None},
            NEW_ACTIVITY | {"preparation": "returned", "return_reason": "Mål saknas.", "lead_yes_on": None},
            NEW_ACTIVITY | {"preparation": "accepted"},
            NEW_ACTIVITY | {"preparation": ""} | NOBODY,
        ],
    ),
    Promise(
        "activity_that_was_returned_says_why",
        ActivityFactory,
        NEW_ACTIVITY | {"preparation": "returned", "return_reason": "Målet saknas."} | NOBODY,
        [NEW_ACTIVITY | {"preparation": "returned"} | NOBODY],
    ),
    Promise(
        "activity_that_replaces_another_says_why",
        ActivityFactory,
        NEW_ACTIVITY | {"replaces": the_row, "replace_reason": "Platsen är en annan."},
        [NEW_ACTIVITY | {"replaces": the_row}],
    ),
    Promise(
        "contribution_that_is_declined_says_why",
        ContributionFactory,
        NEW_PART | DECLINED,
        [NEW_PART | DECLINED | {"decline_reason": ""}, NEW_PART | DECLINED | {"declined_on": None}],
    ),
    Promise(
        "contribution_is_confirmed_or_declined",
        ContributionFactory,
        NEW_PART | {"confirmed_on": date(2024, 9, 30)},
        [NEW_PART | DECLINED | {"confirmed_on": date(2024, 9, 30)}],
    ),
    Promise("party_contributes_once_to_an_activity", ContributionFactory, {"party": another_party}, [{}]),
    Promise("milestone_has_a_title", MilestoneFactory, {}, [{"title": ""}]),
    *ROUND_PROMISES,
    *limits(
        "activities",
        {
            Activity: (ActivityFactory, NEW_ACTIVITY),
            Contribution: (ContributionFactory, NEW_PART | DECLINED),
            FollowUp: (FollowUpFactory, WORD),
            Question: (QuestionFactory, NEW_QUESTION),
        },
    ),
]


def test_every_constraint_is_here():
    assert sorted(promise.constraint for promise in PROMISES) == constraints_of("activities")


@pytest.mark.django_db
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.constraint)
def test_the_database_keeps_its_promise(promise):
    assert_kept(promise)
