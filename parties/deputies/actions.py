from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from parties import audit, policies
from parties.audit import Act
from parties.models import Deputy, User
from samverkan.lib.access import require
from samverkan.lib.checking import checked
from samverkan.lib.dates import in_words


@transaction.atomic
def name_deputy(*, by: User, person: User, deputy: User, from_on: date, to_on: date, today: date) -> Deputy:
    """Makes `deputy` stand in for `person`, from the first day to the last inclusive.

    Locks the person's row, so that two requests at once cannot make overlapping periods.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    require(policies.can_name_deputy(by, person))
    row = Deputy(person=person, deputy=deputy, from_on=from_on, to_on=to_on)
    refuse_invalid_deputy(row, today=today)
    saved: Deputy = checked(row)
    audit.record(Act.ADDED, by=by, of=saved, label=_label(saved), changes=audit.after(saved))
    return saved


@transaction.atomic
def remove_deputy(*, by: User, deputy: Deputy) -> None:
    """Removes the period. Does nothing when somebody else has already removed it."""
    require(policies.can_name_deputy(by, deputy.person))
    if Deputy.objects.filter(pk=deputy.pk).delete()[0]:
        audit.record(Act.REMOVED, by=by, of=deputy, label=_label(deputy), changes=audit.after(deputy))


def _label(row: Deputy) -> str:
    """The accounts' keys: the log keeps no names."""
    return f"Konto {row.deputy_id} för konto {row.person_id}"


def refuse_invalid_deputy(row: Deputy, *, today: date) -> None:
    """Raises ValidationError with a message for each invalid field."""
    faults = {}
    if row.deputy_id == row.person_id:
        faults["deputy"] = "Ställföreträdaren ska vara någon annan."
    elif not policies.can_be_deputy(row.deputy, row.person):
        faults["deputy"] = "Välj någon med ett aktivt konto som företräder samma part."
    if row.to_on < row.from_on:
        faults["to_on"] = "Den sista dagen är tidigare än den första. Rätta en av dem."
    elif row.to_on < today:
        faults["to_on"] = "De dagarna har redan varit. Välj en sista dag som är i dag eller senare."
    elif other := _overlapping(row):
        faults["from_on"] = (
            f"{other.deputy.display_name} är redan ställföreträdare {in_words(other.from_on)} till "
            f"{in_words(other.to_on)}. Välj andra dagar, eller ta bort den perioden först."
        )
    if faults:
        raise ValidationError(faults)


def _overlapping(row: Deputy) -> Deputy | None:
    rows = Deputy.objects.select_related("deputy").filter(person=row.person)
    return rows.filter(from_on__lte=row.to_on, to_on__gte=row.from_on).first()
