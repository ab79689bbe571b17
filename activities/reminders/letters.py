"""The letters of the rounds' mail, as text and as HTML. They never name an internal activity.

The HTML has attributes and no styles: it needs no exception from the strict content policy and looks the same in old
mail programs.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from activities.models import Activity, Mail, Question, Round
from activities.reminders.recipients import Recipient, Recipients
from activities.states import Occasion, State
from parties.models import User
from samverkan.lib import dates
from samverkan.lib.numbers import counted

DIGEST = ("activities/reminders/letters/digest.txt", "activities/reminders/letters/digest.html")
SUMMARY = ("activities/reminders/letters/summary.txt", "activities/reminders/letters/summary.html")
INTERNAL = "en intern aktivitet"
MOST = 20  # activities under a heading; the rest stand on the page


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str

    def message(self, to: str, *, reply_to: Iterable[str]) -> EmailMultiAlternatives:
        """The mail. Its `Auto-Submitted` header keeps out-of-office answers away."""
        headers = {
            "Auto-Submitted": "auto-generated",
            "List-Id": f"<uppfoljning.{urlsplit(settings.SITE_URL).hostname}>",
        }
        mail = EmailMultiAlternatives(
            self.subject, self.text, to=[to], reply_to=list(reply_to), headers=headers
        )
        mail.attach_alternative(self.html, "text/html")
        return mail


@dataclass(frozen=True)
class LetterLine:
    """One activity: `Belysning längs stråket`, `Läget den 31 augusti 2024: Enligt plan`, and the open question if any."""

    name: str
    last: str
    question: str

    @classmethod
    def of(cls, activity: Activity, question: Question | None) -> "LetterLine":
        asked = ""
        if question:
            asked = "Samordnaren har en fråga, läs den i Samverkan."
            asked = (
                asked if activity.is_internal else f"Samordnarens fråga: {' '.join(question.text.split())}"
            )
        return cls(_name(activity), _last(activity), asked)


@dataclass(frozen=True)
class LetterGroup:
    """Activities under a heading. `more` is how many are left out."""

    heading: str
    lines: list[LetterLine]
    more: int

    @classmethod
    def of(cls, heading: str, rows: list[Activity], recipients: Recipients | None) -> "LetterGroup":
        """With the questions about the activities, unless `recipients` is None."""
        lines = [
            LetterLine.of(each, recipients.question_about(each) if recipients else None)
            for each in rows[:MOST]
        ]
        return cls(heading, lines, len(rows) - len(lines))


def digest(
    recipient: Recipient,
    recipients: Recipients,
    *,
    day: date,
    occasions: Collection[str],
    coordinators: list[User],
) -> Letter:
    """The letter to one person: what waits for them on *Mitt arbete*, in the same order."""
    rounds = [
        round
        for round in recipients.rounds
        if any(each.agreement_id == round.agreement_id for each in recipient.mine)
    ]
    count = len(recipient.mine)
    context = {
        "headline": f"{counted(count, 'aktivitet väntar', 'aktiviteter väntar')} på dig",
        "rounds": [_about(round, day) for round in rounds],
        "groups": _groups(recipient, recipients),
        "stands_in_for": " och ".join(map(str, recipient.stands_in_for)),
        "address": _absolute(reverse("my_work")),
        "coordinators": coordinators,
        "is_nudge": Occasion.NUDGE in occasions,
        "count": count,
    }
    return _letter(_subject(recipient, recipients, rounds, day, occasions), *DIGEST, context)


def summary(
    rounds: Iterable[Round], recipients: Recipients, failed: Collection[Mail], *, day: date
) -> Letter:
    """The letter to the coordinator after a round's last day: what each party lacks, and which mails have not arrived."""
    summaries = [_RoundSummary.of(round, recipients, failed) for round in rounds]
    count = sum(each.count for each in summaries)
    waits = counted(count, "aktivitet väntar", "aktiviteter väntar") if count else "Allt är uppföljt"
    last_days = ", ".join(_short(each.round.due_on, day) for each in summaries)
    return _letter(f"{waits}, sista dagen var {last_days}", *SUMMARY, {"rounds": summaries, "day": day})


