"""The list of steps for writing a declaration: what is written and what is left."""

from datetime import date

from django.urls import reverse

from parties.models import Declaration
from priorities.declarations.actions.matter import own_matter_of_declaration
from priorities.editing.steps import Step
from priorities.models import Agreement
from samverkan.lib.dates import in_words
from samverkan.lib.numbers import counted


def steps_of(declaration: Declaration, agreement: Agreement) -> list[Step]:
    """`agreement` is the one in the address. A constant number of queries."""

    def part(name: str) -> str:
        return reverse("edit_declaration_part", args=[agreement.slug, name])

    period = f"{in_words(declaration.valid_from)} till {in_words(declaration.valid_to)}"
    purpose = "" if declaration.purpose else ". Syftet är inte skrivet"
    signed = list(declaration.signatories.values_list("signed_on", flat=True))
    matter, own = declaration.matter, own_matter_of_declaration(declaration)
    points = own.points.count() if own else 0
    return [
        Step(
            "Rubrik, giltighet och syfte", part("grunder"), f"{period}{purpose}.", bool(declaration.purpose)
        ),
        Step(
            "Parter och underskrifter",
            part("parter"),
            _summary_of_signatures(signed),
            bool(signed) and all(signed),
        ),
        Step("Ärende", part("arende"), matter.case_number if matter else "Inget ärende än", bool(matter)),
        Step(
            "Beslutspunkter",
            part("punkter"),
            counted(points, "punkt", "punkter") if own else "Skrivs när det finns ett eget ärende",
            points > 0,
        ),
    ]


def _summary_of_signatures(signed: list[date | None]) -> str:
    days = sum(day is not None for day in signed)
    joined = counted(len(signed), "part", "parter")
    return f"{joined}, {days} med uppgift om underskrift" if signed else "Inga parter än"
