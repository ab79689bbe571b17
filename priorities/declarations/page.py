"""What a declaration's page shows."""

from dataclasses import dataclass

from django.db.models import Prefetch

from parties.models import Declaration, Signatory
from priorities.models import Agreement
from samverkan.lib.db import in_swedish_order


@dataclass(frozen=True)
class DeclarationPage:
    """A declaration of intent with its signatories, its matter and its agreements. A constant number of queries.

    `agreement` is the one in the address.
    """

    declaration: Declaration
    agreement: Agreement
    agreements: list[Agreement]

    @classmethod
    def of(cls, agreement: Agreement, visible: list[Agreement]) -> "DeclarationPage":
        """`visible` holds all agreements that the user may see."""
        signatories = Signatory.objects.select_related("party")
        whole = Declaration.objects.select_related("matter", "predecessor").prefetch_related(
            "matter__points",
            "attachments",
            Prefetch(
                "signatories", signatories.order_by("-party__leads", in_swedish_order("party__name"), "pk")
            ),
        )
        under = [each for each in visible if each.declaration_id == agreement.declaration_id]
        return cls(whole.get(pk=agreement.declaration_id), agreement, under)

    @property
    def is_closed(self) -> bool:
        """True if all agreements are archived. Only right for a user who sees them all."""
        return all(each.is_archived for each in self.agreements)
