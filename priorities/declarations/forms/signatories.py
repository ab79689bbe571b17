"""The form for the parties to a declaration and their signatures."""

from typing import Any

from django import forms

from parties.models import Declaration, Party, Signatory, User
from priorities.declarations import actions
from priorities.declarations.actions import Signature
from priorities.declarations.forms.base import DeclarationForm
from priorities.editing.choices import Ticked
from priorities.editing.fields import LineField, PastDayField
from priorities.editing.forms import Row
from samverkan.lib.dates import in_words
from samverkan.lib.db import in_swedish_order
from samverkan.lib.forms import TextsField

UNKNOWN = "Uppgift om underskrift saknas"
FACTS = ("signed_on", "title", "case_number", "reason")


class SignatoryRow(Row):
    """Stays folded until somebody types in it, whatever it already holds."""

    @property
    def is_open(self) -> bool:
        return self.fields[0].form.is_bound and super().is_open


class SignatoriesForm(DeclarationForm):
    """A row for each party of the declaration, with fields named `huge-…`, and the other parties to tick."""

    plain = ("added",)

    def __init__(self, data: Any = None, *, declaration: Declaration, user: User) -> None:
        super().__init__(data, declaration=declaration, user=user)
        signatories = declaration.signatories.select_related("party").order_by(
            "-party__leads", in_swedish_order("party__name"), "pk"
        )
        self.stored: dict[str, Signatory] = {each.party.slug: each for each in signatories}
        for slug, signatory in self.stored.items():
            self._add_row(slug, signatory)
        others = Party.objects.visible_to(user).exclude(slug__in=self.stored).by_name()
        self.fields["added"] = Ticked(
            others,
            label="Lägg till parter",
            required=False,
            help_text="Saknas en part? Systemadministratören lägger till den.",
        )

    def _add_row(self, slug: str, signatory: Signatory) -> None:
        fields: dict[str, forms.Field] = {
            "signed_on": PastDayField(
                label="Undertecknad",
                required=False,
                help_text="Till exempel 2022-12-10. Lämna tomt om dagen inte är känd.",
            ),
            "title": LineField(
                label="Undertecknarens funktion",
                required=False,
                longest=150,
                help_text="Till exempel kommundirektör. Inget personnamn.",
            ),
            "case_number": LineField(label="Partens diarienummer", required=False, longest=60),
            "reason": TextsField(label="Varför parten är med", required=False),
            "remove": forms.BooleanField(label="Ta bort parten ur avsiktsförklaringen", required=False),
        }
        for part, field in fields.items():
            field.initial = getattr(signatory, part, None)
            self.fields[f"{slug}-{part}"] = field

    @property
    def rows(self) -> list[SignatoryRow]:
        return [
            SignatoryRow(
                str(each.party.name),
                self.bound(f"{slug}-{part}" for part in FACTS),
                box=self[f"{slug}-remove"],
                summary=f"Undertecknad {in_words(each.signed_on)}" if each.signed_on else UNKNOWN,
            )
            for slug, each in self.stored.items()
        ]

    @property
    def offers_more(self) -> bool:
        return bool(self["added"].subwidgets)

    def write(self, **common: Any) -> None:
        cleaned = self.cleaned_data
        gone = {slug for slug in self.stored if cleaned[f"{slug}-remove"]}
        actions.write_signatories(
            **common,
            signatures=[self._signature(slug) for slug in self.stored if slug not in gone],
            added=cleaned["added"],
            removed=[self.stored[slug].party for slug in gone],
        )

    def _signature(self, slug: str) -> Signature:
        facts = {name: self.cleaned_data[f"{slug}-{name}"] for name in FACTS}
        return Signature(party=self.stored[slug].party, **facts)
