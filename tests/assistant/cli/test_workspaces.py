"""`dixit workspace`, `dixit member`, and commands for one workspace."""

from __future__ import annotations

import json
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from index.catalog import open_catalog
from index.catalog.schemas import schema_url
from index.feeds.models import WatchedFeed
from index.feeds.store import FeedStore
from index.records.table import Records
from tests.assistant.cli.command import Dixit
from tests.postgresql import Server, connected

NOW = datetime(2026, 4, 8, tzinfo=UTC)


def lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_workspaces_and_members_are_named_and_listed(dixit: Dixit) -> None:
    assert lines(dixit("workspace", "list")) == ["main  0"]
    first = dixit("workspace", "add", "lagune")
    assert first.stdout == "added      lagune\n"
    assert "members alone may enter from now on, main too" in first.stderr
    assert dixit("workspace", "add", "gare").stderr == ""
    assert lines(dixit("member", "add", "ana", "administer")) == ["added      ana  administer  main"]
    assert lines(dixit("member", "add", "ana", "read", "--workspace", "lagune")) == ["added      ana  read  lagune"]
    assert lines(dixit("--workspace", "lagune", "member", "add", "ben", "add")) == ["added      ben  add  lagune"]
    assert lines(dixit("member", "list", "--workspace", "lagune")) == ["ana  read", "ben  add"]
    told = [json.loads(line) for line in lines(dixit("--workspace", "lagune", "member", "list", "--json"))]
    assert told[1] == {"workspace": "lagune", "user": "ben", "role": "add"}
    assert lines(dixit("workspace", "list")) == ["main  1", "gare  0", "lagune  2"]
    assert lines(dixit("member", "remove", "ben", "--workspace", "lagune")) == ["removed    ben  lagune"]
    removed = dixit("workspace", "remove", "lagune")
    assert removed.stdout == "removed    lagune\n"
    assert "its articles are kept in" in removed.stderr
    assert json.loads(lines(dixit("workspace", "list", "--json"))[-1]) == {"name": "gare", "members": 0}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--workspace", "gare", "list"], "gare: there is no such workspace. There are: main. Make it with"),
        (
            ["member", "add", "ana", "write"],
            "write: there is no such role. Use one of: read, add,",
        ),
        (["member", "add", "ana", "read", "--workspace", "gare"], "gare: there is no such workspace."),
        (["member", "list", "--workspace", "gare"], "gare: there is no such workspace."),
        (["workspace", "add", "La Gare"], "'La Gare': the name of a workspace has 2 to 30 characters"),
        (["member", "remove", "ana", "--workspace", "gare"], "gare: there is no such workspace."),
        (["workspace", "remove", "main"], "main: this workspace is the data directory itself."),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(dixit: Dixit, arguments: list[str], told: str) -> None:
    done = dixit(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"dixit: {told}")
    assert done.stderr.count("\n") == 1


def test_the_last_member_is_taken_away_only_by_who_says_so(dixit: Dixit) -> None:
    dixit("member", "add", "ana", "read")
    refused = dixit("member", "remove", "ana")
    assert (refused.returncode, "or say --open" in refused.stderr) == (1, True)
    assert lines(dixit("member", "list")) == ["ana  read"]
    assert lines(dixit("member", "remove", "ana", "--open")) == ["removed    ana  main"]


def test_a_name_is_not_taken_by_a_workspace_that_cannot_be_made(dixit: Dixit, postgresql: Server) -> None:
    whole = postgresql.create("no_schemas")
    with connected(whole) as connection:
        connection.execute("CREATE ROLE keeper LOGIN PASSWORD 'of the keys'")
        connection.execute("GRANT ALL ON SCHEMA public TO keeper")  # no schemas of its own
    url = sa.make_url(whole).set(username="keeper", password="of the keys").render_as_string(hide_password=False)
    assert dixit("workspace", "add", "lagune", url=url).returncode == 1
    assert lines(dixit("workspace", "list", url=url)) == ["main  0"]


def test_a_command_is_for_one_workspace(dixit: Dixit, tmp_path: Path) -> None:
    dixit("workspace", "add", "lagune")
    article = tmp_path / "pont.txt"
    article.write_text("Le pont rouvre\n\n« Nous rouvrirons lundi », a déclaré Claire Besson.", encoding="utf-8")
    assert lines(dixit("--workspace", "lagune", "add", str(article)))[0].startswith("added")
    assert len(lines(dixit("--workspace", "lagune", "list"))) == 1
    assert lines(dixit("list")) == []
    assert (tmp_path / "data" / "workspaces" / "lagune" / "catalog.sqlite").is_file()
    backup = dixit("--workspace", "lagune", "backup", str(tmp_path / "lagune.zip"))
    assert lines(backup) == [f"1 articles are in {tmp_path / 'lagune.zip'}"]
    whole = dixit("backup", str(tmp_path / "main.zip"))
    assert lines(whole) == [f"0 articles are in {tmp_path / 'main.zip'}"]
    assert "not in it: lagune. Back each up with `dixit --workspace NAME backup FILE`" in whole.stderr
    dixit("workspace", "add", "gare")
    restored = dixit("--workspace", "gare", "restore", str(tmp_path / "lagune.zip"))
    assert lines(restored)[0].startswith("1 articles are back")
    assert len(lines(dixit("--workspace", "gare", "list"))) == 1


def test_a_workspace_goes_into_a_schema_of_a_server_and_back_with_its_feeds(
    dixit: Dixit, tmp_path: Path, postgresql: Server
) -> None:
    url, address = postgresql.create("moved_workspace"), "https://bell.example/feed"
    dixit("workspace", "add", "lagune")
    own = tmp_path / "data" / "workspaces" / "lagune"
    with closing(open_catalog(own)) as catalog:
        id_ = catalog.id()
    FeedStore(Records(own)).add(WatchedFeed(address, NOW, NOW))
    assert dixit("--workspace", "lagune", "migrate", "--to", url).returncode == 0
    with closing(open_catalog(own, schema_url(url, "lagune"))) as catalog:
        assert catalog.id() == id_
    assert dixit("workspace", "list", url=url).stdout == "main  0\nlagune  0\n"  # it took the registry along
    assert lines(dixit("--workspace", "lagune", "watch", "list", url=url))[0] == address
    assert not (own / "feeds.sqlite").exists()
    back = tmp_path / "back"
    assert dixit("--workspace", "lagune", "migrate", "--from", url, "--to", str(back), url=url).returncode == 0
    assert [feed.address for feed in FeedStore(Records(back)).all()] == [address]
