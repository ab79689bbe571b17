"""What do the product's words mean? The words of *Hjälp*, in the order in which they build on each other."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    term: str
    meaning: str


GLOSSARY: tuple[Word, ...] = (
    Word(
        "Avsiktsförklaring",
        "Parternas gemensamma löfte att samarbeta om trygghet och brottsförebyggande arbete under några år.",
    ),
    Word(
        "Överenskommelse",
        "Samverkansöverenskommelsen: vilka områden och platser parterna arbetar med under en period, och varför.",
    ),
    Word("Part", "En organisation som har skrivit under: kommunen, polisen, ett bolag eller någon annan."),
    Word(
        "Prioriterat område",
        "Ett problemområde som överenskommelsen lyfter fram, till exempel våld i nära relation.",
    ),
    Word(
        "Geografiskt område",
        "En plats som överenskommelsen lyfter fram. Den kan vara en kommundel eller ligga i en.",
    ),
    Word(
        "Lägesbild",
        "Parternas gemensamma bild av läget ett visst år, med kartläggning, annan information och analys. "
        "När den är fastställd ändras den inte.",
    ),
    Word("Källa", "Det som lägesbilden bygger på, till exempel en enkät eller statistik."),
    Word(
        "Behov",
        "Ett problem som lägesbilden visar, med trolig orsak. Varje aktivitet svarar mot minst ett behov.",
    ),
    Word(
        "Lucka",
        "Ett behov på en plats där ingen beslutad aktivitet svarar mot det. En aktivitet för hela kommunen fyller ingen "
        "lucka, och det gör inte heller en som är avbruten.",
    ),
    Word(
        "Aktivitet", "Något som en part ansvarar för att göra, ensam eller med andra, inom överenskommelsen."
    ),
    Word(
        "Ansvarig part",
        "Parten som svarar för att aktiviteten blir gjord och som berättar hur det går.",
    ),
    Word("Medverkande part", "En part som bidrar till en aktivitet som en annan part ansvarar för."),
    Word(
        "Ansvarig för genomförandet", "Den funktion som håller i arbetet. Det är aldrig en namngiven person."
    ),
    Word(
        "Utkast, föreslagen, beslutad",
        "Så blir en aktivitet till. Den blir beslutad när både den ansvariga parten och samordnaren har sagt ja.",
    ),
    Word("Delmål", "Ett steg på vägen, med en dag då det ska vara klart."),
    Word(
        "Uppföljning",
        "Svaret på frågan ”Hur går det?”. Det som är sparat ändras aldrig: en ny uppföljning läggs till. "
        "I 15 minuter går det att ångra, och så länge omgången är öppen går det att rätta.",
    ),
    Word(
        "Uppföljningsomgång",
        "Den tid då alla parter följer upp sina aktiviteter per en viss dag, till exempel 31 augusti. När samordnaren "
        "har stängt omgången ligger det som är sagt fast.",
    ),
    Word(
        "Fråga",
        "Samordnaren kan lämna tillbaka en uppföljning med en fråga. Då väntar aktiviteten på parten igen, tills "
        "uppföljningen är rättad.",
    ),
    Word(
        "Ställföreträdare",
        "Någon hos samma part som får mejlen och ser arbetet först medan en annan är borta.",
    ),
    Word(
        "Status",
        "Inte påbörjad, Enligt plan, Risk för avvikelse, Avviker, Genomförd eller Avbruten. Bara samordnaren avbryter.",
    ),
    Word("Måluppfyllelse", "Om målet nåddes. Frågan ställs när aktiviteten är genomförd."),
    Word("Försenad", "Slutdatumet har passerat, och aktiviteten är varken genomförd eller avbruten."),
    Word("Sen start", "Startdatumet har passerat, och aktiviteten är inte påbörjad."),
    Word(
        "Inte uppdaterad",
        "Aktiviteten pågår eller borde ha börjat, och den ansvariga parten har inte följt upp den i omgången.",
    ),
    Word(
        "Intern",
        "En aktivitet med känsliga detaljer. Den finns inte i rapporter och syns inte för andra parter.",
    ),
    Word("Ärende", "Det som en instans beslutar om, med diarienummer och numrerade beslutspunkter."),
)
