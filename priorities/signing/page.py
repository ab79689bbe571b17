"""What the page for signatures and attachments shows, and which of its forms is open."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict

from priorities.models import Agreement, AgreementAttachment, AgreementParty
from priorities.signing.forms import AttachmentForm, SignatureForm

NEW = "ny"


@dataclass(frozen=True)
class SignPage:
    """At most one form is open: `?part=huge`, `?bilaga=3`, or `?bilaga=ny` for a new attachment."""

    agreement: Agreement
    memberships: list[AgreementParty]
    attachments: list[AgreementAttachment]
    party: str
    number: str

    @classmethod
    def of(cls, agreement: Agreement, asked_for: QueryDict) -> "SignPage":
        """Raises Http404 for a party or an attachment that the agreement does not have. Two queries."""
        page = cls(
            agreement,
            list(agreement.memberships.select_related("party")),
            list(agreement.attachments.all()),
            asked_for.get("part", ""),
            asked_for.get("bilaga", ""),
        )
        if page.party and page.membership is None:
            raise Http404("Parten är inte med i överenskommelsen.")
        if page.number not in {"", NEW} and page.attachment is None:
            raise Http404("Bilagan finns inte.")
        return page

    @property
    def membership(self) -> AgreementParty | None:
        return next((each for each in self.memberships if each.party.slug == self.party), None)

    @property
    def attachment(self) -> AgreementAttachment | None:
        return next((each for each in self.attachments if str(each.number) == self.number), None)

    @property
    def is_adding(self) -> bool:
        return not self.party and self.number == NEW

    @property
    def next_number(self) -> int:
        return 1 + max((each.number for each in self.attachments), default=0)

    def form(self, data: Any = None, files: Any = None) -> SignatureForm | AttachmentForm | None:
        """The form that is open, if any."""
        if self.membership:
            return SignatureForm(data, files, agreement=self.agreement, membership=self.membership)
        if self.number:
            return AttachmentForm(
                data, files, agreement=self.agreement, attachment=self.attachment, number=self.next_number
            )
        return None
