"""*Följ upp*: bad input gives an error at its field, keeps the text and saves nothing."""

import pytest

from tests.support.follow_ups import new_follow_ups

pytestmark = pytest.mark.one_database

BAD = {
    "no answer to how it goes": ({"state": ""}, "state", "Välj hur det går."),
    "an unknown state": ({"state": "sideways"}, "state", "Välj hur det går."),
    "cancelling is the coordinator's": (
        {"state": "cancelled", "what_happened": "Nej"},
        "state",
        "Välj hur det går.",
    ),
    "off track without what is needed": (
        {"state": "off_track", "what_happened": "Stopp", "decision_by": "party"},
        "needed",
        "Beskriv vad som behövs när läget är Avviker.",
    ),
    "off track without who decides": (
        {"state": "off_track", "what_happened": "Stopp", "needed": "Hjälp"},
        "decision_by",
        "Välj vem som behöver besluta när läget är Avviker.",
    ),
    "off track for nobody to decide": (
        {"state": "off_track", "what_happened": "Stopp", "needed": "Hjälp", "decision_by": "kungen"},
        "decision_by",
        "Välj vem som behöver besluta.",
    ),
    "at risk without words": (
        {"state": "at_risk"},
        "what_happened",
        "Beskriv vad som har hänt när läget är Risk för avvikelse.",
    ),
    "done without attainment": (
        {"state": "done", "what_happened": "Klart"},
        "attainment",
        "Välj om målet nåddes.",
    ),
    "done without a result": (
        {"state": "done", "attainment": "achieved"},
        "what_happened",
        "Beskriv resultatet när aktiviteten är genomförd.",
    ),
    "a text of 100,000 characters": (
        {"what_happened": "a" * 100_000},
        "what_happened",
        "Texten får vara högst 5\u00a0000 tecken. Den är 100\u00a0000.",
    ),
    "words that nobody can see": (
        {"state": "at_risk", "what_happened": "\u200b\u3164\u2800"},
        "what_happened",
        "Beskriv vad som har hänt när läget är Risk för avvikelse.",
    ),
    "a NUL byte": (
        {"what_happened": "Hej\x00då"},
        "what_happened",
        "Texten innehåller ett tecken som inte går att spara. Klistra in den som vanlig text.",
    ),
    "an identity number": ({"what_happened": "Ringde 850709-9805 i går."}, "what_happened", "personnummer"),
    "an identity number in what is needed": (
        {"state": "at_risk", "what_happened": "Se", "needed": "Träffa 19850709-9805"},
        "needed",
        "personnummer",
    ),
    "an outcome that is no number": ({"actual": "många"}, "actual", "Skriv ett tal, till exempel 12,5."),
    "an outcome too large": ({"actual": "9" * 30}, "actual", "Talet är för stort."),
    "an outcome that is an identity number": ({"actual": "8507099805"}, "actual", "Talet är för stort."),
    "somebody else's milestone": (
        {"milestones": ["999999"]},
        "milestones",
        "Välj bland aktivitetens delmål.",
    ),
    "a milestone beyond any number": (
        {"milestones": ["9" * 40]},
        "milestones",
        "Välj bland aktivitetens delmål.",
    ),
    "no submission key": ({"submission_key": "x"}, "__all__", "Formuläret kunde inte läsas"),
    "no version": ({"version": ""}, "__all__", "Formuläret kunde inte läsas"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_a_sentence_keeps_the_text_and_saves_nothing(case, send, belysning):
    fields, field, sentence = BAD[case]

    response = send(**fields)

    assert response.status_code == 200
    assert sentence in " ".join(response.context["form"].errors[field])
    page = response.content.decode()
    assert ("Inget är sparat</h2>" if field == "__all__" else "Det finns fel att rätta</h2>") in page
    assert "<title>Fel: " in page
    for name, value in fields.items():
        if name in {"what_happened", "needed", "actual"} and "\x00" not in value:
            assert value in page
    assert new_follow_ups(belysning) == []
    assert belysning.milestones.filter(done_on=None).count() == 1
