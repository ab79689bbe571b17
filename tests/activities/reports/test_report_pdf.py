"""The PDF of the report: accessible, with numbered pages, and complete whatever people write."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader

from activities.reports import as_pdf
from samverkan.lib import pdf
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    ContributionFactory,
    FocusAreaFactory,
    FollowUpFactory,
    NeedFactory,
    PartyFactory,
    PlaceFactory,
    PriorityAreaFactory,
    RoundFactory,
)
from tests.support import verapdf
from tests.support.reports import MARCH, report
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.one_database

LONG = "Arbetet fortsätter som planerat, och parterna möts varje vecka. " * 78
WORD = "samverkansöverenskommelseuppföljning" * 40


PARTS = ("part:polisen", "omrade:offentlig-miljo", "plats:varby", "plats:hela-kommunen")


@pytest.fixture(scope="module")
def eventful(django_db_setup, django_db_blocker) -> dict[str, bytes]:
    """The files of one agreement and of its parts, each drawn once; their rows are gone again."""
    with kept_for_the_module(django_db_blocker):
        everything_happens()
        return {about: as_pdf(report(about=about)) for about in ("", *PARTS)}


def everything_happens() -> None:
    """Activities in every state, with every flag, question and kind of follow-up."""
    kommunen, huge, polisen = (PartyFactory(**{name: True}) for name in ("kommunen", "huge", "polisen"))
    AgreementFactory(parties=[kommunen, huge, polisen])
    round = RoundFactory()
    area = PriorityAreaFactory(effect_goal="Fler känner sig trygga.")
    everything = {
        "priority_area": area,
        "focus_areas": [FocusAreaFactory(place=PlaceFactory(slug="varby", name="Vårby"), order=1)],
        "needs": [NeedFactory(priority_area=area)],
        "measure": "Lyktor", "measure_unit": "antal", "baseline": 0, "target": 40,
    }  # fmt: skip
    for state in ("on_track", "at_risk", "off_track", "done", "cancelled"):
        activity = ActivityFactory(
            title=f"Läge {state}", **{state: True}, follow_up__round=round, follow_up__actual=12, **everything
        )
        ContributionFactory(activity=activity, party=polisen)
    ActivityFactory(title="Ingen har sagt något", **everything)
    late = ActivityFactory(title="Sen", ends_on=MARCH, **everything)
    FollowUpFactory(
        activity=late, off_track=True, refers_on=MARCH, decision_by="board", what_happened="Kabeln är av."
    )
    FollowUpFactory(activity=late, off_track=True, what_happened="", unchanged=True, decision_by="board")


@pytest.fixture(scope="module")
def whole(eventful) -> PdfReader:
    return PdfReader(BytesIO(eventful[""]))


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture(scope="module")
def broken_rules(tmp_path_factory) -> Iterator[Callable[[bytes], list[str]]]:
    """Finds the rules of PDF/UA that a file breaks."""
    file = tmp_path_factory.mktemp("pdf") / "rapport.pdf"
    with verapdf.checker() as faults:

        def broken_rules(pdf: bytes) -> list[str]:
            file.write_bytes(pdf)
            return faults(file)

        yield broken_rules


def test_the_file_is_accessible_by_pdf_ua(eventful, broken_rules):
    assert broken_rules(eventful[""]) == []


@pytest.mark.parametrize("about", PARTS)
def test_the_file_of_a_part_is_accessible_too(eventful, broken_rules, about):
    assert broken_rules(eventful[about]) == []


def test_what_breaks_accessibility_is_seen(broken_rules):
    html = '<html lang="sv"><title>Bild</title><h1>En</h1><svg width="9" height="9"><rect width="9" height="9"/></svg></html>'

    assert [fault.split()[0] for fault in broken_rules(pdf.make(html, styles=[]))] == ["7.3-1"]


def test_every_page_is_numbered_and_says_what_it_is(whole):
    pages = whole.pages
    read = [" ".join(page.extract_text().split()) for page in pages]

    assert [f"Sida {number} av {len(pages)}" in page for number, page in enumerate(read, 1)] == [True] * len(
        pages
    )
    assert all("Huddinge kommun · Uppgifter per 31 augusti 2024 · inte fastställd" in page for page in read)
    assert all("Ärende KS-2022/941.142" in page for page in read[1:])
    assert all("Uppföljning av samverkansöverenskommelsen 2023–2024" in page for page in read)


def test_the_outline_has_the_chapters_and_under_them_the_activities(whole):
    outline = whole.outline
    chapters = [entry.title for entry in outline if not isinstance(entry, list)]
    trygghet = next(
        n for n, entry in enumerate(outline) if not isinstance(entry, list) and "miljö" in entry.title
    )
    activities = [entry.title for entry in outline[trygghet + 1]]

    assert chapters == [
        "Sammanfattning",
        "Frågor till styrgruppen",
        "Status per område",
        "Försenat, sent startat och inte uppdaterat",
        "Trygghet i offentlig miljö",
        "Bilaga. Så har rapporten tagits fram",
    ]
    assert activities[0] == "3. Läge off_track"
    assert len(activities) == 7


def test_the_contents_lead_to_the_pages_that_they_name(whole):
    cover = " ".join(whole.pages[0].extract_text().split())
    named = {
        entry.title: whole.get_destination_page_number(entry) + 1
        for entry in whole.outline
        if not isinstance(entry, list)
    }

    assert all(f"{title} {page}" in cover for title, page in named.items())


def test_page_two_answers_the_two_questions(whole):
    page = " ".join(whole.pages[1].extract_text().split())

    answers = ["Går arbetet som planerat?", "Vad behöver kommunstyrelsen besluta?"]
    found = [page.find(question) for question in answers]
    assert -1 not in found
    assert found == sorted(found)


def test_no_text_is_smaller_than_nine_and_a_half_points(eventful):
    sizes: set[float] = set()

    def note(text, cm, tm, font, size):
        if text.strip():
            sizes.add(round(abs(size * tm[3] * cm[3]), 2))

    for page in PdfReader(BytesIO(eventful["part:polisen"])).pages:
        page.extract_text(visitor_text=note)

    assert len(sizes) > 3
    assert min(sizes) >= 9.5


def test_the_head_of_a_table_stands_on_every_page_that_it_goes_on(agreement):
    for _ in range(40):
        ActivityFactory(ends_on=MARCH, on_track=True)

    pages = [page.extract_text() for page in PdfReader(BytesIO(as_pdf(report()))).pages]

    with_rows = [page for page in pages if "Slutdatum 31 mars 2024" in page]
    assert len(with_rows) > 1
    assert all("Ansvarig part" in page for page in with_rows)


def test_the_file_knows_its_title_language_sender_and_day(whole):
    assert (
        whole.metadata.title
        == "Uppföljning av samverkansöverenskommelsen 2023–2024, uppgifter per 31 augusti 2024"
    )
    assert whole.metadata.author == "Huddinge kommun"
    assert whole.trailer["/Root"]["/Lang"] == "sv"
    assert whole.metadata.creation_date.date().isoformat() == "2024-09-30"


def test_only_our_own_font_is_used_for_our_own_words(whole):
    fonts = {font["/BaseFont"].split("+")[1] for page in whole.pages for font in fonts_of(page)}

    assert {font.strip(",") for font in fonts} == {
        "Source-Sans-3",
        "Source-Sans-3-Semi-Bold",
        "Source-Sans-3-Bold",
    }


def fonts_of(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_whatever_people_write_the_file_is_whole_and_accessible(agreement, broken_rules):
    for written in (LONG, WORD, "rad\n" * 300, "<script>alert(1)</script>", "ليل 夜 🚓 ½ \u200b\x0b €uro"):
        said = {"follow_up__what_happened": written, "follow_up__needed": written}
        ActivityFactory(title=written[:200].strip(), goal=written, off_track=True, **said)
    ActivityFactory(title="Den som kommer sist", on_track=True)

    file = as_pdf(report())

    assert broken_rules(file) == []
    read = text(file).replace(" ", "")
    assert (
        read.count("parternamötsvarjevecka.") >= 3 * 78
    )  # goal, what has happened and what is needed, each whole
    assert read.count("Helatextenstårvidaktiviteten.") == 3  # in the summary, where it would fill pages
    assert read.count("<script>alert(1)</script>") >= 4
    assert "½" in read
    assert "€uro" in read
    assert "Densomkommersist" in read
