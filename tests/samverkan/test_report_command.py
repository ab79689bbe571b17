"""`manage.py report`: the same report from the command line, a whole file or none."""

import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from tests.factories import (
    ActivityFactory,
    FocusAreaFactory,
    PlaceFactory,
    PriorityAreaFactory,
    RoundFactory,
)

pytestmark = [pytest.mark.usefixtures("agreement"), pytest.mark.one_database]

USAGE = (
    "Skriv så här: manage.py report 2023-2024 --as-of 2024-08-31 --output uppfoljning.pdf. "
    "Lägg till --party, --area eller --place för en del av överenskommelsen."
)


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("report", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_it_writes_the_same_report_as_the_page(tmp_path, client_for, handlaggare):
    ActivityFactory(title="Belysning längs stråket", at_risk=True)
    ActivityFactory(title="Svaga lås", internal=True)
    file = tmp_path / "rapport.pdf"

    output = run("2023-2024", "--as-of", "31/8 2024", "--output", file)
    downloaded = client_for(handlaggare).get("/2023-2024/rapporter/uppfoljning.pdf?per=2024-08-31").content

    pages = [
        [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
        for pdf in (file.read_bytes(), downloaded)
    ]
    assert pages[0] == pages[1]
    assert any("Belysning längs stråket" in page for page in pages[0])
    assert "uppgifter per 2024-08-31" in output


def test_without_a_day_and_a_name_it_takes_the_newest_rounds_and_its_own(tmp_path, monkeypatch):
    RoundFactory()
    monkeypatch.chdir(tmp_path)

    run("2023-2024")

    assert [file.name for file in tmp_path.iterdir()] == ["uppfoljning-2023-2024-per-2024-08-31.pdf"]


@pytest.mark.parametrize(
    ("option", "slug", "title"),
    [("--party", "polisen", "Patrull"), ("--area", "omrade-2", "Annat"), ("--place", "varby", "Belysning")],
)
def test_it_writes_a_part_of_the_agreement(tmp_path, monkeypatch, polisen, option, slug, title):
    varby = FocusAreaFactory(place=PlaceFactory(slug="varby", name="Vårby"))
    ActivityFactory(title="Belysning", focus_areas=[varby])
    ActivityFactory(title="Patrull", lead=polisen)
    ActivityFactory(title="Annat", priority_area=PriorityAreaFactory(slug="omrade-2", order=2))
    monkeypatch.chdir(tmp_path)

    run("2023-2024", "--as-of", "2024-08-31", option, slug)

    (file,) = tmp_path.iterdir()
    read = " ".join(page.extract_text() for page in PdfReader(file).pages)
    assert file.name == f"uppfoljning-2023-2024-{slug}-per-2024-08-31.pdf"
    assert [name for name in ("Belysning", "Patrull", "Annat") if f". {name}" in read] == [title]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), USAGE),
        (("2023-2024", "--dag", "2024-08-31"), USAGE),
        (("2023-2024", "2025-2026"), USAGE),
        (("2023-2024", "--party", "huge", "--place", "varby"), USAGE),
        (
            ("2023-2024", "--party", "varby"),
            "--party: ”varby” finns inte i överenskommelsen. Det som finns: huddinge-kommun, huge, polisen.",
        ),
        (("2023-2024", "--area", ""), "--area: ”” finns inte i överenskommelsen. Det som finns: inget."),
        (
            ("2023-2024", "--place", "huge"),
            "--place: ”huge” finns inte i överenskommelsen. Det som finns: hela-kommunen.",
        ),
        (("2022",), "Det finns ingen överenskommelse ”2022”. De som finns: 2023-2024."),
        (
            ("2023-2024", "--as-of", "igår"),
            "”igår” är inget datum. Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024.",
        ),
        (
            ("2023-2024", "--as-of", ""),
            "”” är inget datum. Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024.",
        ),
        (
            ("2023-2024", "--as-of", "2022-12-31"),
            "Överenskommelsen gäller från 1 januari 2023. Välj den dagen eller en senare.",
        ),
        (
            ("2023-2024", "--as-of", "2024-10-01"),
            "1 oktober 2024 har inte varit än. Välj 30 september 2024 eller en tidigare dag.",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_and_writes_nothing(
    tmp_path, monkeypatch, arguments, sentence
):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(CommandError) as refused:
        run(*arguments)

    assert str(refused.value) == sentence
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said_before_the_work(tmp_path):
    with pytest.raises(CommandError, match="är en mapp"):
        run("2023-2024", "--output", tmp_path)
    with pytest.raises(CommandError, match=r"Mappen .*saknas finns inte\."):
        run("2023-2024", "--output", tmp_path / "saknas" / "rapport.pdf")


def test_an_earlier_file_stays_whole_when_the_new_one_cannot_be_made(tmp_path, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    file = tmp_path / "rapport.pdf"
    file.write_bytes(b"den forra")
    monkeypatch.setattr(Path, "replace", fail)

    with pytest.raises(CommandError, match="Det gick inte att skriva"):
        run("2023-2024", "--output", file)

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("rapport.pdf", b"den forra")]


def test_from_the_shell_a_wrong_argument_is_one_line_and_a_status(settings):
    command = [sys.executable, "manage.py", "report", "2023-2024", "--dag", "1"]

    ended = subprocess.run(
        command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False, timeout=60
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", f"report: {USAGE}\n")
