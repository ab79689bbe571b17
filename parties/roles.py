"""The roles, each with a description for the person who has it."""

from django.db.models import TextChoices


class Role(TextChoices):
    READER = "reader", "Läsare"
    REPRESENTATIVE = "representative", "Partsrepresentant"
    OFFICIAL = "official", "Handläggare"
    COORDINATOR = "coordinator", "Samordnare"
    ADMINISTRATOR = "administrator", "Systemadministratör"

    @property
    def description(self) -> str:
        """What the role may do, in plain Swedish. The account page shows it."""
        return DESCRIPTIONS[self]


DESCRIPTIONS: dict[Role, str] = {
    Role.READER: "Du läser parternas beslutade aktiviteter, behov och lägesbilder. Du kan inte ändra något.",
    Role.REPRESENTATIVE: (
        "Du följer upp aktiviteter som din part ansvarar för, föreslår nya och svarar på samordnarens förslag. "
        "Där din part medverkar skriver du vad ni gör. Du läser de andra parternas beslutade aktiviteter. "
        "Utkast och interna aktiviteter ser du när din part är ansvarig eller medverkar."
    ),
    Role.OFFICIAL: "Du tar fram uppföljningsrapporter och läser alla beslutade aktiviteter, även interna.",
    Role.COORDINATOR: (
        "Du planerar och följer hela arbetet och sköter överenskommelsen, behoven och lägesbilden. En aktivitet är "
        "beslutad när både du och den ansvariga parten har sagt ja. Du kan följa upp åt en part, och då syns det att du "
        "har gjort det. Du kan också allt som en handläggare kan."
    ),
    Role.ADMINISTRATOR: "Du sköter konton, parter och listor och läser alla beslutade aktiviteter. Du följer inte upp.",
}
