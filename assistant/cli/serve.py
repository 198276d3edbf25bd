"""``dixit serve``: the page."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from assistant.cli.command import dixit
from assistant.settings import Settings


@dixit.command(context_settings={"ignore_unknown_options": True})
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def serve(settings: Settings, options: tuple[str, ...]) -> None:
    """Open the page; OPTIONS are those of app.py (--port, --host, --open)."""
    app = Path(__file__).parents[2] / "app.py"
    if not app.exists():
        raise click.ClickException(f"{app} is not there: the page runs from a checkout. Run `python app.py` in one.")
    os.execv(sys.executable, [sys.executable, str(app), "--data", str(settings.service.index.data), *options])
