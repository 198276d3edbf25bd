"""Who can read a data directory: its owner, whatever the umask and whatever was there before."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.page.conversation_store import ConversationStore
from assistant.page.exchange import Exchange
from assistant.server.passwords import write_password
from assistant.settings import Settings
from assistant.workspace import open_workspace
from index.catalog import open_catalog
from index.catalog.database import SCHEMA_VERSION
from index.records.table import Records
from index.upkeep.backup import back_up, restore
from index.upkeep.journal import Journal, Source

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a user's folders are closed by themselves there")


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """A system that lets everybody read, and write, what is made."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """What others could open or enter, if they were let into the folder."""
    return sorted(
        str(path.relative_to(folder.parent))
        for path in (folder, *folder.rglob("*"))
        if stat.S_IMODE(path.lstat().st_mode) & 0o077
    )


def test_all_that_is_written_is_its_owners_alone(settings: Settings, tmp_path: Path) -> None:
    data = settings.index.data
    with open_workspace(settings, lambda _: None) as workspace:
        ConversationStore(Records(data)).write("a", [Exchange("Qui ?")])
        write_password(data / "users", "ana", "a long password")
        list(workspace.add_samples())
        with Journal(data).batch([Source("a")]):
            kept = {path.name for path in data.iterdir()}
            assert kept == {
                "catalog.sqlite", "catalog.sqlite-shm", "catalog.sqlite-wal", "conversations.sqlite", "users",
                "vectors", "adding",
            }  # fmt: skip
            beside = [name for name in open_to_others(data) if not name.startswith("data/vectors/")]
            assert beside == []
    assert (data / "vectors" / "current").is_file()
    assert open_to_others(data) == []

    back_up(data, tmp_path / "kept")
    restore(tmp_path / "kept", tmp_path / "other")
    assert open_to_others(tmp_path / "kept") == open_to_others(tmp_path / "other") == []


def test_a_password_comes_first(tmp_path: Path) -> None:
    write_password(tmp_path / "data" / "users", "ana", "a long password")
    assert open_to_others(tmp_path / "data") == []


def wide(data: Path) -> None:
    """What an earlier Dixit left."""
    open_catalog(data).close()
    (data / "vectors" / "01234567").mkdir(parents=True)
    (data / "vectors" / "01234567" / "chroma.sqlite3").touch()
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_what_was_open_is_closed_and_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    data = tmp_path / "data"
    wide(data)
    with caplog.at_level(logging.WARNING):
        open_catalog(data).close()
        open_catalog(data).close()
    assert open_to_others(data) == []
    assert [record.getMessage() for record in caplog.records] == [
        f"{data} could be read by other users of this machine; now it is its owner's alone."
    ]


def test_a_link_to_a_data_directory_is_followed(tmp_path: Path) -> None:
    wide(tmp_path / "data")
    (tmp_path / "link").symlink_to(tmp_path / "data")
    open_catalog(tmp_path / "link").close()
    assert open_to_others(tmp_path / "data") == []


def test_of_a_folder_with_other_files_only_ours_are_closed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    data = tmp_path / "data"
    wide(data)
    (data / "letters").mkdir()
    (data / "letters" / "to-ana.txt").touch()
    with caplog.at_level(logging.WARNING), closing(open_catalog(data)):
        assert open_to_others(data) == ["data", "data/letters", "data/letters/to-ana.txt"]
    assert len(caplog.records) == 1


def test_a_catalog_that_is_brought_to_form_is_copied_for_its_owner_alone(tmp_path: Path) -> None:
    from tests.index.catalog.test_migrations import older_catalog

    older_catalog(tmp_path)
    open_catalog(tmp_path).close()
    assert (tmp_path / f"catalog.sqlite.before-{SCHEMA_VERSION}").is_file()
    assert open_to_others(tmp_path) == []
