"""What the log of changes (*Ändringslogg*) records, each with the words that its pages show."""

from collections.abc import Mapping

from django.db.models import TextChoices


class Act(TextChoices):
    """What somebody did. What it was done to stands beside it in the log."""

    SIGNED_IN = "signed_in", "Loggade in"
    SIGN_IN_FAILED = "sign_in_failed", "Misslyckad inloggning"
    CODE_ASKED = "code_asked", "Bad om en kod"
    CODE_FAILED = "code_failed", "Fel kod"
    SIGNED_OUT = "signed_out", "Loggade ut"
    RESET_ASKED = "reset_asked", "Bad om nytt lösenord"
    PASSWORD_SET = "password_set", "Valde lösenord"
    INVITED = "invited", "Bjöd in"
    ADDED = "added", "Lade till"
    CHANGED = "changed", "Ändrade"
    REMOVED = "removed", "Tog bort"
    ROLE_CHANGED = "role_changed", "Ändrade roll"
    CLOSED = "closed", "Avslutade konto"
    ADOPTED = "adopted", "Fastställde"
    SIGNED = "signed", "Skrev in underskrift"
    IMPORTED = "imported", "Läste in fil"
    EXPORTED = "exported", "Hämtade fil"
    READ_INTERNAL = "read_internal", "Läste internt"
    MASKED = "masked", "Maskerade"
    PRUNED = "pruned", "Gallrade loggen"

    @property
    def meaning(self) -> str:
        """When it is recorded, in plain Swedish. The page of an entry shows it."""
        return _MEANINGS[self]


_MEANINGS: Mapping[Act, str] = {
    Act.SIGNED_IN: "Någon loggade in med kod eller lösenord.",
    Act.SIGN_IN_FAILED: "Någon försökte logga in med ett lösenord som inte stämde, eller till ett konto som inte finns.",
    Act.CODE_ASKED: "Någon bad om en kod till en adress. Har adressen inget konto skickades ingen kod.",
    Act.CODE_FAILED: "Någon skrev en kod som inte stämde.",
    Act.SIGNED_OUT: "Någon loggade ut.",
    Act.RESET_ASKED: "Någon bad om en länk för att välja nytt lösenord.",
    Act.PASSWORD_SET: "Någon valde ett nytt lösenord, inloggad, med en länk eller med ett kommando.",
    Act.INVITED: "En inbjudan lades i kö för att skickas.",
    Act.ADDED: "En ny rad lades till, på sidan, med en fil eller med ett kommando.",
    Act.CHANGED: "En rad ändrades.",
    Act.REMOVED: "En rad togs bort.",
    Act.ROLE_CHANGED: "Ett konto fick en annan roll.",
    Act.CLOSED: "Ett konto avslutades.",
    Act.ADOPTED: "En överenskommelse eller en lägesbild fastställdes.",
    Act.SIGNED: "En parts underskrift skrevs in eller rättades.",
    Act.IMPORTED: "En fil lästes in. Varje rad som ändrades har en egen post.",
    Act.EXPORTED: "Någon hämtade uppgifter som en fil.",
    Act.READ_INTERNAL: "Någon öppnade en intern aktivitet.",
    Act.MASKED: "Ett textstycke maskerades.",
    Act.PRUNED: "Gamla delar av loggen togs bort. Avtrycken av dem är kvar.",
}
