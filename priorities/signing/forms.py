"""The forms for a party's signature and for an attachment."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from parties.models import Party, User
from priorities.editing.fields import CountField, LineField, NearDayField, PastDayField, PdfField
from priorities.editing.forms import WritingForm
from priorities.editing.stale import ARCHIVED
from priorities.models import Agreement, AgreementAttachment, AgreementParty
from priorities.signing import actions
from samverkan.lib.forms import day_field

REPLACES = "PDF, högst 10 MB. Den ersätter filen som finns. Välj ingen för att behålla den."


class PaperForm(WritingForm):
    """The base of both: hands its `plain` fields to the action as they are."""

    agreement: Agreement

    def why_closed(self) -> str:
        return ARCHIVED if self.agreement.is_archived else ""

    def save_by(self, action: Callable[..., Any], *, by: User, at: datetime, **own: Any) -> bool:
        """Saves by the action. False, with the reason among the errors and the input kept, if it refuses."""
        self.editor = by
        if not self.is_valid():
            return False
        values = {name: self.cleaned_data[name] for name in self.plain} | own
        seen = self.cleaned_data["version"]
        saved = self.attempt(lambda: action(by=by, at=at, agreement=self.agreement, seen=seen, **values))
        return saved is not None


class SignatureForm(PaperForm):
    plain = ("signed_on", "title", "file", "joined_on", "left_on")

    signed_on = PastDayField(label="Undertecknad", required=False, help_text="Till exempel 2024-12-10.")
    title = LineField(
        label="Undertecknarens funktion",
        required=False,
        longest=150,
        help_text="Till exempel kommundirektör. Inget personnamn.",
    )
    file = PdfField(label="Undertecknad överenskommelse", required=False)
    joined_on = NearDayField(
        label="Med från",
        required=False,
        help_text="Om parten kom med senare än överenskommelsens första dag.",
    )
    left_on = NearDayField(label="Med till", required=False, help_text="Om parten har lämnat i förtid.")

    def __init__(
        self, data: Any = None, files: Any = None, *, agreement: Agreement, membership: AgreementParty
    ) -> None:
        initial = {name: getattr(membership, name) for name in self.plain if name != "file"}
        super().__init__(data, files, row=agreement, initial=initial)
        self.agreement = agreement
        self.party: Party = membership.party
        for name in ("joined_on", "left_on"):
            day_field(self, name).within = ((agreement.starts_on, agreement.ends_on),)
        if membership.file:
            self.fields["file"].help_text = REPLACES

    @property
    def receipt(self) -> str:
        return f"Uppgifterna om {self.party.short_name} är sparade."

    def save(self, *, by: User, at: datetime) -> bool:
        return self.save_by(actions.sign_agreement, by=by, at=at, party=self.party)


class AttachmentForm(PaperForm):
    plain = ("number", "title", "file")

    number = CountField(label="Bilaga nr", error_messages={"required": "Skriv bilagans nummer."})
    title = LineField(label="Rubrik", error_messages={"required": "Skriv bilagans rubrik."})
    file = PdfField(label="Fil", required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        agreement: Agreement,
        attachment: AgreementAttachment | None,
        number: int = 1,
    ) -> None:
        """`number` is the suggestion for a new attachment."""
        initial = {
            "number": attachment.number if attachment else number,
            "title": attachment.title if attachment else "",
        }
        super().__init__(data, files, row=agreement, initial=initial)
        self.agreement, self.attachment = agreement, attachment
        if attachment and attachment.file:
            self.fields["file"].help_text = REPLACES

    @property
    def receipt(self) -> str:
        return f"Bilaga {self.cleaned_data['number']} är sparad."

    def save(self, *, by: User, at: datetime) -> bool:
        return self.save_by(actions.attach_to_agreement, by=by, at=at, attachment=self.attachment)
