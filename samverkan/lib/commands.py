"""The bases of our commands: they say which of them is running, and report wrong arguments in one line of Swedish."""

import sys
from contextvars import ContextVar
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

_running: ContextVar[str] = ContextVar("command", default="")


def running_command() -> str:
    """The name of the command of ours that is running; empty in a request."""
    return _running.get()


class NamedCommand(BaseCommand):
    """Is the `running_command` while it runs, for the log of changes."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        token = _running.set(type(self).__module__.rpartition(".")[2])
        try:
            return super().execute(*args, **options)
        finally:
            _running.reset(token)


class OneLineCommand(NamedCommand):
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
