"""Lines out: the one door to a terminal, through which nothing foreign goes but to be seen.

A name or a title may hold what a terminal obeys (escape sequences, ends of lines). Each line is ours, so what is
foreign in it is shown, one sign for one character.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import Any

import click

from assistant.rendering.escaping import for_json_line, for_line, for_terminal
from index.errors import LONGEST_VALUE, shortened

LONGEST_ERROR = 1_000
"""In characters; an error says the value, the rule and the next step in less."""


def write_line(line: str) -> None:
    """Write a line that is a result."""
    click.echo(for_line(line))


def write_lines(lines: str) -> None:
    """Write lines that are a result, as an answer in Markdown is."""
    click.echo(for_terminal(lines))


def write_json(row: Any) -> None:
    """Write a result as one line of JSON."""
    click.echo(for_json_line(json.dumps(row, ensure_ascii=False)))


def write_exactly(text: str) -> None:
    """Write a text byte for byte (UTF-8); on a terminal, what that would obey is shown."""
    if sys.stdout.isatty():
        click.echo(for_terminal(text), nl=False)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()


def tell(line: str) -> None:
    """Tell the reader, on standard error, something that is no result."""
    click.echo(f"dixit: {for_line(line)}", err=True)


def tell_error(message: str) -> None:
    """Tell the reader, on standard error and in one line, what went wrong; long values in it are shortened."""
    tell(bounded(" ".join(message.split())))


def bounded(message: str) -> str:
    """Return an error's message, its long values shortened."""
    message = re.sub(r"\S+", lambda found: shortened(found[0]), message)
    if len(message) <= LONGEST_ERROR:
        return message
    return f"{message[:LONGEST_VALUE]} … {message[LONGEST_VALUE + 3 - LONGEST_ERROR :]}"


class LogLines(logging.Formatter):
    """What is logged, as a line of ``tell``; the trace of an error that nobody expected follows as it is."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """See ``logging.Formatter``."""
        return f"dixit: {for_line(bounded(record.message))}"


def log_to_terminal() -> None:
    """Have warnings told on standard error, a line each."""
    handler = logging.StreamHandler()
    handler.setFormatter(LogLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
