"""The ``dixit`` command. Heavy parts are imported by the command that needs them, so that help comes at once."""

from __future__ import annotations

import logging
import os
import sys

import click

from assistant.cli import (  # each adds its commands
    adding,
    articles,
    asking,
    correcting,
    keeping,
    migrating,
    people,
    quotes,
    searching,
    serve,
    watching,
    working,
    workspaces,
)
from assistant.cli.command import dixit
from assistant.cli.users import user
from assistant.rendering.terminal import log_to_terminal, tell_error
from index.errors import IndexingError

__all__ = [
    "adding",
    "articles",
    "asking",
    "correcting",
    "dixit",
    "keeping",
    "main",
    "migrating",
    "people",
    "quotes",
    "searching",
    "serve",
    "watching",
    "working",
    "workspaces",
]

log = logging.getLogger(__name__)

dixit.add_command(user)


def main() -> None:
    """Run the command; every failure is one line on standard error and a status of its own.

    Exit status: 0 done, 1 something was refused or failed, 2 the command was called wrongly, 130 interrupted.
    """
    log_to_terminal()
    try:
        sys.exit(dixit(standalone_mode=False))
    except click.ClickException as error:
        _fail(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _fail("interrupted", 130)
    except IndexingError as error:
        _fail(str(error), 1)
    except BrokenPipeError:  # the reader has what it wants
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the outermost door
        log.debug("unexpected failure", exc_info=True)
        _fail(f"unexpected {type(error).__name__}: {error}. Please report it, with the command that you ran.", 1)


def _fail(message: str, status: int) -> None:
    tell_error(message)
    sys.exit(status)
