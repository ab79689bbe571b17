"""What do our commands share? What is wrong with how one was written is told in one line of Swedish."""

import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser


class OneLineParser(CommandParser):
    """Argparse would explain itself at length in English. `usage_line` is the sentence that says how to write."""

    usage_line: str
    command_name: str

    def error(self, message: str) -> NoReturn:
        """Ends with status 1 when a person called it; raises CommandError when code did."""
        if self.called_from_command_line:
            sys.exit(f"{self.command_name}: {self.usage_line}")
        raise CommandError(self.usage_line)


class OneLineCommand(BaseCommand):
    usage_line: str

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        made = super().create_parser(prog_name, subcommand, **kwargs)
        made.__class__ = OneLineParser  # Django names the class itself and asks nobody
        made.usage_line, made.command_name = self.usage_line, subcommand  # type: ignore[attr-defined] # it is one of ours now
        return made
