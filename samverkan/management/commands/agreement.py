import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from priorities.editing.fields import YEARS
from priorities.first_steps.actions import begin_agreement
from priorities.models import Agreement
from samverkan.lib import clock
from samverkan.lib.commands import OneLineCommand
from samverkan.lib.dates import parse_day
from samverkan.lib.guard import refuse_doubtful_numbers

USAGE = (
    "Skriv så här: manage.py agreement 2025-2026 --title ”Samverkansöverenskommelse 2025–2026” "
    "--starts 2025-01-01 --ends 2026-12-31"
)

# Begins with a year, so that it cannot be another page's address.
SLUG = re.compile(r"(?:19|20)[0-9]{2}[a-z0-9-]{0,26}")


class Command(OneLineCommand):
    usage_line = USAGE
    help = "Lägger upp en tom överenskommelse som utkast. Samordnaren skriver resten."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Perioden i adressen, till exempel 2025-2026.")
        parser.add_argument("--title", required=True, help="Överenskommelsens rubrik.")
        parser.add_argument("--starts", required=True, help="Första dagen, till exempel 2025-01-01.")
        parser.add_argument("--ends", required=True, help="Sista dagen, till exempel 2026-12-31.")
        parser.add_argument(
            "--declaration-title",
            help="Avsiktsförklaringen som den bygger på; annars den som gäller hela perioden, eller en ny.",
        )
        parser.add_argument("--declaration-from", help="Dess första dag; annars överenskommelsens.")
        parser.add_argument("--declaration-to", help="Dess sista dag; annars överenskommelsens.")

    def handle(self, *args: Any, slug: str, title: str, starts: str, ends: str, **options: Any) -> None:
        """Adds the draft, and a declaration if there is none for it. Refuses if the agreement already exists."""
        if there := Agreement.objects.filter(slug=slug).first():
            raise CommandError(f"Överenskommelsen ”{slug}” finns redan: {there.title}. Inget är ändrat.")
        if not SLUG.fullmatch(slug):
            raise CommandError(f"”{slug}” går inte att ha i adressen. Skriv perioden som 2025-2026.")
        first, last = _period(starts, ends)
        declaration = (options["declaration_title"] or "").strip()
        declared = _period(options["declaration_from"] or starts, options["declaration_to"] or ends)
        try:
            refuse_doubtful_numbers(f"{title}\n{declaration}")
            agreement = begin_agreement(
                by=None,
                at=clock.now(),
                slug=slug,
                title=title.strip(),
                starts_on=first,
                ends_on=last,
                declaration_title=declaration,
                declared=declared,
            )
        except ValidationError as error:
            raise CommandError(_in_one_line(error)) from error
        self.stdout.write(
            f"{agreement.title} är upplagd som utkast, under {agreement.declaration.title}. "
            f"Samordnaren skriver den på /{agreement.slug}/redigera/."
        )


def _period(first: str, last: str) -> tuple[date, date]:
    period = (_day(first), _day(last))
    if period[1] <= period[0]:
        raise CommandError("Sista dagen ska vara efter den första.")
    return period


def _day(text: str) -> date:
    day = parse_day(text)
    if day is None or day.year not in YEARS:
        raise CommandError(f"”{text}” är inget datum. Skriv ett som 2025-01-01.")
    return day


def _in_one_line(error: ValidationError) -> str:
    """All messages on one line, such as `title: Detta fält får inte vara tomt.`"""
    messages = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return " ".join(f"{name}: {' '.join(sentences)}".lstrip(": ") for name, sentences in messages.items())
