"""A report of one party, one priority area or one place: it says so and covers nothing else."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from activities.reports import as_pdf
from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FocusAreaFactory,
    NeedFactory,
    PlaceFactory,
    PriorityAreaFactory,
)
from tests.support.reports import entries, markup, report, words
from tests.support.stored import rows

CHOOSE, PREVIEW, PDF = (f"/2023-2024/rapporter/{end}" for end in ("", "forhandsvisning/", "uppfoljning.pdf"))
DAY = "per=2024-08-31"


@rows
def four(agreement, huge, polisen):
    """Huge leads two, one of them in Vårby with the police's help, and the police one; one is in another area."""
    varby = FocusAreaFactory(place=PlaceFactory(slug="varby", name="Vårby"), order=1)
    skogas = FocusAreaFactory(place=PlaceFactory(slug="skogas", name="Skogås"), order=2)
    together = ActivityFactory(title="Tillsammans", lead=huge, on_track=True, focus_areas=[varby, skogas])
    ContributionFactory(activity=together, party=polisen)
    ActivityFactory(title="Hugs egen", lead=huge, at_risk=True, focus_areas=[skogas])
    ActivityFactory(title="Nattvandring", lead=polisen, done=True)
    ActivityFactory(
        title="Förskolan",
        lead=huge,
        off_track=True,
        priority_area=PriorityAreaFactory(slug="unga", order=30_000, name="Barn och unga"),
    )
    ActivityFactory(title="Svaga lås", lead=polisen, internal=True, focus_areas=[varby])
    ActivityFactory(title="Ett utkast", lead=polisen, draft=True, focus_areas=[varby])


@pytest.fixture
def official(client_for, handlaggare, agreement):
    return client_for(handlaggare)


# --- What it covers -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("about", "titles"),
    [
        ("", ["Förskolan", "Hugs egen", "Nattvandring", "Tillsammans"]),
        ("part:polisen", ["Nattvandring", "Tillsammans"]),
        ("part:huge", ["Förskolan", "Hugs egen", "Tillsammans"]),
        ("part:huddinge-kommun", []),
        ("omrade:unga", ["Förskolan"]),
        ("plats:varby", ["Tillsammans"]),
        ("plats:skogas", ["Hugs egen", "Tillsammans"]),
        ("plats:hela-kommunen", ["Förskolan", "Nattvandring"]),
    ],
)
def test_it_tells_of_its_own_activities_only(four, about, titles):
    made = report(about=about)

    assert sorted(entries(made)) == titles
    assert made.summary.band.total == len(titles)
    others = {"Förskolan", "Hugs egen", "Nattvandring", "Tillsammans", "Svaga lås", "Ett utkast"} - set(
        titles
    )
    assert [title for title in others if title in markup(made)] == []


def test_what_a_party_leads_and_contributes_to_is_counted(four):
    assert report(about="part:polisen").summary.sentences == "Polisen ansvarar för en och medverkar i en."
    assert report(about="part:huge").summary.sentences.startswith("Huge ansvarar för tre.")
    assert "ansvarar" not in report(about="plats:varby").summary.sentences


@pytest.mark.parametrize(
    ("about", "headings"),
    [
        ("", ["Prioriterade områden", "Geografiska områden"]),
        ("part:polisen", ["Prioriterade områden", "Geografiska områden"]),
        ("omrade:unga", ["Geografiska områden"]),
        ("plats:varby", ["Prioriterade områden"]),
        ("part:huddinge-kommun", []),
    ],
)
def test_how_it_goes_is_shown_by_what_it_is_not_about(four, about, headings):
    diagrams = report(about=about).diagrams

    assert [diagram.heading for diagram in diagrams] == headings
    assert [diagram.number for diagram in diagrams] == list(range(2, 2 + len(headings)))


def test_an_area_without_chapter_has_nothing_to_lead_to(four):
    made = report(about="part:polisen")

    assert [chapter.name for chapter in made.chapters] == ["Trygghet i offentlig miljö"]
    assert [(row.name, row.band.total, row.anchor) for row in made.diagrams[0].rows] == [
        ("Trygghet i offentlig miljö", 2, "offentlig-miljo"),
        ("Barn och unga", 0, ""),
    ]


def test_a_place_shows_the_needs_that_nobody_answers_there(four, agreement):
    area = agreement.priority_areas.get(slug="offentlig-miljo")
    here, elsewhere = (NeedFactory(priority_area=area, problem=f"Behov {n}", number=n) for n in (1, 2))
    here.places.add(agreement.focus_areas.get(place__slug="varby").place)
    elsewhere.places.add(agreement.focus_areas.get(place__slug="skogas").place)

    def needs_in(about: str) -> list[tuple[str, str]]:
        return [
            (need.problem, need.answer) for chapter in report(about=about).chapters for need in chapter.needs
        ]

    assert needs_in("plats:varby") == [("Behov 1", "Ingen redovisad aktivitet i Vårby")]
    assert needs_in("part:polisen") == []
    assert needs_in("") == [
        ("Behov 1", "Ingen redovisad aktivitet"),
        ("Behov 2", "Ingen redovisad aktivitet"),
    ]


