"""The list of steps for writing an agreement: what is written and what is left."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from priorities.agreements.actions import Missing, missing_before_adoption
from priorities.editing.steps import Step
from priorities.models import Agreement, StepAside
from samverkan.lib.dates import in_words
from samverkan.lib.numbers import counted


@dataclass(frozen=True)
class WritingPage:
    agreement: Agreement
    steps: list[Step]
    missing: list[Missing]
    aside: list[StepAside]

    @classmethod
    def of(cls, agreement: Agreement) -> "WritingPage":
        """A constant number of queries."""
        steps = (
            [*_draft_steps(agreement), *_later_steps(agreement)]
            if agreement.is_draft
            else _later_steps(agreement)
        )
        missing = missing_before_adoption(agreement) if agreement.is_draft else []
        return cls(agreement, steps, missing, list(agreement.steps_aside.all()))

    @property
    def missing_links(self) -> list[tuple[str, str]]:
        """What is missing, each with the address where it is written."""
        slug = self.agreement.slug
        return [
            (each.sentence, reverse("edit_agreement_part", args=[slug, each.part])) for each in self.missing
        ]


def _draft_steps(agreement: Agreement) -> list[Step]:
    def part(name: str) -> str:
        return reverse("edit_agreement_part", args=[agreement.slug, name])

    period = f"{in_words(agreement.starts_on)} till {in_words(agreement.ends_on)}"
    purposes = "" if agreement.purposes else ". Syftena är inte skrivna"
    parties = list(agreement.memberships.values_list("party__short_name", flat=True))
    areas = list(agreement.priority_areas.values_list("short_name", flat=True))
    places = list(agreement.focus_areas.values_list("place__name", flat=True))
    matter = agreement.matter.case_number if agreement.matter else "Inget ärende än"
    return [
        Step(
            "Rubrik, period och syften",
            part("grunder"),
            f"{period}{purposes}.",
            bool(agreement.purposes),
            is_needed=True,
        ),
        Step("Parter", part("parter"), _listed(parties), len(parties) > 1, is_needed=True),
        Step("Prioriterade områden", part("omraden"), _listed(areas), bool(areas), is_needed=True),
        Step(
            "Geografiska områden",
            part("platser"),
            _listed(places) if places else "Hela kommunen",
            bool(places),
        ),
        Step("Ärende och avsiktsförklaring", part("arende"), matter, bool(agreement.matter), is_needed=True),
    ]


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "Inga än"


def _later_steps(agreement: Agreement) -> list[Step]:
    """The steps that are also open after adoption."""
    counts = Agreement.objects.filter(pk=agreement.pk).aggregate(
        all=Count("memberships", distinct=True),
        signed=Count("memberships", distinct=True, filter=Q(memberships__signed_on__isnull=False)),
        needs=Count("needs", distinct=True),
    )
    needs = counts["needs"]
    matter = agreement.matter
    decided = matter.decision_in_words if matter else ""
    decision = Step(
        "Beslut",
        reverse("record_decision", args=[agreement.slug]),
        decided or "Inget beslut är registrerat än",
        bool(decided),
    )
    joined = agreement.declaration.signatories.count()
    return [
        Step(
            "Avsiktsförklaringens syfte, parter och ärende",
            reverse("edit_declaration", args=[agreement.slug]),
            counted(joined, "part", "parter") if joined else "Inga parter än",
            joined > 0 and bool(agreement.declaration.purpose),
        ),
        Step(
            "Behov", reverse("need_list", args=[agreement.slug]), counted(needs, "behov", "behov"), needs > 0
        ),
        Step(
            "Underskrifter och bilagor",
            reverse("sign_agreement", args=[agreement.slug]),
            f"{counts['signed']} av {counts['all']} har undertecknat",
            0 < counts["all"] == counts["signed"],
        ),
        *([] if agreement.is_draft else [decision]),
    ]
