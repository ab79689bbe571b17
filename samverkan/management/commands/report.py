import os
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from activities import reports
from parties import audit
from parties.audit import Act
from priorities.models import Agreement
from samverkan.lib import clock
from samverkan.lib.commands import OneLineCommand
from samverkan.lib.dates import UnreadableDay, read_day
from samverkan.lib.pdf import PdfError

USAGE = (
    "Skriv så här: manage.py report 2023-2024 --as-of 2024-08-31 --output uppfoljning.pdf. "
    "Lägg till --party, --area eller --place för en del av överenskommelsen."
)
KINDS = {"party": "part", "area": "omrade", "place": "plats"}


class Command(OneLineCommand):
    usage_line = USAGE
    help = "Skriver uppföljningsrapporten för en överenskommelse som PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("agreement", help="Överenskommelsens period, till exempel 2023-2024.")
        parser.add_argument("--as-of", help="Uppgifter per den dagen; annars den senaste omgångens dag.")
        parser.add_argument(
            "--output", type=Path, help="Filen som skrivs; annars uppfoljning-….pdf i mappen där du står."
        )

        part = parser.add_mutually_exclusive_group()
        part.add_argument(
            "--party", metavar="SLUG", help="Bara det som parten ansvarar för eller medverkar i."
        )
        part.add_argument("--area", metavar="SLUG", help="Bara det prioriterade området.")
        part.add_argument(
            "--place",
            metavar="SLUG",
            help="Bara det geografiska området; hela-kommunen för det som gäller alla.",
        )

    def handle(
        self, *args: Any, agreement: str, as_of: str | None, output: Path | None, **options: Any
    ) -> None:
        """Writes the same report as the page. Replaces an earlier file and never leaves half a file."""
        today = clock.today()
        found = _agreement(agreement)
        day, scope = _day(as_of, found, today), _scope(found, options)
        made = reports.gather(found, as_of=day, made_on=today, scope=scope)
        path = output or Path(reports.file_name(made))
        _refuse_unwritable(path)
        try:
            file = reports.as_pdf(made)
        except PdfError as error:
            raise CommandError(f"PDF-filen gick inte att göra: {error}") from error
        _write(path, file)
        audit.record(Act.EXPORTED, by=None, of=found, label=reports.file_name(made))
        self.stdout.write(f"{path}: {made.name}, uppgifter per {made.as_of.isoformat()}.")


def _agreement(slug: str) -> Agreement:
    try:
        return Agreement.objects.select_related("matter").get(slug=slug)
    except Agreement.DoesNotExist:
        there = ", ".join(Agreement.objects.latest_first().values_list("slug", flat=True)) or "ingen"
        raise CommandError(f"Det finns ingen överenskommelse ”{slug}”. De som finns: {there}.") from None


def _day(text: str | None, agreement: Agreement, today: date) -> date:
    try:
        day = (
            reports.default_day(agreement, today=today) or today
            if text is None
            else read_day(text, (agreement.starts_on, today))
        )
        reports.check_day(day, agreement, today=today)
    except UnreadableDay as unreadable:
        raise CommandError(f"”{text}” är inget datum. {unreadable}") from unreadable
    except ValidationError as error:
        raise CommandError(error.message) from error
    return day


def _scope(agreement: Agreement, options: dict[str, Any]) -> reports.Scope:
    """The part that an option names; the whole agreement without such an option."""
    for option, kind in KINDS.items():
        slug = options.get(option)
        if slug is not None:
            there = {scope.slug: scope for scope in reports.scopes(agreement)[kind]}
            if slug not in there:
                known = ", ".join(there) or "inget"
                raise CommandError(
                    f"--{option}: ”{slug}” finns inte i överenskommelsen. Det som finns: {known}."
                )
            return there[slug]
    return reports.WHOLE


def _refuse_unwritable(path: Path) -> None:
    """Raises CommandError before the report is made, which takes long."""
    if path.is_dir():
        raise CommandError(f"{path} är en mapp. Skriv vad filen ska heta.")
    if not path.parent.is_dir():
        raise CommandError(f"Mappen {path.parent} finns inte.")


def _write(path: Path, file: bytes) -> None:
    """Writes a file beside it and renames that one, so that nobody ever finds half a file."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(file)
        part.replace(path)
    except OSError as error:
        raise CommandError(f"Det gick inte att skriva {path} ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)
