"""``dixit workspace``, ``dixit member``: which workspaces there are, and who may do what in each."""

from __future__ import annotations

from dataclasses import asdict

import click

from assistant.cli.command import as_json, dixit, registry_of
from assistant.members import MAIN, make_place, require_name, settings_of
from assistant.rendering.terminal import tell, write_json, write_line
from assistant.settings import Settings

within = click.option("--workspace", "name", help="The workspace (default: that of `dixit --workspace`, else main).")

left_open = click.option("--open", "left_open", is_flag=True, help="Even if everybody may do all in main then.")


@dixit.group()
def workspace() -> None:
    """Say which workspaces there are: each has its own articles, conversations and members."""


@workspace.command()
@click.argument("name")
@click.pass_obj
def add(settings: Settings, name: str) -> None:
    """Make room for a workspace called NAME."""
    with registry_of(settings) as registry:
        alone = not registry.is_in_force()
        require_name(name)
        make_place(settings.service, name)  # first: where it cannot be made, the name stays free
        registry.add_workspace(name)
    write_line(f"added      {name}")
    if alone:
        tell(f"members alone may enter from now on, {MAIN} too: name them with `dixit member add USER ROLE`.")


@workspace.command()
@click.argument("name")
@left_open
@click.pass_obj
def remove(settings: Settings, name: str, left_open: bool) -> None:
    """Let nobody enter the workspace called NAME any more; what it holds stays where it lies."""
    with registry_of(settings) as registry:
        registry.remove_workspace(name, left_open)
    write_line(f"removed    {name}")
    tell(f"its articles are kept in {settings_of(settings.service, name).index.data}, or on the servers that are set.")


@workspace.command("list")
@as_json
@click.pass_obj
def list_workspaces(settings: Settings, as_json: bool) -> None:
    """List the workspaces, each with how many members it has."""
    with registry_of(settings) as registry:
        for name in registry.workspaces():
            count = len(registry.members(name))
            write_json({"name": name, "members": count}) if as_json else write_line(f"{name}  {count}")


@dixit.group()
def member() -> None:
    """Say who may enter a workspace, and what they may do there: read, add, correct or administer."""


@member.command("add")
@click.argument("user")
@click.argument("role")
@within
@click.pass_obj
def add_member(settings: Settings, user: str, role: str, name: str | None) -> None:
    """Let USER, who logs in under that name, enter with ROLE; again, to change it."""
    with registry_of(settings) as registry:
        made = registry.set_member(name or settings.workspace, user, role)
    write_line(f"added      {made.user}  {made.role}  {made.workspace}")


@member.command("remove")
@click.argument("user")
@within
@left_open
@click.pass_obj
def remove_member(settings: Settings, user: str, name: str | None, left_open: bool) -> None:
    """Let USER enter no more; a page that is open is shut at once."""
    with registry_of(settings) as registry:
        registry.remove_member(name or settings.workspace, user, left_open)
    write_line(f"removed    {user}  {name or settings.workspace}")


@member.command("list")
@within
@as_json
@click.pass_obj
def list_members(settings: Settings, name: str | None, as_json: bool) -> None:
    """List the members of a workspace, each with the role."""
    with registry_of(settings) as registry:
        registry.require(name or settings.workspace)
        for each in registry.members(name or settings.workspace):
            write_json(asdict(each)) if as_json else write_line(f"{each.user}  {each.role}")