@dataclass(frozen=True)
class _RoundSummary:
    """One round in the coordinator's letter: what each party lacks, and who has not been reached."""

    round: Round
    count: int
    groups: list[LetterGroup]
    unreached: list[str]
    failed: list[str]
    address: str

    @classmethod
    def of(cls, round: Round, recipients: Recipients, failed: Collection[Mail]) -> "_RoundSummary":
        rows = [each for each in recipients.waiting if each.agreement_id == round.agreement_id]
        by_party: dict[str, list[Activity]] = {}
        for activity in rows:
            by_party.setdefault(activity.lead.short_name, []).append(activity)
        groups = [
            LetterGroup.of(f"{party}: {counted(len(theirs), 'aktivitet', 'aktiviteter')}", theirs, recipients)
            for party, theirs in by_party.items()
        ]
        return cls(
            round,
            len(rows),
            groups,
            [f"{each.lead.short_name}: {_name(each)}" for each in recipients.unreached if each in rows],
            [
                f"{mail.person}: {mail.fault}"
                for mail in failed
                if any(reason.round_id == round.pk for reason in mail.reasons.all())
            ],
            _absolute(round.get_absolute_url()),
        )


def _groups(recipient: Recipient, recipients: Recipients) -> list[LetterGroup]:
    """As on *Mitt arbete*: what the person is asked about, then what waits for others of the party, without their questions."""
    groups = [LetterGroup.of("Att göra", recipient.mine, recipients)]
    party = recipient.person.party
    if party and (parts := recipients.parts.get(party.pk)):
        groups.append(
            LetterGroup(
                "Frågor om medverkan att svara på",
                [_part(each) for each in parts[:MOST]],
                max(len(parts) - MOST, 0),
            )
        )
    if recipient.partys and party:
        heading = f"Väntar också på andra hos {party.short_name}"
        groups.append(LetterGroup.of(heading, recipient.partys, None))
    return groups


def _subject(
    recipient: Recipient,
    recipients: Recipients,
    rounds: list[Round],
    day: date,
    occasions: Collection[str],
) -> str:
    """`2 aktiviteter att uppdatera senast 13 september`."""
    asked = sum(recipients.question_about(each) is not None for each in recipient.mine)
    if asked and set(occasions) == {Occasion.QUESTION}:
        what = "en uppföljning" if asked == 1 else f"{asked} uppföljningar"
        return f"Samordnaren undrar över {what}"
    due = min(round.due_on for round in rounds)
    when = f"senast {_short(due, day)}" if day <= due else f"sista dagen var {_short(due, day)}"
    count = counted(len(recipient.mine), "aktivitet", "aktiviteter")
    return f"{count} att uppdatera{' ' if day <= due else ', '}{when}"


def _about(round: Round, day: date) -> str:
    """`Delår per 31 augusti 2024. Sista dagen är 13 september 2024.`"""
    return (
        f"{round.label}. Sista dagen {'är' if day <= round.due_on else 'var'} {dates.in_words(round.due_on)}."
    )


def _short(then: date, day: date) -> str:
    """`13 september`, with the year when it differs from that of `day`."""
    words = dates.in_words(then)
    return words.rsplit(" ", 1)[0] if then.year == day.year else words


def _name(activity: Activity) -> str:
    """The title on one line: a line break would look like another activity."""
    return INTERNAL if activity.is_internal else " ".join(activity.title.split())


def _last(activity: Activity) -> str:
    state = State(activity.state).label
    last = f"Läget den {dates.in_words(activity.newest_on)}" if activity.newest_on else "Inte uppföljd än"
    return f"{last}: {state}"


def _part(activity: Activity) -> LetterLine:
    """An activity in which the party is asked for a part: the name, and from when to when."""
    days = f"{dates.in_words(activity.starts_on)} till {dates.in_words(activity.ends_on)}"
    return LetterLine(_name(activity), days, "")


def _absolute(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path


def _letter(subject: str, text: str, html: str, context: dict[str, object]) -> Letter:
    """Renders both templates."""
    context = {"site_name": settings.SITE_NAME, "site": settings.SITE_URL, "subject": subject, **context}
    text, html = render_to_string(text, context).strip(), render_to_string(html, context).strip()
    return Letter(subject[:200], f"{text}\n", f"{html}\n")
