"""The glossary of *Hjälp*, in an order where each term builds on those before it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    term: str
    meaning: str


GLOSSARY: tuple[Definition, ...] = (
    Definition(
        "Avsiktsförklaring",
        "Parternas gemensamma löfte att samarbeta om trygghet och brottsförebyggande arbete under några år.",
    ),
    Definition(
        "Överenskommelse",
        "Samverkansöverenskommelsen: vilka områden och platser parterna arbetar med under en period, och varför.",
    ),
    Definition(
        "Part", "En organisation som har skrivit under: kommunen, polisen, ett bolag eller någon annan."
    ),
    Definition(
        "Prioriterat område",
        "Ett problemområde som överenskommelsen lyfter fram, till exempel våld i nära relation.",
    ),
    Definition(
        "Geografiskt område",
        "En plats som överenskommelsen lyfter fram. Den kan vara en kommundel eller ligga i en.",
    ),
    Definition(
        "Lägesbild",
        "Parternas gemensamma bild av läget ett visst år, med kartläggning, annan information och analys. "
        "När den är fastställd ändras den inte.",
    ),
    Definition("Källa", "Det som lägesbilden bygger på, till exempel en enkät eller statistik."),
    Definition(
        "Behov",
        "Ett problem som lägesbilden visar, med trolig orsak. Varje aktivitet svarar mot minst ett behov.",
    ),
    Definition(
        "Lucka",
        "Ett behov på en plats där ingen beslutad aktivitet svarar mot det. En aktivitet för hela kommunen fyller ingen "
        "lucka, och det gör inte heller en som är avbruten.",
    ),
    Definition(
        "Aktivitet", "Något som en part ansvarar för att göra, ensam eller med andra, inom överenskommelsen."
    ),
    Definition(
        "Ansvarig part",
        "Parten som svarar för att aktiviteten blir gjord och som berättar hur det går.",
    ),
    Definition("Medverkande part", "En part som bidrar till en aktivitet som en annan part ansvarar för."),
    Definition(
        "Ansvarig för genomförandet", "Den funktion som håller i arbetet. Det är aldrig en namngiven person."
    ),
    Definition(
        "Utkast, föreslagen, beslutad",
        "Så blir en aktivitet till. Den blir beslutad när både den ansvariga parten och samordnaren har sagt ja.",
    ),
    Definition("Delmål", "Ett steg på vägen, med en dag då det ska vara klart."),
    Definition(
        "Uppföljning",
        "Svaret på frågan ”Hur går det?”. Den gäller läget en viss dag, som står ovanför frågan: omgångens dag eller i dag. "
        "Det som är sparat ändras aldrig: en ny uppföljning läggs till. "
        "I 15 minuter går det att ångra, och så länge omgången är öppen går det att rätta.",
    ),
    Definition(
        "Uppföljningsomgång",
        "Den tid då alla parter följer upp sina aktiviteter per en viss dag, till exempel 31 augusti. Den frågar bara om "
        "det som var beslutat och skulle ha börjat den dagen. Omgången tar slut när samordnaren stänger den, när nästa "
        "öppnar eller trettio dagar efter sista dagen. Sedan ligger det som är sagt fast.",
    ),
    Definition(
        "Fråga",
        "Samordnaren kan lämna tillbaka en uppföljning med en fråga. Då väntar aktiviteten på parten igen, tills "
        "uppföljningen är rättad.",
    ),
    Definition(
        "Ställföreträdare",
        "Någon hos samma part som får mejlen och ser arbetet först medan en annan är borta.",
    ),
    Definition(
        "Status",
        "Inte påbörjad, Enligt plan, Risk för avvikelse, Avviker, Genomförd eller Avbruten. Bara samordnaren avbryter.",
    ),
    Definition("Måluppfyllelse", "Om målet nåddes. Frågan ställs när aktiviteten är genomförd."),
    Definition("Försenad", "Slutdatumet har passerat, och aktiviteten är varken genomförd eller avbruten."),
    Definition("Sen start", "Startdatumet har passerat, och aktiviteten är inte påbörjad."),
    Definition(
        "Inte uppdaterad",
        "Omgången frågar om aktiviteten, som varken är genomförd eller avbruten, och den ansvariga parten har inte svarat.",
    ),
    Definition(
        "Intern",
        "En aktivitet med känsliga detaljer. Den finns inte i rapporter och syns inte för andra parter.",
    ),
    Definition("Ärende", "Det som en instans beslutar om, med diarienummer och numrerade beslutspunkter."),
    Definition(
        "Ändringslogg",
        "En logg över inloggningar, konton, roller, parter, listor, fastställanden, filer och läsning av internt: vem, när, "
        "varifrån och från vilket värde till vilket. Systemadministratörer läser den. Ingen kan ändra den.",
    ),
)
