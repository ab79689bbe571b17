from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from import_export.fields import Field

from parties.directory import actions
from parties.models import Party, PartyKind, User
from parties.transfer.cells import KindByName
from parties.transfer.recorded import RecordedTable
from samverkan.lib.db import in_swedish_order
from samverkan.lib.matching import for_matching
from samverkan.lib.tables import TableOptions
from samverkan.lib.tables.cells import Names, Slug, Text, Year, YesOrNo


class Parties(RecordedTable):
    """Parties. The slug identifies a row, or the name if the file has no slug."""

    name = Field("name", "Namn", widget=Text())
    short_name = Field("short_name", "Kort namn", widget=Text())
    slug = Field("slug", "Adressdel", widget=Slug())
    kind = Field("kind", "Slag", widget=KindByName())
    since_year = Field("since_year", "Part sedan", widget=Year())
    leads = Field("leads", "Leder överenskommelsen", widget=YesOrNo())
    other_names = Field("other_names", "Andra namn", widget=Names())

    required: ClassVar[tuple[str, ...]] = ("Namn", "Kort namn", "Slag")
    sheet_title: ClassVar[str] = "Parter"

    class Meta(TableOptions):
        model = Party
        fields = ("name", "short_name", "slug", "kind", "since_year", "leads", "other_names")
        import_id_fields = ("name",)

    def __init__(self, by: User) -> None:
        super().__init__(by)
        self.by_slug: dict[str, Party] = {}
        self.by_name: dict[str, Party] = {}
        self.other: dict[str, Party] = {}

    def learn(self) -> None:
        """Reads the parties and their kinds, in two queries."""
        self.fields["kind"].widget.know(PartyKind.objects.order_by(in_swedish_order("name")))
        for party in Party.objects.visible_to(self.by).select_related("kind"):
            self.by_slug[party.slug] = self.by_name[for_matching(party.name)] = party
            self.other.update({for_matching(name): party for name in [party.short_name, *party.other_names]})

    def rows(self) -> Iterable[Party]:
        return Party.objects.visible_to(self.by).select_related("kind").by_name()

    def key(self, row: dict[str, str]) -> Any:
        found = self.find(row)
        return found.pk if found else for_matching(row["Namn"]) or None

    def find(self, row: dict[str, str]) -> Party | None:
        if slug := row.get("Adressdel"):
            return self.by_slug.get(slug)
        return self.by_name.get(for_matching(row["Namn"]))

    def import_field(
        self, field: Field, instance: Party, row: dict[str, str], is_m2m: bool = False, **kwargs: Any
    ) -> None:
        if field.attribute == "slug" and not row.get("Adressdel"):
            instance.slug = instance.slug or self._free_slug(row["Kort namn"] or row["Namn"])
            return
        super().import_field(field, instance, row, is_m2m, **kwargs)

    def _free_slug(self, name: str) -> str:
        plain = slugify(name)[:55].strip("-")
        candidates = (plain if n == 1 else f"{plain}-{n}" for n in range(1, 10_000))
        return next(slug for slug in candidates if slug not in self.by_slug) if plain else ""

    def refuse_odd(self, instance: Party) -> None:
        """Raises ValidationError for a name that another party, or an earlier row of the file, already has."""
        actions.refuse_invalid_party(instance)
        name = for_matching(instance.name)
        has_name, is_called = self.by_name.get(name), self.other.get(name)
        if has_name and has_name is not instance:
            raise ValidationError({"name": "En annan part har det namnet."})
        if instance.pk is None and is_called:
            raise ValidationError(
                {
                    "name": f"{is_called.name} kallas redan så. Är det samma part? Skriv hela namnet eller adressdelen."
                }
            )
        self.by_slug.setdefault(instance.slug, instance)
        self.by_name.setdefault(name, instance)

    def act(self, instance: Party, is_create: bool, changed: dict[str, Any]) -> None:
        if is_create:
            actions.add_party(by=self.by, **(changed | {"slug": instance.slug}))
        else:
            actions.change_party(by=self.by, party=instance, **changed)
