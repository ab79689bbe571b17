"""What the database promises about rounds, questions, mail and unsaved answers."""

from datetime import date

from tests.factories import (
    FollowUpFactory,
    MailFactory,
    MailReasonFactory,
    QuestionFactory,
    ReadMarkFactory,
    RoundFactory,
    UnsavedAnswerFactory,
    UserFactory,
)
from tests.support.promises import Promise


def another_follow_up(_):
    return FollowUpFactory()


def another_person(_):
    return UserFactory(email="nagon.annan@example.com")


def another_round(_):
    return RoundFactory(planned=True)


NEW_ROUND = {"as_of": date(2024, 12, 31), "opens_on": date(2025, 1, 1), "due_on": date(2025, 1, 24)}
NEW_QUESTION = {"follow_up": another_follow_up}
ANOTHER_DAY = {"day": date(2024, 9, 6)}

ROUND_PROMISES = [
    Promise(
        "round_has_a_day_of_its_own_within_its_agreement",
        RoundFactory,
        NEW_ROUND,
        [{"opens_on": date(2024, 8, 30)}],
    ),
    Promise(
        "round_opens_alone_within_its_agreement",
        RoundFactory,
        NEW_ROUND,
        [NEW_ROUND | {"opens_on": date(2024, 9, 1)}],
    ),
    Promise(
        "round_opens_no_later_than_the_day_after_its_own",
        RoundFactory,
        NEW_ROUND | {"opens_on": date(2024, 12, 1)},
        [NEW_ROUND | {"opens_on": date(2025, 1, 2)}],
    ),
    Promise(
        "round_is_due_no_earlier_than_it_opens",
        RoundFactory,
        NEW_ROUND | {"due_on": date(2025, 1, 1)},
        [NEW_ROUND | {"due_on": date(2024, 12, 31)}],
    ),
    Promise(
        "round_closes_no_earlier_than_it_opened",
        RoundFactory,
        NEW_ROUND | {"closed_on": date(2025, 1, 1)},
        [NEW_ROUND | {"closed_on": date(2024, 12, 31)}],
    ),
    Promise("question_has_words", QuestionFactory, NEW_QUESTION, [NEW_QUESTION | {"text": ""}]),
    Promise("one_question_at_a_time", QuestionFactory, NEW_QUESTION, [{}]),
    Promise("unsaved_answer_is_one_for_each_author", UnsavedAnswerFactory, {"author": another_person}, [{}]),
    Promise("read_mark_is_one_for_each_reader", ReadMarkFactory, {"reader": another_person}, [{}]),
    Promise("mail_is_at_most_one_a_day_for_each_person", MailFactory, ANOTHER_DAY, [{}]),
    Promise(
        "mail_that_is_sent_has_no_fault",
        MailFactory,
        ANOTHER_DAY | {"fault": "Servern tog inte emot adressen.", "sent_at": None},
        [ANOTHER_DAY | {"fault": "Servern tog inte emot adressen."}],
    ),
    Promise(
        "mail_has_each_reason_once",
        lambda: MailReasonFactory(occasion="nudge"),
        {"occasion": "question"},
        [{}],
    ),
    Promise(
        "person_is_told_once_of_each_occasion_of_a_round",
        MailReasonFactory,
        {"round": another_round},
        [{"mail": lambda reason: MailFactory(person=reason.person, day=date(2024, 9, 2))}],
    ),
    Promise(
        "mail_reason_is_a_known_occasion",
        MailReasonFactory,
        {"occasion": "week_before"},
        [{"occasion": "birthday"}],
    ),
]
