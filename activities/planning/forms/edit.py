"""The forms that change a plan and remove a draft, without overwriting unseen what another has saved."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied

from activities.editing.closed import why_closed
from activities.editing.seen import Gone, what_changed
from activities.history.changes import newest_change
from activities.models import Activity
from activities.planning.actions import edit_plan, remove_draft
from activities.planning.forms.base import PlanForm
from activities.planning.forms.choices import Choices
from activities.planning.forms.start import initial_of
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.editing.carrying import CarryingForm
from samverkan.lib.editing.savers import Savers
from samverkan.lib.editing.side_by_side import SideBySideForm
from samverkan.lib.editing.stale import Stale
from samverkan.lib.number_fields import number_field

STALE = (
    "Planen har ändrats sedan du öppnade formuläret. {what} Inget av ditt är sparat än, och allt du skrev finns kvar. "
    "Sparar du igen gäller det som står här."
)
REMOVED = "Utkastet har tagits bort medan du skrev. Kopiera det du vill ha kvar innan du lämnar sidan."


class EditPlanForm(SideBySideForm, PlanForm):
    """*Ändra uppgifter*. The responsible party can be changed only by a coordinator, before the activity is agreed."""

    stale = STALE
    version = forms.IntegerField(widget=forms.HiddenInput)

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
            carried={"version": activity.version},
        )
        self.activity, self.user = activity, user
        self.has_changed_plan = False
        for name in ("baseline", "target"):
            number_field(self, name).saved = getattr(activity, name)

    def save(self, *, by: User, at: datetime) -> bool:
        """False, with the reason among the errors and the text kept, when it cannot be saved.

        `has_changed_plan` says whether anything was new.
        """
        is_valid = self.is_valid()
        if why_closed(self.activity, by):
            self._close()
            return False
        if not is_valid:
            return False
        try:
            self.has_changed_plan = bool(self.attempt(lambda: self._edit(by=by, at=at)))
        except PermissionDenied:
            self.activity.refresh_from_db()
            if not why_closed(self.activity, by):
                raise
            self._close()
        return not self.errors

    def _edit(self, *, by: User, at: datetime) -> bool:
        version = self.cleaned_data["version"]
        return edit_plan(activity=self.activity, by=by, at=at, version=version, plan=self.plan())

    @property
    def receipt(self) -> str:
        if not self.has_changed_plan:
            return "Inget var ändrat."
        if self.activity.is_agreed:
            return f"Ändringarna är sparade. {self.activity.lead.short_name} får veta det med e-post."
        return "Ändringarna är sparade."

    def can_merge(self) -> bool:
        return not why_closed(self.activity, self.user)

    def savers(self, missed: int) -> Savers:
        return Savers.of(self.activity.past, missed)

    def what_was_saved(self) -> Stale:
        return Stale(what_changed(self.activity))

    def refuse(self, stale: Stale) -> None:
        """Carries the new version, so that the next save shows both texts. Closes the form when the draft was removed."""
        if isinstance(stale, Gone):
            self.is_closed = True
            self.add_error(None, REMOVED)
        else:
            super().refuse(stale)

    def _close(self) -> None:
        """Closes the form, because somebody has proposed, agreed or answered meanwhile, and says who saved last."""
        change = newest_change(self.activity)
        who = f" {change.who} sparade senast, {clock.in_words(change.at)}." if change else ""
        self.close(f"{why_closed(self.activity, self.user)}{who}")


class RemoveForm(CarryingForm):
    """*Ta bort utkastet*. Carries the version that the user saw."""

    stale = "{what} Utkastet är inte borttaget. Ta bort det igen om det fortfarande inte behövs."
    unreadable = "Formuläret kunde inte läsas. Utkastet finns kvar: försök igen."
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, activity: Activity) -> None:
        super().__init__(data, carried={"version": activity.version})
        self.activity = activity

    def save(self, *, by: User, at: datetime) -> bool:
        """Whether the draft is removed; otherwise the errors say why."""
        if not self.is_valid():
            return False
        version = self.cleaned_data["version"]
        self.attempt(lambda: remove_draft(activity=self.activity, by=by, at=at, version=version))
        return self.is_valid()

    def refuse(self, stale: Stale) -> None:
        """Accepts that somebody else has already removed the draft."""
        if not isinstance(stale, Gone):
            super().refuse(stale)
