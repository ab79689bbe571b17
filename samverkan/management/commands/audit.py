from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError, CommandParser

from activities.models import plan_days
from parties.audit.files import faulty_files
from parties.audit.pruning import YEARS, prune
from parties.audit.sealing import NotSealed, seal
from parties.audit.verifying import Broken, verify
from samverkan.lib import clock
from samverkan.lib.commands import OneLineCommand
from samverkan.lib.numbers import counted

DAYS_A_YEAR = 365.25


class Command(OneLineCommand):
    usage_line = (
        "Skriv så här: manage.py audit seal, manage.py audit verify, manage.py audit prune, manage.py audit files "
        "eller manage.py audit plans"
    )
    help = "Förseglar, kontrollerar och gallrar ändringsloggen, och kontrollerar uppladdade filer och planer över tid."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser(
            "seal", help="Förseglar det som har skrivits sedan sist. Ingen behöver vänta på det."
        )
        checking = verbs.add_parser("verify", help="Kontrollerar kedjan och nämner det första felet.")
        checking.add_argument(
            "--contains",
            default="",
            help="Ett kedjat avtryck som du har sparat på annat håll och som ska finnas med.",
        )
        pruning = verbs.add_parser("prune", help="Tar bort hela förseglade segment som är äldre än så.")
        verbs.add_parser("files", help="Kontrollerar att varje uppladdad fil är den som lades in.")
        planning = verbs.add_parser(
            "plans", help="Kontrollerar att planen varje dag är den som historiken säger."
        )
        planning.add_argument("--mend", action="store_true", help="Gör om det som inte stämmer.")
        pruning.add_argument("--older-than-years", type=int, default=YEARS, help=f"Antal år, annars {YEARS}.")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        verbs = {"seal": _seal, "verify": _verify, "prune": _prune, "files": _files, "plans": _plans}
        self.stdout.write(verbs[verb](options))


def _seal(options: dict[str, Any]) -> str:
    try:
        made = seal(at=clock.now())
    except NotSealed as error:
        raise CommandError(str(error)) from error
    if not made:
        return "Inget nytt att försegla."
    count = counted(sum(segment.entries for segment in made), "post", "poster")
    return f"{count} förseglade till och med segment {made[-1].number}. Kedjat avtryck: {made[-1].chained}"


def _verify(options: dict[str, Any]) -> str:
    try:
        found = verify(known=options["contains"])
    except Broken as error:
        raise CommandError(f"Ändringsloggen är bruten. {error}.") from error
    return (
        f"Ändringsloggen är hel: {counted(found.segments, 'segment', 'segment')}, varav {found.removed} gallrade, och "
        f"{counted(found.entries, 'post', 'poster')}, varav {found.unsealed} ännu inte förseglade. "
        f"Kedjat avtryck: {found.chained or 'inget än'}"
    )


def _files(options: dict[str, Any]) -> str:
    sentences = {"is missing": "saknas", "has changed": "är inte den som lades in"}
    if faulty := [f"{name} {sentences[fault]}" for name, fault in faulty_files()]:
        raise CommandError(f"{'; '.join(faulty)}.")
    return "Alla uppladdade filer är de som lades in."


def _plans(options: dict[str, Any]) -> str:
    wrong = plan_days.wrong_days()
    if wrong and options["mend"]:
        plan_days.derive_all()
        return f"Omgjort efter historiken: {', '.join(wrong)}."
    if wrong:
        raise CommandError(
            f"Dagarna följer inte av historiken för {', '.join(wrong)}. Gör om dem med --mend."
        )
    return "Planen är varje dag den som historiken säger."


def _prune(options: dict[str, Any]) -> str:
    years = options["older_than_years"]
    if not 1 <= years <= 100:
        raise CommandError("Skriv minst 1 år och högst 100.")
    now = clock.now()
    removed = prune(at=now, before=now - timedelta(days=years * DAYS_A_YEAR))
    if not removed:
        return f"Inget förseglat segment är äldre än {years} år."
    count = counted(sum(segment.entries for segment in removed), "post", "poster")
    return f"{count} i {counted(len(removed), 'segment', 'segment')} är borttagna. Avtrycken är kvar."
