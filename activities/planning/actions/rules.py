"""The rules of a plan. Each fault is a sentence in Swedish, keyed by the field to change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from activities.models import Activity
from priorities.models import Agreement
from priorities.querysets import still_in
from samverkan.lib.dates import in_words

if TYPE_CHECKING:
    from activities.planning.actions.plan import Plan


def check(plan: Plan, agreement: Agreement) -> None:
    """Raises ValidationError with all faults at once."""
    faults: dict[str, str] = {}
    _check_dates(plan, agreement, faults)
    _check_people(plan, faults)
    for name, parts in {
        "priority_area": [plan.fields["priority_area"]],
        "focus_areas": plan.focus_areas,
        "needs": plan.needs,
    }.items():
        if any(part.agreement_id != agreement.pk for part in parts):
            faults[name] = "Område, plats och behov måste höra till samma överenskommelse som aktiviteten."
    if faults:
        raise ValidationError(faults)


def _check_dates(plan: Plan, agreement: Agreement, faults: dict[str, str]) -> None:
    starts_on, ends_on = plan.fields["starts_on"], plan.fields["ends_on"]
    years = f"{in_words(agreement.starts_on)} till {in_words(agreement.ends_on)}"
    outside = f"Aktiviteten måste ligga inom överenskommelsens tid, {years}."
    if not agreement.covers(starts_on):
        faults["starts_on"] = outside
    if ends_on < starts_on:
        faults["ends_on"] = "Slutdatumet är före startdatumet."
    elif not agreement.covers(ends_on):
        faults["ends_on"] = outside


def _check_people(plan: Plan, faults: dict[str, str]) -> None:
    lead, unit = plan.fields["lead"], plan.fields.get("unit")
    if lead in plan.contributors:
        faults["contributors"] = f"{lead.short_name} är ansvarig part och kan inte också vara medverkande."
    if unit and unit.party_id != lead.pk:
        faults["unit"] = f"Enheten hör inte till {lead.short_name}."
    if any(person.party_id != lead.pk for person in plan.reporters):
        faults["reporters"] = f"Den som rapporterar ska höra till {lead.short_name}."


def check_members(plan: Plan, agreement: Agreement, *, today: date, had: Activity | None = None) -> None:
    """Raises ValidationError unless every lead and contributing party is in the agreement on the day or in `had` already."""
    known = set(agreement.memberships.filter(still_in(today)).values_list("party", flat=True))
    if had:
        known |= {had.lead_id, *had.contributions.values_list("party", flat=True)}
    faults = {
        name: "Välj bland överenskommelsens parter."
        for name, parties in {"lead": [plan.fields["lead"]], "contributors": plan.contributors}.items()
        if any(party.pk not in known for party in parties)
    }
    if faults:
        raise ValidationError(faults)


def check_agreed(plan: Plan, activity: Activity) -> None:
    """Raises ValidationError when an agreed activity changes its responsible party or loses its last need."""
    if not activity.is_agreed:
        return
    faults = {}
    if plan.fields["lead"].pk != activity.lead_id:
        faults["lead"] = (
            "Aktiviteten är beslutad av den part som ansvarar för den. Ersätt den med en ny för att byta ansvarig part."
        )
    if not plan.needs:
        faults["needs"] = "En beslutad aktivitet svarar mot minst ett behov."
    if faults:
        raise ValidationError(faults)


def what_is_missing(activity: Activity) -> str:
    """Why the activity cannot be proposed or agreed yet, in Swedish; empty when it can."""
    if activity.agreement.is_draft:
        return "Överenskommelsen är ett utkast. Fastställ den innan aktiviteter beslutas."
    if not activity.needs.exists():
        return "Välj minst ett behov innan aktiviteten skickas: den måste svara mot något som parterna har funnit tillsammans."
    return ""


def who_has_left(activity: Activity, day: date) -> str:
    """Says in Swedish that the responsible party has left the agreement by the day; empty when it has not."""
    gone = activity.agreement.memberships.filter(party=activity.lead, left_on__lt=day)
    if not gone.exists():
        return ""
    return f"{activity.lead.short_name} är inte längre part i överenskommelsen. Samordnaren kan välja en annan ansvarig part."


def refuse_second_replacement(activity: Activity) -> None:
    """Raises ValidationError when the activity is already replaced."""
    if number := activity.replaced_by.order_by("number").values_list("number", flat=True).first():
        raise ValidationError(already_replaced(activity.number, number), code="already")


def already_replaced(number: int, new_number: int) -> str:
    return f"Aktivitet {number} ersätts redan av aktivitet {new_number}."


def refuse_to_remove(activity: Activity) -> None:
    """Raises ValidationError when follow-ups or other activities refer to the draft."""
    if activity.follow_ups.exists() or activity.replaced_by.exists() or activity.continued_by.exists():
        raise ValidationError("Andra uppgifter hänvisar till aktiviteten. Den kan inte tas bort.")
