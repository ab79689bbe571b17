from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from import_export.fields import Field

from parties.accounts import actions
from parties.models import Party, Unit, User
from parties.roles import Role
from parties.sign_in.forms import check_address
from parties.transfer.cells import PartyByName, UnitName
from parties.transfer.forms import ImportInvitationForm
from parties.transfer.recorded import RecordedTable
from samverkan.lib.matching import for_matching
from samverkan.lib.tables import TableOptions
from samverkan.lib.tables.cells import Address, Choice, Text, YesOrNo
from samverkan.lib.texts import shortened


class Accounts(RecordedTable):
    """Accounts. The e-mail address, in any case, identifies a row."""

    email = Field("email", "E-postadress", widget=Address())
    display_name = Field("display_name", "Namn", widget=Text())
    title = Field("title", "Funktion", widget=Text())
    party = Field("party", "Part", widget=PartyByName())
    unit = Field("unit", "Enhet", widget=UnitName(), readonly=True)
    role = Field("role", "Roll", widget=Choice(Role))
    is_active = Field("is_active", "Aktivt", widget=YesOrNo())

    required: ClassVar[tuple[str, ...]] = ("E-postadress", "Namn", "Roll")
    sheet_title: ClassVar[str] = "Konton"
    confirm_form = ImportInvitationForm
    confirm_template: ClassVar[str] = "administration/_invite.html"

    class Meta(TableOptions):
        model = User
        fields = ("email", "display_name", "title", "party", "unit", "role", "is_active")
        import_id_fields = ("email",)

    def __init__(self, by: User) -> None:
        super().__init__(by)
        self.added: list[User] = []
        self.users: dict[str, User] = {}
        self.units: dict[tuple[int, str], Unit] = {}

    def learn(self) -> None:
        """Reads the accounts, parties and units, in three queries."""
        users = User.objects.visible_to(self.by).select_related("party", "unit")
        self.users = {user.email.casefold(): user for user in users}
        self.fields["party"].widget.know(list(Party.objects.visible_to(self.by)))
        self.units = {(unit.party_id, for_matching(unit.name)): unit for unit in Unit.objects.all()}

    def rows(self) -> Iterable[User]:
        return User.objects.visible_to(self.by).select_related("party", "unit").order_by("email")

    def key(self, row: dict[str, str]) -> str | None:
        return row["E-postadress"].casefold() or None

    def find(self, row: dict[str, str]) -> User | None:
        return self.users.get(row["E-postadress"].casefold())

    def import_field(
        self, field: Field, instance: User, row: dict[str, str], is_m2m: bool = False, **kwargs: Any
    ) -> None:
        if field.attribute == "is_active" and not row.get("Aktivt"):
            return  # an empty cell closes no account
        if field.attribute == "unit":
            self._read_unit(instance, row.get("Enhet"))
        super().import_field(field, instance, row, is_m2m, **kwargs)

    def _read_unit(self, instance: User, name: str | None) -> None:
        """Reads the unit by name, after the party's cell. Raises ValueError for a unit that the party does not have."""
        if name is None:
            return
        instance.unit = self.units.get((instance.party_id or 0, for_matching(name))) if name else None
        if name and not instance.unit:
            raise ValueError(f"Parten har ingen enhet som heter ”{shortened(name)}”.")

    def refuse_odd(self, instance: User) -> None:
        try:
            check_address(instance.email)
        except ValidationError as refused:
            raise ValidationError({"email": refused.messages}) from refused
        actions.refuse_invalid_account(instance, by=self.by)

    def act(self, instance: User, is_create: bool, changed: dict[str, Any]) -> None:
        if not is_create:
            actions.change_user(by=self.by, user=instance, **changed)
            return
        is_active = changed.pop("is_active", True)
        added = actions.add_user(by=self.by, **changed)
        if is_active:
            self.added.append(added)
        else:
            actions.change_user(by=self.by, user=added, is_active=False)

    def after_saving(self, *, at: datetime, chosen: Mapping[str, Any]) -> None:
        """Mails the new accounts a link, all through one connection, if the person chose that."""
        super().after_saving(at=at, chosen=chosen)
        if chosen["invite"]:
            actions.invite_on_commit(self.added, by=self.by, at=at)
