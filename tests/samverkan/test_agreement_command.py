"""`manage.py agreement` and `createsuperuser`, which a real installation begins with."""

import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from parties.models import Declaration, Party, User
from priorities.models import Agreement
from tests.factories import AgreementFactory, DeclarationFactory

pytestmark = pytest.mark.django_db

USAGE = (
    "Skriv så här: manage.py agreement 2025-2026 --title ”Samverkansöverenskommelse 2025–2026” "
    "--starts 2025-01-01 --ends 2026-12-31"
)
TITLE = "Samverkansöverenskommelse 2025–2026"
ORDINARY = {"title": TITLE, "starts": "2025-01-01", "ends": "31 december 2026"}


def run(slug="2025-2026", **options):
    out = StringIO()
    arguments = [f"--{name.replace('_', '-')}={value}" for name, value in (ORDINARY | options).items()]
    call_command("agreement", slug, *arguments, stdout=out)
    return out.getvalue()


def test_it_makes_an_empty_draft_and_its_declaration():
    output = run()

    agreement = Agreement.objects.get()
    assert (agreement.slug, agreement.title, agreement.status) == ("2025-2026", TITLE, "draft")
    assert (agreement.starts_on, agreement.ends_on) == (date(2025, 1, 1), date(2026, 12, 31))
    assert (agreement.memberships.count(), agreement.priority_areas.count()) == (0, 0)
    declaration = Declaration.objects.get()
    assert (declaration.title, declaration.valid_from, declaration.valid_to) == (
        "Avsiktsförklaring 2025–2026",
        date(2025, 1, 1),
        date(2026, 12, 31),
    )
    assert output == (
        f"{TITLE} är upplagd som utkast, under Avsiktsförklaring 2025–2026. "
        "Samordnaren skriver den på /2025-2026/redigera/.\n"
    )


def test_a_declaration_that_holds_for_the_period_is_taken():
    there = DeclarationFactory()

    run()

    assert Agreement.objects.get().declaration == there


def test_it_follows_the_agreement_before_it():
    before = AgreementFactory()

    run()

    assert Agreement.objects.get(slug="2025-2026").predecessor == before


def test_one_that_does_not_hold_for_all_of_it_is_not():
    DeclarationFactory(valid_to=date(2026, 6, 30))

    run()

    assert Agreement.objects.get().declaration.title == "Avsiktsförklaring 2025–2026"


def test_the_declaration_can_be_told_and_is_made_once():
    arguments = {
        "declaration_title": "Avsiktsförklaring 2025–2028",
        "declaration_from": "2025-01-01",
        "declaration_to": "2028-12-31",
    }
    run(**arguments)
    run("2027-2028", starts="2027-01-01", ends="2028-12-31", **arguments)

    declaration = Declaration.objects.get()
    assert (declaration.title, declaration.valid_to) == ("Avsiktsförklaring 2025–2028", date(2028, 12, 31))
    assert declaration.agreements.count() == 2


def test_twice_is_refused_and_changes_nothing():
    run()

    with pytest.raises(CommandError) as refused:
        run(title="En annan rubrik")

    assert str(refused.value) == f"Överenskommelsen ”2025-2026” finns redan: {TITLE}. Inget är ändrat."
    assert Agreement.objects.get().title == TITLE


@pytest.mark.parametrize(
    ("slug", "options", "sentence"),
    [
        ("2025/26", {}, "”2025/26” går inte att ha i adressen. Skriv perioden som 2025-2026."),
        ("administration", {}, "”administration” går inte att ha i adressen. Skriv perioden som 2025-2026."),
        ("2025-2026", {"starts": "i fjol"}, "”i fjol” är inget datum. Skriv ett som 2025-01-01."),
        ("2025-2026", {"ends": "9999-12-31"}, "”9999-12-31” är inget datum. Skriv ett som 2025-01-01."),
        ("2025-2026", {"ends": "2025-01-01"}, "Sista dagen ska vara efter den första."),
        ("2025-2026", {"declaration_to": "2024-01-01"}, "Sista dagen ska vara efter den första."),
        ("2025-2026", {"title": " "}, "title: Detta fält får inte vara tomt."),
    ],
)
def test_what_does_not_hold_is_one_line_and_nothing_is_made(slug, options, sentence):
    with pytest.raises(CommandError) as refused:
        run(slug, **options)

    assert str(refused.value) == sentence
    assert (Agreement.objects.exists(), Declaration.objects.exists()) == (False, False)


def test_whoever_does_not_know_how_is_told_in_one_line():
    with pytest.raises(CommandError) as refused:
        call_command("agreement", "2025-2026")

    assert str(refused.value) == USAGE


def test_from_the_shell_too_and_no_traceback():
    done = subprocess.run(
        [sys.executable, "manage.py", "agreement"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr.strip().splitlines()[-1]) == (
        1,
        "",
        f"agreement: {USAGE}",
    )


# --- The first administrator -------------------------------------------------------------------------------
def test_the_first_administrator_is_made_without_a_question(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "ett lösenord som duger")

    call_command(
        "createsuperuser",
        interactive=False,
        email="Forvaltare@huddinge.example",
        display_name="Systemförvaltare",
        stdout=StringIO(),
    )

    user = User.objects.get()
    assert (user.email, user.display_name, user.is_administrator, user.party) == (
        "forvaltare@huddinge.example",
        "Systemförvaltare",
        True,
        None,
    )
    assert user.check_password("ett lösenord som duger")
    assert not Party.objects.exists()


def test_without_a_name_it_is_not_made(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "ett lösenord som duger")

    with pytest.raises(CommandError) as refused:
        call_command("createsuperuser", interactive=False, email="forvaltare@huddinge.example")

    assert "--display_name" in str(refused.value)
    assert not User.objects.exists()


def test_somebody_who_types_is_asked_for_address_name_and_password(monkeypatch):
    asked, answers = [], iter(["forvaltare@huddinge.example", "Systemförvaltare"])
    where = "django.contrib.auth.management.commands.createsuperuser."

    def answer(question):
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr(where + "getpass.getpass", lambda *_: "ett lösenord som duger")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    call_command("createsuperuser", interactive=True, stdin=sys.stdin, stdout=StringIO())

    assert asked == ["E-postadress: ", "Namn: "]
    assert User.objects.get().display_name == "Systemförvaltare"
