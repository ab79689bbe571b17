"""What the page for signatures and attachments shows, and which of its forms is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.http import Http404, QueryDict

from priorities.models import Agreement, AgreementAttachment, AgreementParty
from priorities.signing.forms import AttachmentForm, SignatureForm
from samverkan.lib.dates import in_words
from samverkan.lib.history import by_function

NEW = "ny"


SIGNED = ("signed_on", "title", "file", "joined_on", "left_on")
ATTACHED = ("number", "title", "file")


@dataclass(frozen=True)
class Earlier:
    """What stood there before, until when, and who changed it. `record` is the key of its record, for its file."""

    record: int
    values: dict[str, Any]
    until: datetime
    changed_by: str

    @property
    def sentence(self) -> str:
        """`Undertecknad 10 september 2024, VD` or `Bilaga 3. Karta`."""
        if "number" in self.values:
            return f"Bilaga {self.values['number']}. {self.values['title']}"
        day, title = self.values["signed_on"], self.values["title"]
        said = [f"Undertecknad {in_words(day)}" if day else "", title]
        said += [f"med från {in_words(self.values['joined_on'])}"] if self.values["joined_on"] else []
        said += [f"med till {in_words(self.values['left_on'])}"] if self.values["left_on"] else []
        return ", ".join(filter(None, said)) or "Bara filen"


def earlier_by_row(history: Any, rows: Iterable[Model], names: tuple[str, ...]) -> dict[int, list[Earlier]]:
    """What each row held before, the newest first, by the row's key. Leaves out what was empty. One query."""
    records = history.objects.filter(id__in=[row.pk for row in rows]).select_related("history_user")
    found: dict[int, list[Earlier]] = {}
    last: dict[int, Any] = {}
    for record in records.order_by("history_id"):
        before = last.get(record.id)
        values = {name: getattr(before, name) for name in names} if before else {}
        if before and any(values.values()) and values != {name: getattr(record, name) for name in names}:
            entry = Earlier(before.pk, values, record.history_date, by_function(record.history_user))
            found.setdefault(record.id, []).insert(0, entry)
        last[record.id] = record
    return found


@dataclass(frozen=True)
class SignPage:
    """At most one form is open: `?part=huge`, `?bilaga=3`, or `?bilaga=ny` for a new attachment."""

    agreement: Agreement
    memberships: list[AgreementParty]
    attachments: list[AgreementAttachment]
    earlier_signatures: dict[int, list[Earlier]]
    earlier_attachments: dict[int, list[Earlier]]
    party: str
    number: str

    @classmethod
    def of(cls, agreement: Agreement, asked_for: QueryDict) -> "SignPage":
        """Raises Http404 for a party or an attachment that the agreement does not have. Four queries."""
        memberships = list(agreement.memberships.select_related("party"))
        attachments = list(agreement.attachments.all())
        page = cls(
            agreement,
            memberships,
            attachments,
            earlier_by_row(AgreementParty.history.model, memberships, SIGNED),
            earlier_by_row(AgreementAttachment.history.model, attachments, ATTACHED),
            asked_for.get("part", ""),
            asked_for.get("bilaga", ""),
        )
        if page.party and page.membership is None:
            raise Http404("Parten är inte med i överenskommelsen.")
        if page.number not in {"", NEW} and page.attachment is None:
            raise Http404("Bilagan finns inte.")
        return page

    @property
    def signatures(self) -> list[tuple[AgreementParty, list[Earlier]]]:
        return [(each, self.earlier_signatures.get(each.pk, [])) for each in self.memberships]

    @property
    def papers(self) -> list[tuple[AgreementAttachment, list[Earlier]]]:
        return [(each, self.earlier_attachments.get(each.pk, [])) for each in self.attachments]

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
