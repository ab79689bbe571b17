"""Who saves a text with a character that the PDF cannot show is told, and nobody else."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from samverkan.lib import fonts
from samverkan.lib.pdf import make
from tests.factories import ActivityFactory, ContributionFactory, PriorityAreaFactory
from tests.support.sent_forms import form_of
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

NEW = "/2023-2024/behov/ny/"
NOWHERE = "\U000f1234"  # private use: no font has it
EMOJI = "👍🏽 🙂 ❤️ 👨‍👩‍👧 ✅ ⚠️ 🔥"


@rows
def area(agreement):
    return PriorityAreaFactory(agreement=agreement)


@pytest.fixture
def saved(area, client_for, samordnare):
    """Saves a need and returns what the next page says beside the receipt."""
    browser = client_for(samordnare)

    def save(problem: str, **more: str) -> list[str]:
        form = form_of(browser.get(NEW).content.decode(), problem=problem, priority_area=area.pk, **more)
        answer = browser.post(NEW, form, follow=True)
        return [str(each) for each in answer.context["messages"] if each.level_tag == "warning"]

    return save


def test_the_writer_is_told_which_character_becomes_a_question_mark(saved):
    assert saved(f"Mörka stråk {NOWHERE} vid torget. {NOWHERE}") == [
        f"Tecknet ”{NOWHERE}” finns inte i rapportens typsnitt. I PDF-filen blir det ett frågetecken."
    ]


def test_it_is_told_of_a_follow_up_and_of_a_contribution_too(
    agreement, polisen, huge_rep, polis_rep, client_for
):
    part = ContributionFactory(activity=ActivityFactory(), party=polisen)
    address = part.activity.get_absolute_url()
    followed_up = client_for(huge_rep).get(f"{address}folj-upp/").context["form"]
    done = client_for(polis_rep).get(f"{address}medverkan/polisen/").context["page"].done

    for who, where, form, more in (
        (huge_rep, "folj-upp", followed_up, {"state": "on_track"}),
        (polis_rep, "medverkan/polisen", done, {"gjort": "1"}),
    ):
        sent = {field.name: field.value() for field in form.hidden_fields()} | more
        page = client_for(who).post(f"{address}{where}/", sent | {"what_happened": NOWHERE}, follow=True)
        assert f"Tecknet ”{NOWHERE}” finns inte" in page.content.decode(), where


def test_the_note_stands_on_the_page(area, client_for, samordnare):
    browser = client_for(samordnare)
    form = form_of(browser.get(NEW).content.decode(), problem=NOWHERE, priority_area=area.pk)

    page = browser.post(NEW, form, follow=True).content.decode()

    assert "finns inte i rapportens typsnitt" in page
    assert "Behov 1 är sparat." in page


def test_of_many_the_first_five_are_named(saved):
    first, *others = (chr(0xF1234 + n) for n in range(8))

    (note,) = saved(f"{first} och {''.join(others)}")

    assert note.startswith(f"Tecknen ”{first}”, ”{others[0]}”, ")
    assert "och fler finns inte i rapportens typsnitt. I PDF-filen blir de frågetecken." in note
    assert others[4] not in note


def test_nothing_is_said_of_what_has_a_font_nor_of_what_is_not_saved(saved):
    assert saved(f"Å, ü, → ≥ и {EMOJI}") == []
    assert saved(NOWHERE, causes="x" * 6000) == []


def test_a_form_sent_twice_says_it_once(area, client_for, samordnare):
    browser = client_for(samordnare)
    form = form_of(browser.get(NEW).content.decode(), problem=NOWHERE, priority_area=area.pk)

    browser.post(NEW, form)
    again = browser.post(NEW, form, follow=True)

    assert [each.level_tag for each in again.context["messages"]].count("warning") == 1


def test_common_emoji_are_drawn_and_stay_a_text():
    pdf = make(f'<html lang="sv"><title>Tecken</title><p>{EMOJI} {NOWHERE}', styles=[])

    drawn = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert drawn.count("?") == 1
    assert all(each in drawn for each in "👍🙂❤✅⚠🔥")


def test_a_machine_that_cannot_list_its_fonts_says_nothing_and_logs_why(saved, monkeypatch, caplog):
    monkeypatch.setenv("PATH", "/nowhere")
    fonts._ranges.cache_clear()
    try:
        assert saved(NOWHERE) == []
    finally:
        fonts._ranges.cache_clear()
    assert "Debian's package fontconfig" in caplog.text
