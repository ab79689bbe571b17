"""The base of our commands, which report wrong arguments in one line of Swedish."""

import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser


class OneLineCommand(BaseCommand):
    """Replaces argparse's long English messages by `usage_line`, the sentence that says how to write the command."""

    usage_line: str

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)

        def error(message: str) -> NoReturn:
            """Ends with status 1 when a person called the command; raises CommandError when code did."""
            if parser.called_from_command_line:
                sys.exit(f"{subcommand}: {self.usage_line}")
            raise CommandError(self.usage_line)

        parser.error = error  # type: ignore[method-assign] # Django names the parser's class itself
        return parser
