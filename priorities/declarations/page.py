"""What does a declaration's page show?"""

from dataclasses import dataclass

from django.db.models import Prefetch

from parties.models import Declaration, Signatory
from priorities.models import Agreement
from samverkan.lib.db import in_swedish_order


@dataclass(frozen=True)
class DeclarationPage:
    """A declaration of intent with its signatories and matter, and the agreements that rest on it.

    `agreement` is the one whose address led here. A constant number of queries.
    """

    declaration: Declaration
    agreement: Agreement
    agreements: list[Agreement]

    @classmethod
    def of(cls, agreement: Agreement, visible: list[Agreement]) -> "DeclarationPage":
        """`visible` are all agreements that the user may know of."""
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
        """For whoever knows of all agreements: whether every one of them is archived."""
        return all(each.is_archived for each in self.agreements)
