"""Unsaved answers: keeps what somebody has typed in a follow-up form, and puts it back into the form later.

The form carries a signed proof of its author. With it the text is kept as the author's, also when the session has
ended, the page is old or somebody else has signed in. The address that takes the text needs no CSRF token of its own:
the proof is enough. It gives no access to anything else.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Self
from uuid import UUID

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict

from activities import policies
from activities.editing.seen import Seen, newest_follow_up
from activities.follow_ups.actions import forget_unsaved, keep_unsaved, why_not_corrected
from activities.models import Activity, FollowUp, UnsavedAnswer
from activities.periods import Period
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.fields import composed
from samverkan.lib.guard import masked

FIELDS = ("state", "what_happened", "needed", "decision_by", "attainment", "actual", "refers_on")
LISTS = ("milestones",)
MAX_LENGTH = 100_000  # characters, of each field
MAX_AGE = timedelta(days=5)  # over a weekend
SALT = "activities.unsaved"

Answers = dict[str, Any]


@dataclass(frozen=True)
class Proof:
    """The form's author and activity. `corrects` is the key of the follow-up that it corrects, 0 for a new one.

    `untouched` is the fingerprint of the form as it was opened; an answer with the same one is not kept.
    """

    author: int
    activity: int
    corrects: int
    untouched: str

    def sign(self) -> str:
        return signing.dumps(asdict(self), salt=SALT)

    @classmethod
    def read(cls, token: str) -> Self | None:
        """None for a token that is forged, too old, or signed by a version with other fields."""
        try:
            return cls(**signing.loads(token, salt=SALT, max_age=MAX_AGE))
        except (signing.BadSignature, TypeError):
            return None


@dataclass(frozen=True)
class Kept:
    """The author's unsaved `answer`; None when there was nothing to keep, or when the form has been saved: `is_saved`."""

    author: User
    activity: Activity
    answer: UnsavedAnswer | None
    is_saved: bool = False


@dataclass(frozen=True)
class Restored:
    """An unsaved answer for its form. `since` says in Swedish what has been saved since; empty when nothing has."""

    fields: Answers
    typed_at: datetime
    since: str


def proof(user: User, activity: Activity, opened_with: Mapping[str, Any], *, corrects: int = 0) -> str:
    """The value of the form's hidden field. `opened_with` holds the fields' values as the form was opened."""
    return Proof(user.pk, activity.pk, corrects, fingerprint(opened_with)).sign()


def fingerprint(answers: Mapping[str, Any]) -> str:
    """Ignores differences that nobody sees: spaces, line breaks, and empty or missing fields."""
    fields = [" ".join(str(answers.get(name) or "").split()) for name in FIELDS]
    lists = [sorted(map(str, answers.get(name) or [])) for name in LISTS]
    return sha256(json.dumps([fields, lists]).encode()).hexdigest()[:16]


def keep(data: QueryDict, *, at: datetime, is_automatic: bool = False, about: int | None = None) -> Kept:
    """Keeps the fields as the unsaved answer of the form's author, whoever is signed in.

    `is_automatic` for the saving while somebody types; False for a form that was to be saved. `about` is the
    activity's key in the address, if there is one. Raises PermissionDenied without a valid proof or when the author may
    no longer follow up the activity, and ValidationError when the texts are too long.
    """
    found = Proof.read(data.get("author", ""))
    if found is None or about not in {None, found.activity}:
        raise PermissionDenied
    author, activity = _still_there(found)
    # An answer that arrives after its form was saved is dropped. `again` marks new typing in a form that was saved.
    key = _key(data.get("submission_key", "")) if is_automatic and "again" not in data else None
    if is_automatic and "ping" in data:
        return _stored(author, activity, key)
    answers = typed(data)
    if fingerprint(answers) == found.untouched:
        forget_unsaved(activity=activity, by=author)
        return Kept(author, activity, None)
    answers |= {"newest_id": _number(data.get("newest_id", "")), "corrects": found.corrects}
    unsaved = keep_unsaved(activity=activity, by=author, at=at, answers=answers, submission_key=key)
    return Kept(author, activity, unsaved, is_saved=unsaved is None)


