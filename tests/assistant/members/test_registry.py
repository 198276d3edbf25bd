"""Who is a member of which workspace, and what each may do there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.members import ROLES, Member, NotAllowed, Registry, may, settings_of
from assistant.settings import AssistantSettings, Settings
from index.errors import SettingsError, StoreError
from index.records.table import Records
from index.settings import IndexSettings
from tests.postgresql import Server

URL = "postgresql+psycopg://dixit:secret@db.example/news"


@pytest.fixture(params=["sqlite", "postgresql"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Records]:
    url = ""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        url = server.create(f"registry_{request.node.name[:20]}_{abs(hash(tmp_path))}".replace("[", "_"))
    records = Records(tmp_path / "data", url)
    yield records
    records.close()


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("read", ["read"]),
        ("add", ["read", "add"]),
        ("correct", ["read", "add", "correct"]),
        ("administer", ["read", "add", "correct", "administer"]),
    ],
)
def test_each_role_may_do_what_those_before_it_may(role: str, allowed: list[str]) -> None:
    assert [needed for needed in ROLES if may(role, needed)] == allowed  # type: ignore[arg-type]


def test_what_a_role_may_not_is_told_in_both_languages() -> None:
    refused = NotAllowed("read", "add")
    assert str(refused) == refused.told("en")
    for lang in ("fr", "en"):
        assert "read" in refused.told(lang)
        assert "add" in refused.told(lang)


def test_without_workspaces_nobody_needs_to_be_a_member(records: Records) -> None:
    registry = Registry(records)
    assert registry.workspaces() == ["main"]
    assert not registry.is_in_force()
    assert registry.roles("ana") == {}


def test_a_member_is_one_in_every_process_and_no_longer_once_removed(records: Records) -> None:
    one, other = Registry(records), Registry(records, fresh_seconds=0)
    one.add_workspace("lagune")
    assert other.is_in_force()
    one.set_member("lagune", "ana", "read")
    one.set_member("lagune", "ana", "correct")
    one.set_member("main", "ben@example.org", "add")
    assert other.roles("ana") == {"lagune": "correct"}
    assert other.members("main") == [Member("main", "ben@example.org", "add")]
    one.remove_member("lagune", "ana")
    assert other.roles("ana") == {}
    one.set_member("lagune", "ana", "read")
    one.remove_workspace("lagune")
    assert other.workspaces() == ["main"]
    one.add_workspace("lagune")
    assert other.members("lagune") == []


def test_what_was_read_is_believed_for_a_moment(tmp_path: Path) -> None:
    now = [0.0]
    one, other = Registry(Records(tmp_path)), Registry(Records(tmp_path), 1.0, lambda: now[0])
    assert not other.is_in_force()
    one.add_workspace("lagune")
    assert not other.is_in_force()
    now[0] = 1.0
    assert other.is_in_force()


@pytest.mark.parametrize(
    "name", ["", "l", "Lagune", "la gune", "la/gune", "../lagune", "9lagune", "la_gune", "a" * 31, "la-", "été"]
)
def test_a_name_that_is_none_is_refused_by_its_rule(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="2 to 30 characters: letters a to z, digits"):
        Registry(Records(tmp_path)).add_workspace(name)


def test_while_it_cannot_be_read_what_was_known_holds_for_a_while(tmp_path: Path) -> None:
    now = [0.0]
    registry = Registry(Records(tmp_path), 1.0, lambda: now[0])
    registry.add_workspace("lagune")
    registry.set_member("lagune", "ana", "read")
    assert registry.roles("ana") == {"lagune": "read"}
    (tmp_path / "workspaces.sqlite").write_bytes(b"no database at all, but long enough to be taken for one" * 20)
    now[0] = 300.0
    assert registry.roles("ana") == {"lagune": "read"}
    now[0] = 302.0
    with pytest.raises(StoreError, match=r"workspaces\.sqlite: .*\. Put a backup back\."):
        registry.roles("ana")
    with pytest.raises(StoreError, match=r"workspaces\.sqlite"):
        Registry(Records(tmp_path)).is_in_force()


def test_refusals_name_what_there_is(tmp_path: Path) -> None:
    registry = Registry(Records(tmp_path))
    registry.add_workspace("lagune")
    for name in ("lagune", "main"):
        with pytest.raises(SettingsError, match=f"{name}: there is a workspace of that name already"):
            registry.add_workspace(name)
    with pytest.raises(SettingsError, match="gare: there is no such workspace. There are: main, lagune."):
        registry.set_member("gare", "ana", "read")
    with pytest.raises(SettingsError, match="write: there is no such role. Use one of: read, add, correct,"):
        registry.set_member("lagune", "ana", "write")
    with pytest.raises(SettingsError, match="a member is called by the name that they log in with"):
        registry.set_member("lagune", "a\nb", "read")
    with pytest.raises(SettingsError, match="ben: no member of lagune. Its members are: nobody."):
        registry.remove_member("lagune", "ben")
    with pytest.raises(SettingsError, match="gare: there is no such workspace. There are: main, lagune."):
        registry.remove_member("gare", "ben")
    with pytest.raises(SettingsError, match="main: this workspace is the data directory itself."):
        registry.remove_workspace("main")


def test_nobody_opens_the_main_workspace_to_all_unawares(tmp_path: Path) -> None:
    registry = Registry(Records(tmp_path))
    registry.set_member("main", "ana", "read")
    registry.set_member("main", "ben", "read")
    registry.remove_member("main", "ben")
    with pytest.raises(SettingsError, match="ana: without it whoever reaches the page may do everything in main."):
        registry.remove_member("main", "ana")
    registry.add_workspace("lagune")
    registry.remove_member("main", "ana")  # the other workspace keeps the door
    registry.set_member("lagune", "ana", "read")
    with pytest.raises(SettingsError, match="lagune: without it whoever reaches the page may do everything in main."):
        registry.remove_workspace("lagune")
    assert registry.roles("ana") == {"lagune": "read"}
    registry.remove_workspace("lagune", leaving_open=True)
    assert not registry.is_in_force()


def test_a_workspace_lies_apart_on_disk_and_on_servers(tmp_path: Path) -> None:
    index = IndexSettings(data=tmp_path, catalog_url=URL, vectors_database="dixit", uploads_url="s3://bucket/uploads")
    settings = Settings(index, AssistantSettings())
    own = settings_of(settings, "le-fanal")
    assert own.index.data == tmp_path / "workspaces" / "le-fanal"
    assert own.index.catalog_url == f"{URL}?options=-csearch_path%3Dworkspace_le_fanal"
    assert own.index.vectors_database == "dixit-le-fanal"
    assert own.index.uploads_url == "s3://bucket/uploads/le-fanal"
    assert own.service == settings
    assert settings_of(settings, "main") is settings
