"""``dixit user``: who may log in to the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from assistant.rendering.terminal import tell, write_line
from assistant.server.password_table import FILE, IN_DATABASE, PasswordTable
from assistant.server.passwords import PasswordFile, Store, names_in, write_password
from assistant.settings import Settings


@click.group()
def user() -> None:
    """Say who may log in to the page; DIXIT_AUTH names the file, else it is "users" in the data directory.

    DIXIT_AUTH=database keeps them beside the catalog, where all copies of the page share them.
    """


@user.command()
@click.argument("name")
@click.password_option(help="Asked for when it is not given, which is better: others see what you type.")
@click.pass_obj
def add(settings: Settings, name: str, password: str) -> None:
    """Let NAME log in, with a password that is asked for; again, to change it."""
    with _kept(settings) as kept:
        write_password(kept, name, password)
    write_line(f"added      {name}")
    if settings.assistant.auth is None:
        tell(f"nobody is asked to log in yet. Set DIXIT_AUTH={_file(settings)} for the page.")


@user.command()
@click.argument("name")
@click.pass_obj
def remove(settings: Settings, name: str) -> None:
    """Let NAME log in no more; a page that is open is shut at once."""
    with _kept(settings) as kept:
        write_password(kept, name, None)
    write_line(f"removed    {name}")


@user.command("list")
@click.pass_obj
def list_names(settings: Settings) -> None:
    """List who may log in."""
    with _kept(settings) as kept:
        for name in sorted(names_in(kept)):
            write_line(name)


@contextmanager
def _kept(settings: Settings) -> Iterator[Store]:
    if _file(settings) != IN_DATABASE:
        yield PasswordFile(_file(settings))
        return
    from index.records.table import Records

    index = settings.service.index
    with closing(Records(index.data, index.catalog_url)) as records:
        yield PasswordTable(records)


def _file(settings: Settings) -> Path:
    return settings.assistant.auth or settings.service.index.data / FILE
