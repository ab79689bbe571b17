"""The roles, each with a description for the person who has it.

The table has what several roles may see or do. For what only one role may do, each app's `policies` ask the user by
name (`is_coordinator`). `samverkan/menu.py` has the menus.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class RoleTraits:
    """What belongs to a role. `description` says in plain Swedish what it may do; the account page shows it.

    `speaks` means that it may follow up activities of its own party. `sees_drafts` is about drafts of agreements,
    `sees_internal` about other parties' internal activities once they are agreed.
    """

    description: str
    speaks: bool = False
    makes_reports: bool = False
    sees_internal: bool = False
    sees_drafts: bool = False
    sees_accounts: bool = False


class Role(TextChoices):
    READER = "reader", "Läsare"
    REPRESENTATIVE = "representative", "Partsrepresentant"
    OFFICIAL = "official", "Handläggare"
    COORDINATOR = "coordinator", "Samordnare"
    ADMINISTRATOR = "administrator", "Systemadministratör"

    @property
    def traits(self) -> RoleTraits:
        return _ROLES[self]

    @property
    def description(self) -> str:
        """What the role may do, in plain Swedish. The account page shows it."""
        return self.traits.description

    @classmethod
    def speakers(cls) -> list["Role"]:
        """The roles that speak for a party."""
        return [role for role in cls if role.traits.speaks]


_ROLES: Mapping[Role, RoleTraits] = {
    Role.READER: RoleTraits(
        "Du läser parternas beslutade aktiviteter, behov och lägesbilder. Du kan inte ändra något."
    ),
    Role.REPRESENTATIVE: RoleTraits(
        "Du följer upp aktiviteter som din part ansvarar för, föreslår nya och svarar på samordnarens förslag. "
        "Där din part medverkar skriver du vad ni gör. Du läser de andra parternas beslutade aktiviteter. "
        "Utkast och interna aktiviteter ser du när din part är ansvarig eller medverkar.",
        speaks=True,
    ),
    Role.OFFICIAL: RoleTraits(
        "Du tar fram uppföljningsrapporter och läser alla beslutade aktiviteter, även interna.",
        makes_reports=True,
        sees_internal=True,
    ),
    Role.COORDINATOR: RoleTraits(
        "Du planerar och följer hela arbetet och sköter överenskommelsen, behoven och lägesbilden. En aktivitet är "
        "beslutad när både du och den ansvariga parten har sagt ja. Du kan följa upp åt en part, och då syns det att du "
        "har gjort det. Du kan också allt som en handläggare kan.",
        speaks=True,
        makes_reports=True,
        sees_internal=True,
        sees_drafts=True,
        sees_accounts=True,
    ),
    Role.ADMINISTRATOR: RoleTraits(
        "Du sköter konton, parter och listor och läser alla beslutade aktiviteter. Du följer inte upp.",
        sees_internal=True,
        sees_drafts=True,
        sees_accounts=True,
    ),
}