def _still_there(found: Proof) -> tuple[User, Activity]:
    author = User.objects.filter(pk=found.author).first()
    if author is None:
        raise PermissionDenied
    rows = Activity.objects.visible_to(author).select_related("agreement", "lead")
    activity = rows.filter(pk=found.activity).first()
    if activity is None:
        raise PermissionDenied
    require(policies.can_follow_up(author, activity))
    return author, activity


def _stored(author: User, activity: Activity, key: UUID | None) -> Kept:
    unsaved = UnsavedAnswer.objects.visible_to(author).filter(activity=activity).first()
    is_saved = key is not None and FollowUp.objects.filter(submission_key=key).exists()
    return Kept(author, activity, unsaved, is_saved)


def typed(data: QueryDict) -> Answers:
    """The form's own fields as typed, but for NUL characters and the last digits of identity numbers.

    Raises ValidationError for a text that is too long.
    """
    sent = {name: composed(str(data.get(name, "")).replace("\x00", "")) for name in FIELDS}
    answers: Answers = {name: text for name, text in sent.items() if text}
    answers |= {
        name: [each for each in data.getlist(name) if each.isdecimal()] for name in LISTS if name in data
    }
    if any(sum(map(len, value)) > MAX_LENGTH for value in answers.values()):
        raise ValidationError("Texten är för lång för att sparas som utkast.", code="max_length")
    return answers | {name: masked(answers[name]) for name in FIELDS if name in answers}


def restored(
    user: User,
    activity: Activity,
    *,
    seen: Seen,
    today: date,
    corrects: int = 0,
    is_asked: bool = False,
) -> Restored | None:
    """The user's unsaved answer for this form; None when there is none. One query; more when one is there.

    `corrects` is the key of the follow-up that the form corrects, 0 for a new one; `is_asked` when the form answers a
    question.
    """
    if not policies.can_follow_up(user, activity):
        return None
    unsaved = UnsavedAnswer.objects.visible_to(user).filter(activity=activity).first()
    if unsaved is None:
        return None
    unsaved.author, unsaved.activity = user, activity
    if not _belongs(unsaved, corrects, today, is_asked=is_asked):
        return None
    fields = {name: unsaved.answers[name] for name in (*FIELDS, *LISTS) if name in unsaved.answers}
    return Restored(fields, unsaved.saved_at, _since(unsaved, seen))


def _belongs(unsaved: UnsavedAnswer, corrects: int, today: date, *, is_asked: bool) -> bool:
    """Whether the unsaved answer fits the form that `corrects` names.

    It returns to its own form. An open question leaves only the correction form, so it takes every unsaved answer. The
    ordinary form takes the correction of a follow-up that can no longer be corrected.
    """
    corrected = unsaved.answers.get("corrects", 0)
    if corrected == corrects or is_asked:
        return True
    return corrects == 0 and not _is_correctable(corrected, unsaved, today)


def _is_correctable(corrected: int, unsaved: UnsavedAnswer, today: date) -> bool:
    """Whether the author can still correct the follow-up with that key. A few queries."""
    activity = unsaved.activity
    follow_up = activity.follow_ups.select_related("round__closed_by").filter(pk=corrected).first()
    period = Period.of(activity.agreement, today)
    return follow_up is not None and not why_not_corrected(follow_up, unsaved.author, period)


def _since(unsaved: UnsavedAnswer, seen: Seen) -> str:
    if unsaved.answers.get("newest_id", seen.newest_id) == seen.newest_id:
        return ""
    newest = newest_follow_up(unsaved.activity)
    if newest is None or newest.is_withdrawal:
        return "Sedan dess har en uppföljning tagits tillbaka."
    when = clock.in_words(newest.saved_at)
    return f"Sedan dess har {newest.speaker} följt upp, {when}. Läs det innan du sparar."


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 20 else 0


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
