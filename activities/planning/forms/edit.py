"""A plan that is changed, or a draft that is removed: nobody overwrites unknowingly what another has saved."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError

from activities.editing.closed import why_closed
from activities.editing.seen import Stale, what_changed
from activities.history.changes import newest_change
from activities.models import Activity
from activities.planning.actions import edit_plan, remove_draft
from activities.planning.forms.base import PlanForm
from activities.planning.forms.choices import Choices
from activities.planning.forms.start import initial_of
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.dates import in_words
from samverkan.lib.editing.savers import Savers
from samverkan.lib.editing.side_by_side import SideBySideForm
from samverkan.lib.forms import BaseForm

STALE = (
    "Planen har ändrats sedan du öppnade formuläret. {what} Inget av ditt är sparat än, och allt du skrev finns kvar. "
    "Sparar du igen gäller det som står här."
)
UNREADABLE = "Formuläret kunde inte läsas. Utkastet finns kvar: försök igen."
REMOVED = "Utkastet har tagits bort medan du skrev. Kopiera det du vill ha kvar innan du lämnar sidan."


class EditPlanForm(SideBySideForm, PlanForm):
    """`is_closed` when it cannot be saved any more."""

    def __init__(self, data: Any = None, *, activity: Activity, user: User, today: date) -> None:
        lead = activity.lead if activity.is_agreed or not user.is_coordinator else None
        choices = Choices.of(
            activity.agreement, user, today=today, plan=activity, lead=lead.pk if lead else None, keep=True
        )
        super().__init__(
            data,
            agreement=activity.agreement,
            choices=choices,
            lead=lead,
            initial=initial_of(activity, choices),
            tokens={"version": forms.IntegerField(initial=activity.version)},
        )
        self.activity, self.user = activity, user
        self.is_closed = False
        self.has_changed_plan = False

    def save(self, *, by: User, at: datetime) -> bool:
        """Whether it holds by now; `has_changed_plan` tells whether anything was new. False leaves every word in the form."""
        is_valid = self.is_valid()
        if why_closed(self.activity, by):
            self._close()
            return False
        if not is_valid:
            return False
        version = self.cleaned_data["version"]
        try:
            self.has_changed_plan = edit_plan(
                activity=self.activity, by=by, at=at, version=version, plan=self.plan()
            )
        except Stale as stale:
            self._tell_stale(stale)
            return False
        except PermissionDenied:
            self.activity.refresh_from_db()
            if not why_closed(self.activity, by):
                raise
            self._close()
            return False
        except ValidationError as error:
            self.tell(error)
            return False
        return True

    @property
    def receipt(self) -> str:
        if not self.has_changed_plan:
            return "Inget var ändrat."
        if self.activity.is_agreed:
            return f"Ändringarna är sparade. {self.activity.lead.short_name} får veta det med e-post."
        return "Ändringarna är sparade."

    def stands(self) -> int:
        return self.activity.version

    def can_meet(self) -> bool:
        return not why_closed(self.activity, self.user)

    def savers(self, missed: int) -> Savers:
        return Savers.of(self.activity.past, missed)

    def told_stale(self) -> str:
        return STALE.format(what=what_changed(self.activity))

    def _tell_stale(self, stale: Stale) -> None:
        """Somebody was faster by a moment: the next save shows what they wrote."""
        if not Activity.objects.filter(pk=self.activity.pk).exists():
            self.is_closed = True
            self.add_error(None, REMOVED)
            return
        self.add_error(None, STALE.format(what=stale))

    def _close(self) -> None:
        """Somebody has proposed, agreed or answered meanwhile: no fault at a field matters now."""
        self.is_closed = True
        self.errors.clear()
        change = newest_change(self.activity)
        when = (
            f"{in_words(clock.local(change.at).date())} kl. {clock.local(change.at):%H.%M}" if change else ""
        )
        who = f" {change.who} sparade senast, {when}." if change else ""
        self.add_error(
            None,
            f"{why_closed(self.activity, self.user)}{who} Inget av det du skrev är sparat. "
            "Kopiera det du vill ha kvar innan du lämnar sidan.",
        )


class RemoveForm(BaseForm):
    """*Ta bort utkastet*, as it was when the page was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, activity: Activity) -> None:
        super().__init__(data, initial={"version": activity.version})
        self.activity = activity

    def save(self, *, by: User, at: datetime) -> bool:
        """Whether the draft is gone; otherwise the errors say why."""
        if not self.is_valid():
            self._say(UNREADABLE)
            return False
        try:
            remove_draft(activity=self.activity, by=by, at=at, version=self.cleaned_data["version"])
        except Stale as stale:
            if not Activity.objects.filter(pk=self.activity.pk).exists():
                return True
            self._say(f"{stale} Utkastet är inte borttaget. Ta bort det igen om det fortfarande inte behövs.")
        except ValidationError as error:
            self._say(error.messages[0])
        else:
            return True
        return False

    def _say(self, sentence: str) -> None:
        """One sentence, and the next answer can go through."""
        self.errors.clear()
        self.add_error(None, sentence)
        self.data = {"version": str(self.activity.version)}
