"""Notices by mail when a plan needs an answer or has changed.

One plain text to each person, sent after the commit. A mail that cannot be sent is logged; what was saved stays saved.
No title or detail of an internal activity stands in a mail.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from activities.asked import (
    people_asked_to_contribute,
    people_contributing,
    people_to_ask,
    representatives_of,
)
from activities.history.answers import knows_of_question
from activities.history.changes import change_at
from activities.models import Activity, Contribution, FollowUp
from activities.states import State
from parties.models import Party, User

log = logging.getLogger(__name__)


def coordinators() -> list[User]:
    return list(User.objects.all().contacts())


def notify_of_change(activity: Activity, *, at: datetime) -> None:
    """Notifies the lead party of what was changed at that moment in an agreed plan. A draft's changes notify nobody."""
    if activity.is_agreed:
        people, change = people_to_ask(activity), change_at(activity, at)
        notify(people, activity=activity, template="activities/notices/changed.txt", change=change)


def notify_of_end(
    activity: Activity, decides: FollowUp | None, *, by: User, also: Iterable[User] = ()
) -> None:
    """Tells the lead party, the contributors and `also` that the activity is cancelled, and why; or not any longer.

    `decides` is the follow-up that decides the state now, None without one. `by` is not told.
    """
    state = (decides.state if decides else None) or State.NOT_STARTED
    people = [*people_to_ask(activity), *people_contributing(activity), *also]
    others = {person.pk: person for person in people if person.pk != by.pk}.values()
    reason = " ".join(decides.what_happened.split()) if decides else ""
    template = "activities/notices/changed.txt"
    ended = state == State.CANCELLED
    resumed = "" if ended else state.label
    notify(others, activity=activity, template=template, ended=ended, resumed=resumed, reason=reason)


def notify_of_asking(activity: Activity, parties: Iterable[Party], **no: Any) -> None:
    """Tells the people of those parties that have not answered that they are asked to contribute.

    `no` is what a party that is asked again once answered: `declined_on` and `reason`.
    """
    keys = {party.pk for party in parties}
    people = [person for person in people_asked_to_contribute(activity) if person.party_id in keys]
    notify(people, activity=activity, template="activities/notices/contribute.txt", **no)


def notify_of_proposal(activity: Activity, *, at: datetime) -> None:
    """Tells the contributors of a proposal that they are asked, once for each question: not those who know it already."""
    parts = activity.contributions.unanswered().select_related("activity", "party")
    notify_of_asking(activity, [part.party for part in parts if not knows_of_question(part, at)])


def notify_of_removal(activity: Activity, parts: Iterable[Contribution]) -> None:
    """Tells those whose parts are taken out of the plan, but not a party that had said no itself."""
    people = representatives_of([part.party_id for part in parts if part.stands])
    notify(people, activity=activity, template="activities/notices/removed.txt")


def notify_of_decline(activity: Activity, contribution: Contribution) -> None:
    """Tells the coordinators and the lead party's people that a party will not contribute, and why."""
    reason = " ".join(contribution.decline_reason.split())
    people = {person.pk: person for person in [*coordinators(), *people_to_ask(activity)]}
    template = "activities/notices/declined.txt"
    party = " ".join(contribution.party.short_name.split())
    notify(people.values(), activity=activity, template=template, party=party, reason=reason)


def notify(people: Iterable[User], *, activity: Activity, template: str, **context: Any) -> None:
    """Mails the rendered template to each after the commit. The text's first line is the subject."""
    address = settings.SITE_URL.rstrip("/") + activity.get_absolute_url()
    name = "en intern aktivitet" if activity.is_internal else f"”{activity.title}”"
    lead = " ".join(activity.lead.short_name.split())  # a line break would end the subject
    words = {"activity": activity, "lead": lead, "name": name, "address": address, **context}
    subject, _, body = render_to_string(template, words).partition("\n")
    to = [person.email for person in people]
    transaction.on_commit(lambda: _send(subject.strip(), body.strip() + "\n", to))


def _send(subject: str, body: str, to: list[str]) -> None:
    """One message to each: nobody sees the others' addresses, and a refused address stops only its own."""
    for address in to:
        try:
            EmailMessage(subject, body, to=[address]).send()
        except OSError:  # smtplib's own errors are OSErrors too
            log.exception("A notice about a plan could not be sent")