# --- What it is called ------------------------------------------------------------------------------------------
def test_it_says_on_every_page_and_in_its_headings_what_it_is_about(four):
    made = report(about="part:polisen")
    reader = PdfReader(BytesIO(as_pdf(made)))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]

    assert "Part Polismyndigheten, polisområde Stockholm syd Uppgifter per 31 augusti 2024" in pages[0]
    assert "Aktiviteter som parten ansvarar för eller medverkar i" in pages[0]
    assert all("Uppföljning av samverkansöverenskommelsen 2023–2024 · Polisen" in page for page in pages[1:])
    assert "Sammanfattning: Polisen" in pages[1]
    assert reader.metadata.title == (
        "Uppföljning av samverkansöverenskommelsen 2023–2024, Polisen, uppgifter per 31 augusti 2024"
    )
    assert (
        "Den omfattar aktiviteter som parten ansvarar för eller medverkar i. Den redovisar 2 aktiviteter"
        in words(made)
    )


def test_a_part_without_activities_still_makes_a_report(four):
    read = words(report(about="part:huddinge-kommun"))

    assert (
        "Sammanfattning: Huddinge kommun Går arbetet som planerat? Det finns inga beslutade aktiviteter"
        in read
    )
    assert "Ingen fråga är ställd till kommunstyrelsen." in read
    assert "Diagram" not in read


# --- How it is chosen ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["report_preview", "report_pdf"])
def test_the_choice_in_the_form_becomes_an_address_of_its_own(official, four, name):
    address = reverse(name, args=["2023-2024"])

    chosen = official.get(address, {"per": "31/8 2024", "omfattning": "part:polisen"})
    whole = official.get(address, {"per": "2024-08-31", "omfattning": ""})

    assert (chosen.status_code, chosen.headers["Location"]) == (302, f"{address}?{DAY}&part=polisen")
    assert (whole.status_code, whole.headers["Location"]) == (302, f"{address}?{DAY}")


@pytest.mark.parametrize(
    ("query", "slug"), [("part=polisen", "polisen"), ("omrade=unga", "unga"), ("plats=varby", "varby")]
)
def test_an_address_says_what_the_report_is_about(official, four, query, slug):
    page = official.get(f"{PREVIEW}?{DAY}&{query}")
    file = official.get(f"{PDF}?{DAY}&{query}")

    assert page.context["report"].scope.slug == slug
    assert f'href="{PDF}?{DAY}&amp;{query}"' in page.content.decode()
    assert (
        f'filename="uppfoljning-2023-2024-{slug}-per-2024-08-31.pdf"' in file.headers["Content-Disposition"]
    )


def test_the_page_of_choices_shows_what_an_address_already_says(official, four):
    page = official.get(f"{CHOOSE}?{DAY}&plats=varby")

    assert page.status_code == 200
    assert page.context["form"]["per"].value() == "2024-08-31"
    assert '<option value="plats:varby" selected>Vårby</option>' in page.content.decode()


def test_everything_in_the_agreement_can_be_chosen(official, four):
    choices = official.get(CHOOSE).context["form"].fields["omfattning"].widget.choices

    assert choices == [
        ("", "Hela överenskommelsen"),
        (
            "Parter",
            [
                ("part:huddinge-kommun", "Huddinge kommun"),
                ("part:huge", "Huge Bostäder AB"),
                ("part:polisen", "Polismyndigheten, polisområde Stockholm syd"),
            ],
        ),
        (
            "Prioriterade områden",
            [("omrade:offentlig-miljo", "Trygghet i offentlig miljö"), ("omrade:unga", "Barn och unga")],
        ),
        (
            "Geografiska områden",
            [
                ("plats:varby", "Vårby"),
                ("plats:skogas", "Skogås"),
                ("plats:hela-kommunen", "Hela kommunen"),
            ],
        ),
    ]


@pytest.mark.parametrize("address", [PREVIEW, PDF])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"part": "varby"}, "Parten i adressen finns inte i överenskommelsen. Välj en i listan."),
        ({"part": "huge\x00"}, "Parten i adressen finns inte i överenskommelsen. Välj en i listan."),
        ({"part": "x" * 100_000}, "Parten i adressen finns inte i överenskommelsen. Välj en i listan."),
        (
            {"omrade": "9"},
            "Det prioriterade området i adressen finns inte i överenskommelsen. Välj ett i listan.",
        ),
        (
            {"plats": "<b>"},
            "Det geografiska området i adressen finns inte i överenskommelsen. Välj ett i listan.",
        ),
        (
            {"omfattning": "allt"},
            "Det som rapporten ska omfatta finns inte i överenskommelsen. Välj i listan.",
        ),
        (
            {"part": "huge", "plats": "varby"},
            "Rapporten kan omfatta en part, ett prioriterat område eller ett geografiskt område, men inte flera på en gång.",
        ),
    ],
    ids=["party", "nul", "long", "area", "place", "nonsense", "several"],
)
def test_what_is_not_there_gets_a_sentence_and_the_day_is_kept(official, four, address, query, sentence):
    response = official.get(address, {"per": "31/8 2024", **query})

    assert response.status_code == 400
    assert response.context["form"].errors == {"omfattning": [sentence]}
    assert response.context["form"]["per"].value() == "31/8 2024"
    assert response.content.decode().count(sentence) == 2  # at the top and at the field
