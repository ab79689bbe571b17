"""What an agreement's page shows."""

from dataclasses import dataclass

from django.db.models import Prefetch

from parties.models import Matter
from priorities.models import Agreement, AgreementParty, FocusArea
from samverkan.lib.db import in_swedish_order


@dataclass(frozen=True)
class AgreementPage:
    """An agreement with all that belongs to it, its predecessor and its successors. A constant number of queries."""

    agreement: Agreement
    predecessor: Agreement | None
    successors: list[Agreement]

    @classmethod
    def of(cls, agreement: Agreement, visible: list[Agreement]) -> "AgreementPage":
        """`visible` holds all agreements that the user may see."""
        members = AgreementParty.objects.select_related("party")
        whole = Agreement.objects.select_related("declaration", "matter").prefetch_related(
            "matter__points",
            "priority_areas",
            "attachments",
            Prefetch("focus_areas", FocusArea.objects.select_related("place")),
            Prefetch("memberships", members.order_by("-party__leads", in_swedish_order("party__name"), "pk")),
        )
        before = next((each for each in visible if each.pk == agreement.predecessor_id), None)
        after = [each for each in visible if each.predecessor_id == agreement.pk]
        return cls(whole.get(pk=agreement.pk), before, after)

    @property
    def own_matter(self) -> Matter | None:
        """The agreement's matter; None if it is the declaration's, since the declaration's page shows that one."""
        matter = self.agreement.matter
        return matter if matter and matter.pk != self.agreement.declaration.matter_id else None
