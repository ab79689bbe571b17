"""The fields of a plan, shared by the forms for a new and a changed one."""

from typing import Any

from django import forms

from activities.models import Activity
from activities.planning.actions import Plan
from activities.planning.forms.choices import Choices
from activities.planning.forms.fields import (
    NeedOption,
    PersonOption,
    RowField,
    RowsField,
    need_options,
    person_options,
)
from parties.models import Party
from priorities.editing.fields import LineField
from priorities.models import Agreement
from samverkan.lib.dates import parse_day
from samverkan.lib.editing.carrying import CarryingForm
from samverkan.lib.forms import DayField, NumberField, TextsField, day_field
from samverkan.lib.number_fields import number_field

# The activity's own fields, under the same names in the form.
OWN = (
    "title", "owner_title", "starts_on", "ends_on", "purpose", "goal", "measure", "measure_unit",
    "baseline", "target", "is_recurring", "is_internal", "kind", "effect_horizon",
)  # fmt: skip
# The fields under *Fler uppgifter*.
MORE = (*OWN[4:], "unit", "reporters")
NEITHER = [("", "Inte valt")]


class PlanForm(CarryingForm):
    """A whole plan. Leaves out lists without anything to choose."""

    title = LineField(label="Namn", error_messages={"required": "Skriv vad aktiviteten heter."})
    needs = RowsField(
        label="Behov",
        required=False,
        help_text="Vad ska aktiviteten göra något åt? Minst ett behov krävs innan den kan beslutas.",
        invalid="Välj bland överenskommelsens behov.",
    )
    priority_area = RowField(label="Prioriterat område", invalid="Välj ett prioriterat område.")
    focus_areas = RowsField(
        label="Geografiska områden",
        required=False,
        help_text="Välj inget om aktiviteten gäller hela kommunen.",
        invalid="Välj bland överenskommelsens geografiska områden.",
    )
    lead = RowField(label="Ansvarig part", invalid="Välj en av överenskommelsens parter som ansvarig part.")
    owner_title = LineField(
        label="Ansvarig för genomförandet",
        required=False,
        help_text="En funktion, till exempel områdeschef. Skriv aldrig en persons namn.",
    )
    contributors = RowsField(
        label="Medverkande parter",
        required=False,
        help_text="Varje part beskriver och bekräftar själv sitt bidrag.",
        invalid="Välj bland överenskommelsens andra parter.",
    )
    starts_on = DayField(label="Start")
    ends_on = DayField(label="Slut")
    purpose = TextsField(label="Syfte", required=False, rows=2)
    goal = TextsField(
        label="Mätbart mål",
        required=False,
        rows=2,
        help_text="Vad ska vara uppnått, och när? Till exempel: Alla lyktor längs stråket lyser senast 2024-10-31.",
    )
    measure = LineField(
        label="Mått", required=False, help_text="Vad som räknas, till exempel lyktor som lyser."
    )
    measure_unit = LineField(
        label="Enhet för måttet",
        required=False,
        longest=60,
        help_text="Till exempel antal, procent eller ja/nej.",
    )
    baseline = NumberField(label="Utgångsvärde", required=False)
    target = NumberField(label="Målvärde", required=False)
    unit = RowField(
        label="Förvaltning eller enhet",
        required=False,
        invalid="Välj en av den ansvariga partens enheter.",
    )
    reporters = RowsField(
        label="Rapportörer",
        required=False,
        help_text="De som följer upp aktiviteten. Är ingen vald gör någon av partens representanter det.",
        invalid="Välj bland den ansvariga partens konton.",
    )
    is_recurring = forms.BooleanField(
        label="Återkommande", required=False, help_text="Görs om och om igen, till exempel varje termin."
    )
    is_internal = forms.BooleanField(
        label="Intern",
        required=False,
        help_text=(
            "Syns inte för läsare eller andra parter och kommer inte med i rapporter. "
            "Till exempel när den handlar om lås som brister eller var kameror sitter."
        ),
    )
    kind = forms.ChoiceField(
        label="Slag",
        required=False,
        choices=NEITHER + Activity.Kind.choices,
        error_messages={"invalid_choice": "Välj ett av slagen."},
    )
    effect_horizon = forms.ChoiceField(
        label="Effekt på sikt",
        required=False,
        choices=NEITHER + Activity.Horizon.choices,
        error_messages={"invalid_choice": "Välj på vilken sikt effekten väntas."},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        agreement: Agreement,
        choices: Choices,
        lead: Party | None,
        initial: dict[str, Any],
        carried: dict[str, Any],
    ) -> None:
        """`lead` is the responsible party when the user cannot choose it; None when they can."""
        super().__init__(data, initial=initial, carried=carried)
        self.agreement, self.choices, self.lead_party = agreement, choices, lead
        self._offer(choices, lead)
        self._read_in_its_measure_and_time()

    def _offer(self, choices: Choices, lead: Party | None) -> None:
        self.fields["needs"].offer(choices.needs)  # type: ignore[attr-defined] # these are our own fields
        self.fields["focus_areas"].offer(choices.places)  # type: ignore[attr-defined] # as above
        self.fields["priority_area"].offer(choices.areas, "Välj område")  # type: ignore[attr-defined] # as above
        others = [party for party in choices.parties if party != lead]
        self.fields["contributors"].offer(others, lambda party: party.short_name)  # type: ignore[attr-defined] # as above
        self.fields["reporters"].offer(choices.people)  # type: ignore[attr-defined] # as above
        self.fields["unit"].offer(choices.units, "Ingen", choices.units_by_party)  # type: ignore[attr-defined] # as above
        if lead:
            del self.fields["lead"]
        else:
            self.fields["lead"].offer(choices.leads, "Välj part")  # type: ignore[attr-defined] # as above
        offered = {
            "unit": choices.units,
            "reporters": choices.people,
            "focus_areas": choices.places,
            "contributors": others,
        }
        for name in [name for name, rows in offered.items() if not rows]:
            del self.fields[name]

    def _read_in_its_measure_and_time(self) -> None:
        """Numbers are of the measure's unit. A day without its year is of the agreement, and the end is after the start."""
        unit = self["measure_unit"].value() or ""
        for name in ("baseline", "target"):
            number_field(self, name).unit = str(unit)
        starts_on, ends_on = day_field(self, "starts_on"), day_field(self, "ends_on")
        first, last = self.agreement.starts_on, self.agreement.ends_on
        starts_on.within = ((first, last),)
        begins = parse_day(str(self["starts_on"].value() or ""), (first, last)) or first
        ends_on.within = ((begins, last), (first, last))

    @property
    def need_options(self) -> list[NeedOption]:
        return need_options(self["needs"], self.choices)

    @property
    def reporter_groups(self) -> list[tuple[Party, list[PersonOption]]]:
        """The accounts that can report, grouped by party."""
        found = {option.row.pk: option for option in person_options(self["reporters"], self.choices)}
        return [
            (party, [found[person.pk] for person in people]) for party, people in self.choices.people_by_party
        ]

    @property
    def is_more_open(self) -> bool:
        """Whether *Fler uppgifter* starts open: when a field in it has a value or an error."""
        fields = [self[name] for name in MORE if name in self.fields]
        return any(field.errors or field.value() for field in fields)

    def plan(self) -> Plan:
        cleaned = self.cleaned_data
        fields = {name: cleaned[name] for name in OWN}
        fields |= {
            "priority_area": cleaned["priority_area"],
            "lead": self.lead_party or cleaned["lead"],
            "unit": cleaned.get("unit"),
        }
        return Plan(
            fields,
            focus_areas=cleaned.get("focus_areas", []),
            needs=cleaned["needs"],
            reporters=cleaned.get("reporters", []),
            contributors=cleaned.get("contributors", []),
        )
