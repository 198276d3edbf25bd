"""``dixit user``: who may log in to the page."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.rendering.terminal import tell, write_line
from assistant.server.passwords import read_passwords, write_password
from assistant.settings import Settings


@click.group()
def user() -> None:
    """Say who may log in to the page; DIXIT_AUTH names the file, else it is "users" in the data directory."""


@user.command()
@click.argument("name")
@click.password_option(help="Asked for when it is not given, which is better: others see what you type.")
@click.pass_obj
def add(settings: Settings, name: str, password: str) -> None:
    """Let NAME log in, with a password that is asked for; again, to change it."""
    write_password(_file(settings), name, password)
    write_line(f"added      {name}")
    if settings.assistant.auth is None:
        tell(f"nobody is asked to log in yet. Set DIXIT_AUTH={_file(settings)} for the page.")


@user.command()
@click.argument("name")
@click.pass_obj
def remove(settings: Settings, name: str) -> None:
    """Let NAME log in no more; a page that is open is shut at once."""
    write_password(_file(settings), name, None)
    write_line(f"removed    {name}")


@user.command("list")
@click.pass_obj
def list_names(settings: Settings) -> None:
    """List who may log in."""
    file = _file(settings)
    for name in sorted(read_passwords(file) if file.exists() else {}):
        write_line(name)


def _file(settings: Settings) -> Path:
    return settings.assistant.auth or settings.service.index.data / "users"
